"""The published JSON Schemas are those of the models, and tell right from wrong."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from grader.course.rubric.load import load_rubric
from grader.course.rubric.schema import rubric_schema
from grader.results.result import result_schema

DOCS = Path(__file__).parents[2] / "docs" / "schema"
RUBRIC: dict[str, Any] = {
    "assignment": "demo",
    "title": "Demo",
    "marks": 2.5,
    "questions": [{"id": "a.b", "title": "B", "criteria": [{"id": "a.b.c", "title": "C", "marks": "2.5"}]}],
}


@pytest.mark.parametrize("name", ["rubric", "result"])
def test_the_published_schema_is_up_to_date(name: str) -> None:
    schema = {"rubric": rubric_schema, "result": result_schema}[name]()
    published = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schema)), "run: python docs/schema/generate.py"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_an_editor_accepts_a_right_rubric() -> None:
    jsonschema.validate(RUBRIC, rubric_schema())


@pytest.mark.parametrize(
    "change", [{"titel": "x"}, {"title": 3}, {"marks": -1}, {"assignment": "A B"}, {"questions": []}]
)
def test_an_editor_refuses_a_wrong_rubric(change: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(RUBRIC | change, rubric_schema())


def test_the_example_in_the_documentation_is_a_right_rubric(tmp_path: Path) -> None:
    text = (DOCS.parent / "rubrics.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    path = tmp_path / "optimizers-2024.yaml"
    path.write_text(example, encoding="utf-8")
    assert load_rubric(path).questions[0].criteria[1].partial
    jsonschema.validate(yaml.safe_load(example), rubric_schema())
