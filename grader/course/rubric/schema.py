"""The JSON Schema of a rubric, with which editors complete and check its YAML."""

from __future__ import annotations

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from grader.course.rubric.model import Rubric


def rubric_schema() -> JsonSchemaValue:
    """Return the JSON Schema (draft 2020-12) of a rubric.

    It describes the form of the fields; sums, ids and requirements are checked when a rubric is loaded.
    """
    return {"$schema": GenerateJsonSchema.schema_dialect, **Rubric.model_json_schema()}
