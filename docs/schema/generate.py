"""Write the JSON Schemas of rubrics and results, as the models have them, beside this file."""

import json
from pathlib import Path

from grader.course.rubric.schema import rubric_schema
from grader.results.result import result_schema

SCHEMAS = {"rubric.schema.json": rubric_schema, "result.schema.json": result_schema}

if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
        Path(__file__).with_name(name).write_text(text, encoding="utf-8")
