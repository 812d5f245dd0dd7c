"""What of a submission is shown to whoever marks it: which files and cells, for which question, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.rubric.load import load_rubric
from grader.course.rubric.model import Rubric
from grader.handmarking.gather import MAX_FILES, Gathered, gather
from grader.handmarking.model_answers import ModelAnswer
from grader.results.result import HandedIn
from grader.sandbox.notebooks import NotebookCell

RUBRIC = """\
assignment: tiny
title: Sums
marks: 4
suites:
  public: [tests/public/test_sums.py]
  hidden: [tests/hidden/test_sums.py]
handed_in: [report.pdf]
questions:
  - id: sums.double
    title: (a) Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria:
      - {id: sums.double.value, title: it is twice the number, marks: 1}
  - id: sums.proof
    title: (b) A proof
    task: Prove it.
    handed_in: [proof.md, "scan*.png"]
    criteria:
      - {id: sums.proof.steps, title: the steps follow, marks: 2, manual: true}
  - id: sums.essay
    title: (c) An essay
    task: Write it.
    handed_in: [essay.txt, proof.md]
    criteria:
      - {id: sums.essay.clear, title: it is clear, marks: 1, manual: true}
"""
BOTH = ("sums.proof", "sums.essay")


@pytest.fixture
def rubric(tmp_path: Path) -> Rubric:
    (tmp_path / "tiny.yaml").write_text(RUBRIC, encoding="utf-8")
    return load_rubric(tmp_path / "tiny.yaml")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def gathered(rubric: Rubric, work: Path, *files: str, cells: tuple[NotebookCell, ...] = ()) -> Gathered:
    """Return what is gathered of files, each of which contains its own name."""
    for file in files:
        (work / file).parent.mkdir(parents=True, exist_ok=True)
        (work / file).write_text(file, encoding="utf-8")
    return gather(rubric, BOTH, work, files, cells)


def told(found: Gathered) -> list[tuple[str, str, str]]:
    return [(one.question, one.file, one.source) for one in found.written]


def text(number: int, said: str, notebook: str = "a.ipynb", *pictures: tuple[str, bytes]) -> NotebookCell:
    return NotebookCell(notebook, number, said, pictures=pictures)


def test_a_file_is_shown_for_all_questions_that_ask_for_it_and_one_that_none_asks_for_for_all(
    rubric: Rubric, work: Path
) -> None:
    found = gathered(
        rubric, work, "deep/proof.md", "scan1.png", "proof.md", "essay.txt", "report.pdf", "x.html", "b.py"
    )
    assert told(found) == [
        ("sums.proof", "sums.proof.md", "proof.md"),
        ("sums.proof", "sums.proof.png", "scan1.png"),
        ("sums.proof", "sums.proof-2.md", "deep/proof.md"),
        ("sums.essay", "sums.essay.txt", "essay.txt"),
        ("sums.essay", "sums.essay.md", "proof.md"),
        ("sums.essay", "sums.essay-2.md", "deep/proof.md"),
        ("", "any-question.pdf", "report.pdf"),
        ("", "any-question.html.txt", "x.html"),
    ]
    assert all(one.data == one.source.encode() for one in found.written)
    assert found.notes == ()
    assert found.by_question()["sums.proof"] == (
        HandedIn(source="proof.md", file="sums.proof.md", bytes=8),
        HandedIn(source="scan1.png", file="sums.proof.png", bytes=9),
        HandedIn(source="deep/proof.md", file="sums.proof-2.md", bytes=13),
    )
    assert {name: len(several) for name, several in found.by_question().items()} == {
        "sums.proof": 3, "sums.essay": 3, "": 2,
    }  # fmt: skip


def test_text_of_cells_is_shown_for_the_question_of_its_heading_and_of_each_notebook_apart(
    rubric: Rubric, work: Path
) -> None:
    cells = (
        text(1, "# (b) A proof\nFirst."),
        text(2, "Then.", "a.ipynb", ("png", b"picture")),
        text(3, "# (c) An essay\nLong."),
        text(4, "# (b) A proof\nOther.", "b.ipynb"),
    )
    found = gathered(rubric, work, cells=cells)
    assert [(one.question, one.file, one.source, one.data) for one in found.written] == [
        ("sums.proof", "sums.proof.md", "a.ipynb, cells 1, 2", b"# (b) A proof\nFirst.\n\nThen.\n"),
        ("sums.proof", "sums.proof.png", "a.ipynb, picture in cell 2", b"picture"),
        ("sums.proof", "sums.proof-2.md", "b.ipynb, cell 4", b"# (b) A proof\nOther.\n"),
        ("sums.essay", "sums.essay.md", "a.ipynb, cell 3", b"# (c) An essay\nLong.\n"),
    ]
    assert found.notes == ()


def test_a_heading_without_anything_below_it_is_no_answer(rubric: Rubric, work: Path) -> None:
    assert told(gathered(rubric, work, cells=(text(1, "# (b) A proof"), text(2, "sums.essay\n \n")))) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "cell 1"), (8, "cells 1, 2, 3, 4, 5, 6, 7, 8"), (10, "cells 1, 2, 3, 4, 5, 6, 7, 8 and 2 more")],
)
def test_text_of_no_question_is_shown_for_all_and_told_where_a_question_has_nothing(
    rubric: Rubric, work: Path, number: int, words: str
) -> None:
    cells = tuple(text(at, "Because.") for at in range(1, number + 1))
    found = gathered(rubric, work, cells=cells)
    assert told(found) == [("", "any-question.md", f"a.ipynb, {words}")]
    assert found.notes == (f"a.ipynb, {words}: this text is below no heading that names a question",)
    assert gathered(rubric, work, "proof.md", cells=cells).notes == ()  # which answers both


def test_what_code_shows_below_no_heading_is_not_called_text(rubric: Rubric, work: Path) -> None:
    shown = NotebookCell("a.ipynb", 1, "print(1)", is_code=True, shown="1")
    found = gathered(rubric, work, cells=(shown,))
    assert [(one.source, one.data) for one in found.written] == [("a.ipynb, cell 1", b"What cell 1 shows:\n\n1\n")]
    assert found.notes == ()


@pytest.mark.parametrize(("more", "notes"), [(0, 0), (1, 1)])
def test_of_many_files_as_many_are_shown_as_may_be_and_it_is_told(
    rubric: Rubric, work: Path, more: int, notes: int
) -> None:
    files = [f"scan{number:03}.png" for number in range(MAX_FILES + more)]
    found = gathered(rubric, work, *files)
    assert [one.source for one in found.written] == files[:MAX_FILES]
    words = f"(b) A proof: of {MAX_FILES + 1} files that were handed in, {MAX_FILES} are read"
    assert found.notes == (words,) * notes


def test_a_document_that_may_hold_programs_is_told_and_not_shown(rubric: Rubric, work: Path) -> None:
    found = gathered(rubric, work, *(f"{number}.doc" for number in range(6)))
    assert told(found) == []
    named = "0.doc, 1.doc, 2.doc, 3.doc and 4.doc"
    assert found.notes == (f"{named}: not shown to the person who marks; hand in a PDF instead",)


def test_the_key_of_a_criterion_is_what_stands_below_its_heading() -> None:
    keys = "### `a.b.c`\n| 1 | right |\n\n### `a.b.d`\n| 2 | clear |\n\n### `a.b.e`\nNothing.\n"
    text = f"Because.\n\n## Marking key\n\n{keys}"
    answer = ModelAnswer(Path("a.b.md"), text, {})
    assert {name: answer.key_of(name) for name in ("a.b.c", "a.b.d", "a.b.e")} == {
        "a.b.c": "| 1 | right |",
        "a.b.d": "| 2 | clear |",
        "a.b.e": "Nothing.",
    }
