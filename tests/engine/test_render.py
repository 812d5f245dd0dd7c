"""What terminals and spreadsheets are given."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from grader.core.decimals import decimal_text
from grader.core.files import write_whole
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.report.class_table import class_table, remarks
from grader.report.score import closing_words, feedback_blocks, score_table
from grader.results.class_list import Row, write_marks
from grader.results.marks import total
from grader.results.result import CriterionResult, Provenance, Result

COURSE = Course(Path(__file__).parents[2])
QUESTIONS = [
    *(f"saliency.{name}" for name in ("vanilla", "guided", "cam", "grad_cam", "picture")),
    *(f"optimizers.{name}" for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "picture")),
]
MODULES = ["saliency", "saliency_picture", "optimizers", "paths"]
PROVENANCE = Provenance.of(rubric_sha256="0" * 64, suites_sha256="1" * 64, submission_sha256="2" * 64)


@pytest.fixture
def rubric() -> Rubric:
    return COURSE.rubric("iith-ai5100-2023-a3")


def result_of(rubric: Rubric, outcome: Outcome, *, name: str = "cs23b001", feedback: str = "") -> Result:
    """Every criterion ended with `outcome`, except those that a person marks."""
    settled = {
        criterion.id: CriterionResult(
            id=criterion.id,
            title=criterion.title,
            outcome=Outcome.TO_BE_MARKED if criterion.manual else outcome,
            marks=decimal_text(criterion.marks) if outcome is Outcome.PASSED and not criterion.manual else "0",
            max_marks=decimal_text(criterion.marks),
            feedback=feedback,
        )
        for criterion in rubric.criteria
    }
    return total(rubric, settled, submission=name, isolation="room", provenance=PROVENANCE)


def as_text(*parts: RenderableType, terminal: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False, markup=False, emoji=False, force_terminal=terminal)
    for part in parts:
        console.print(part)
    return out.getvalue()


def test_the_score_table_shows_every_criterion_and_its_marks_in_80_columns(rubric: Rubric) -> None:
    text = as_text(score_table(result_of(rubric, Outcome.PASSED)))
    assert max(map(len, text.splitlines())) <= 80
    for question in rubric.questions:
        assert question.title in text
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert {"Marked so far 36 / 36", "Still to be marked – / 4"} <= {*rows}
    assert text.count("passed") == sum(not c.manual for c in rubric.criteria)
    assert "0.5 / 0.5" in text


def test_piped_output_holds_no_escape_sequences(rubric: Rubric) -> None:
    result = result_of(rubric, Outcome.FAILED, feedback="wrong")
    marks = class_table(rubric, [Row("a", result)], 80)
    assert "\x1b" not in as_text(score_table(result), *feedback_blocks(result), marks)


def test_what_a_student_chooses_cannot_reach_the_terminal_as_an_escape_or_as_markup(rubric: Rubric) -> None:
    hostile = "\x1b[2J\x1b]0;owned\x07[bold]all passed[/bold]\u202egnp"
    result = result_of(rubric, Outcome.FAILED, name=hostile, feedback=hostile)
    row = Row(hostile, result, remark=hostile)
    text = as_text(score_table(result), *feedback_blocks(result), class_table(rubric, [row], 80))
    assert not set("\x1b\x07\u202e") & set(text)
    assert "[bold]all passed" in text


def test_feedback_is_shown_for_what_failed_and_not_for_what_passed_or_was_not_begun(rubric: Rubric) -> None:
    def said(outcome: Outcome) -> str:
        return as_text(*feedback_blocks(result_of(rubric, outcome, feedback="read me")))

    assert "read me" in said(Outcome.FAILED)
    assert "read me" in said(Outcome.TIMED_OUT)
    assert said(Outcome.PASSED) == said(Outcome.NOT_IMPLEMENTED) == ""


def test_the_next_thing_to_do_is_the_first_criterion_that_has_not_passed(rubric: Rubric) -> None:
    words = closing_words(result_of(rubric, Outcome.FAILED))
    assert words[0].startswith(f"Next to do: {rubric.criteria[0].id} ")
    assert not any("Next to do" in line for line in closing_words(result_of(rubric, Outcome.PASSED)))


def test_marks_given_without_isolation_say_so(rubric: Rubric) -> None:
    unconfined = result_of(rubric, Outcome.PASSED).model_copy(update={"isolation": "process"})
    assert any("not confined" in line for line in closing_words(unconfined))
    assert not any("not confined" in line for line in closing_words(result_of(rubric, Outcome.PASSED)))


def test_the_class_table_fits_80_columns_and_names_what_has_no_marks(rubric: Rubric) -> None:
    graded = Row("cs23b001_a_rather_long_name_of_a_file", result_of(rubric, Outcome.PASSED))
    rows = [graded, Row("b.pdf", None, "a PDF")]
    text = as_text(class_table(rubric, rows, 80))
    assert max(map(len, text.splitlines())) <= 80
    assert "36 / 36" in text
    assert "no marks" in text
    of_rows, *by_hand, then = remarks(rubric, rows)
    marks = {"saliency.picture.clarity": "2.5", "optimizers.picture.clarity": "1.5", "code.style.readable": "0"}
    assert of_rows == "b.pdf: a PDF"
    assert by_hand == [f"{name} ({m} marks) is to be marked by a person in 1 submission." for name, m in marks.items()]
    assert "marks.csv" in then
    automatic = rubric.model_copy(update={"questions": rubric.questions[:4]})
    assert remarks(automatic, rows) == ["b.pdf: a PDF"]


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_class_table_keeps_every_name_in_one_line_whatever_the_number_of_questions(assignment: str) -> None:
    rubric = COURSE.rubric(assignment)
    names = ["CS20B012_PA2", "smith_12_late.zip", "cs23b001_" + "a_rather_long_name_" * 4 + "of_a_file"]
    rows = [Row(name, result_of(rubric, Outcome.PASSED)) for name in names]
    lines = as_text(class_table(rubric, rows, 80)).splitlines()
    assert max(map(len, lines)) <= 80
    table = lines[next(i for i, line in enumerate(lines) if line.startswith("───")) + 1 :]
    assert [line.split()[0] for line in table[:2]] == names[:2]
    assert re.match(r"cs23b001_\S*…\S*_a_file ", table[2])
    assert all(line.endswith(f"{result_of(rubric, Outcome.PASSED).marks}") for line in table[:3])
    caption = "\n".join(table[3:])
    if caption and "marks.csv" not in caption:  # numbers stand for the questions
        assert {q.id for q in rubric.questions if q.module} <= {*re.findall(r"\d=([\w.]+)", caption)}


def test_the_class_table_leaves_questions_out_only_where_there_is_no_room_for_their_numbers() -> None:
    rubric = COURSE.rubric("iith-ai5100-2022-hw4")
    rows = [Row("cs23b001_" + "a_rather_long_name_" * 4, result_of(rubric, Outcome.PASSED))]
    narrow, wide = (as_text(class_table(rubric, rows, width)) for width in (80, 160))
    assert "marks.csv" in narrow
    assert "18=" in wide


def test_marks_csv_has_a_row_for_everything_and_a_column_for_each_question(rubric: Rubric, tmp_path: Path) -> None:
    rows = [Row("a", result_of(rubric, Outcome.PASSED)), Row("b.pdf", None, "no submission, a PDF")]
    write_marks(rubric, rows, tmp_path / "marks.csv")
    lines = list(csv.DictReader((tmp_path / "marks.csv").read_text(encoding="utf-8").splitlines()))
    assert [line["submission"] for line in lines] == ["a", "b.pdf"]
    assert [lines[0][q.id] for q in rubric.questions] == [*"2346", "2.5", *"23334", "3.5", ""]
    assert (lines[0]["marks"], lines[0]["max_marks"], lines[0]["isolation"]) == ("36", "40", "room")
    assert (lines[1]["marks"], lines[1]["remark"]) == ("", "no submission, a PDF")


@pytest.mark.parametrize(
    ("feedback", "remark"),
    [
        (
            "could not be loaded: SyntaxError: '(' was never closed (sums.py, line 2)\nsums.py:2: def double(x:",
            f"could not be loaded: {', '.join(MODULES)} (SyntaxError, sums.py:2)",
        ),
        (
            "could not be loaded: NameError\nwork.ipynb[cell 3]:4",
            f"could not be loaded: {', '.join(MODULES)} (NameError, work.ipynb[cell 3]:4)",
        ),
        (
            "could not be loaded: ValueError: =1+1",
            f"could not be loaded: {', '.join(MODULES)} (ValueError)",
        ),
        (
            "could not be loaded: a.ipynb cannot be read: no JSON",
            f"could not be loaded: {', '.join(MODULES)} (a.ipynb cannot be read: no JSON)",
        ),
        ("raised ValueError", "raised: " + ", ".join(QUESTIONS)),
    ],
)
def test_marks_csv_tells_what_could_not_be_loaded_and_why(
    rubric: Rubric, tmp_path: Path, feedback: str, remark: str
) -> None:
    write_marks(rubric, [Row("a", result_of(rubric, Outcome.RAISED, feedback=feedback))], tmp_path / "marks.csv")
    [line] = csv.DictReader((tmp_path / "marks.csv").read_text(encoding="utf-8").splitlines())
    assert line["remark"] == remark


def test_a_file_name_that_is_a_formula_is_text_in_marks_csv(rubric: Rubric, tmp_path: Path) -> None:
    write_marks(rubric, [Row("=HYPERLINK(1)", None)], tmp_path / "marks.csv")
    assert '\n"\'=HYPERLINK(1)",' in (tmp_path / "marks.csv").read_text(encoding="utf-8")


def test_a_file_is_written_whole_or_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "marks.csv"
    write_whole(file, "old")
    with pytest.raises(AttributeError):
        write_whole(file, 7)  # type: ignore[arg-type]  # fails in the middle of writing
    assert file.read_text() == "old"
    assert [child.name for child in tmp_path.iterdir()] == ["marks.csv"]
