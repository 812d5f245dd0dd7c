"""The result document: the same for the same work, readable by its schema, refused when it is another."""

import hashlib
import hmac
import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from grader.core.errors import GraderFault
from grader.core.outcome import Outcome
from grader.results.result import (
    CriterionResult,
    HandedIn,
    Provenance,
    QuestionResult,
    Result,
    result_schema,
)
from grader.results.sharing import SharedParts
from grader.results.signing import signed


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


@pytest.mark.parametrize("marks", ["1/2", "--1", "1e3", "", "nan", 0.5])
def test_marks_that_are_no_decimal_text_are_refused(marks: object) -> None:
    with pytest.raises(ValidationError):
        CriterionResult.model_validate({"id": "a", "title": "a", "outcome": "passed", "marks": marks, "max_marks": "1"})


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"assignment": "demo"}'])
def test_other_documents_are_refused(text: str) -> None:
    with pytest.raises(GraderFault, match="not a result"):
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


def test_the_signature_is_an_hmac_of_the_rest_of_the_document_by_a_derived_key(result: Result) -> None:
    """Catches: a signature that no other program can check, or one that is keyed by what it signs."""
    document = json.loads(result.to_json())
    del document["signature"]
    plain = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    key = hmac.new(b"secret", b"gradproof\0signature of a result", hashlib.sha256).digest()
    assert signed(result, b"secret").signature == hmac.new(key, plain, hashlib.sha256).hexdigest()


def test_what_was_handed_in_for_a_question_comes_before_what_is_for_none(result: Result) -> None:
    one, other = (HandedIn(source=name, file=name, bytes=1) for name in ("a.md", "b.md"))
    question = result.questions[0].model_copy(update={"handed_in": (one,)})
    without = result.questions[0].model_copy(update={"handed_in": None})
    whole = result.model_copy(update={"questions": (without, question), "handed_in": (other,)})
    assert whole.all_handed_in == (one, other)


def test_results_of_a_class_hold_equal_parts_once_and_say_the_same_as_before(result: Result) -> None:
    shared, text = SharedParts(), result.to_json()
    other = text.replace('"submission": "ada"', '"submission": "bob"')
    right = other.replace('"outcome": "failed"', '"outcome": "passed"')
    ada, bob, eve = (shared.of(Result.from_json(one)) for one in (text, other, right))
    assert (ada.to_json(), bob.to_json(), eve.to_json()) == (text, other, right)
    assert ada.questions[0] is bob.questions[0]
    assert eve.questions[0] != ada.questions[0]
