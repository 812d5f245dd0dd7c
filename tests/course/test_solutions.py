"""What students learn from after the deadline: complete, and right where a number can tell."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import pytest

from grader.course.folder import Course
from grader.handmarking.model_answers import model_answers, wrong_keys

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
NOTEBOOKS = ROOT / "solutions" / "notebooks"


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_whatever_a_person_marks_has_a_model_answer_and_a_key(assignment: str) -> None:
    rubric = COURSE.rubric(assignment)
    keyed = {criterion for answer in model_answers(COURSE, rubric).values() for criterion in answer.marks}
    assert keyed == {criterion.id for criterion in rubric.criteria if criterion.manual}
    assert [*wrong_keys(COURSE, rubric)] == []


def test_each_model_answer_is_that_of_a_question() -> None:
    questions = {question.id for one in COURSE.assignments() for question in COURSE.rubric(one).questions}
    assert {path.stem for path in COURSE.answers.iterdir()} <= questions


def test_the_calculation_by_hand_has_the_numbers_of_its_sheet() -> None:
    sheet = dict(re.findall(r"^(\w+(?:\[[\d,]+\])?) +=.*?(-?[\d.]+)$", _text("reference/backprop.txt"), re.MULTILINE))
    said = re.findall(r"(\w+(?:\[[\d,]+\])?) = [^=\n]*?(?:= [^=\n]*?)*?= ?(−?[\d.]+)(?=$|  )", _text(
        "solutions/answers/backprop.written.md"), re.MULTILINE)  # fmt: skip
    named = {name: value.replace("−", "-") for name, value in said if name in sheet}
    assert {"net1[1]", "out1[2]", "delta2[1]", "delta1[1]", "delta1[2]", "dW2[1,2]", "W1_new[1,1]"} <= named.keys()
    assert {name: (value, sheet[name]) for name, value in named.items() if float(value) != float(sheet[name])} == {}


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_notebook_is_what_its_source_makes(assignment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(NOTEBOOKS))
    import make

    monkeypatch.delitem(sys.modules, "make")
    notebook = nbformat.read(NOTEBOOKS / f"{assignment}.ipynb", as_version=4)
    nbformat.validate(notebook)
    source = make.cells_of(_text(f"solutions/notebooks/{assignment}.py"))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [(c.cell_type, c.source) for c in source]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [*range(1, len(code) + 1)]
    assert any("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
    assert (NOTEBOOKS / f"{assignment}.ipynb").stat().st_size < 2_000_000


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
