"""The result document: the same for the same work, readable by its schema, refused when it is another."""

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from grader.errors import GraderFault
from grader.outcome import Outcome
from grader.result import CriterionResult, Provenance, QuestionResult, Result, result_schema


@pytest.fixture
def result() -> Result:
    criterion = CriterionResult(
        id="q.a", title="größer", outcome=Outcome.FAILED, marks="0.5", max_marks="1", feedback="line\nline"
    )
    return Result(
        assignment="demo",
        submission="ada",
        marks="0.5",
        max_marks="1",
        complete=True,
        isolation="room",
        notes=("link.py: left out",),
        questions=(QuestionResult(id="q", title="Q", marks="0.5", max_marks="1", criteria=(criterion,)),),
        provenance=Provenance.of(rubric_sha256="a", suites_sha256="b", submission_sha256="c"),
    )


def test_json_goes_there_and_back(result: Result) -> None:
    assert Result.from_json(result.to_json()) == result
    assert Result.from_json(result.to_json()).to_json() == result.to_json()


def test_fields_come_in_the_documented_order_and_marks_as_text(result: Result) -> None:
    document = json.loads(result.to_json())
    assert list(document) == [
        "assignment",
        "submission",
        "marks",
        "max_marks",
        "complete",
        "isolation",
        "notes",
        "questions",
        "handed_in",
        "provenance",
        "signature",
    ]
    assert (document["marks"], document["questions"][0]["criteria"][0]["outcome"]) == ("0.5", "failed")


def test_json_is_indented_and_spells_words_as_they_are(result: Result) -> None:
    text = result.to_json()
    assert text.startswith('{\n  "assignment"')
    assert text.endswith("}\n")
    assert "größer" in text


def test_a_result_satisfies_its_schema_and_forged_ones_do_not(result: Result) -> None:
    document = json.loads(result.to_json())
    jsonschema.validate(document, result_schema())
    for change in ({"marks": 0.5}, {"marks": "1/2"}, {"complete": "yes"}, {"extra": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document | change, result_schema())


@pytest.mark.parametrize("marks", ["1/2", "-1", "1e3", "", "nan", 0.5])
def test_marks_that_are_no_decimal_text_are_refused(marks: object) -> None:
    with pytest.raises(ValidationError):
        CriterionResult.model_validate({"id": "a", "title": "a", "outcome": "passed", "marks": marks, "max_marks": "1"})


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"assignment": "demo"}'])
def test_other_documents_are_refused(text: str) -> None:
    with pytest.raises(GraderFault, match="no result"):
        Result.from_json(text)


def test_provenance_names_the_versions_and_no_place_on_the_machine(result: Result) -> None:
    provenance = result.provenance.model_dump()
    assert provenance["python"].startswith("3.")
    assert provenance["numpy"][0].isdigit()
    assert not any("/" in value or "\\" in value for value in provenance.values())


def test_the_example_in_the_documentation_is_a_result() -> None:
    text = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("```")[0]
    assert Result.from_json(example).to_json() == example
