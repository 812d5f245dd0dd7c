"""`grader allot`: the answer sheets of an assignment, with values for each student."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show
from grader.cli.options import CourseOption
from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.core.globs import chosen
from grader.core.text import counted, printable
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.grading.answer_sheets import AnswerSheet, answer_sheets
from grader.intake.identify import normal_roll

MAX_ROLLS = 10_000


def allot(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The assignment, as `grader list` names it.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="For each student, a sheet is written to DIR/ROLL.")],
    roll: Annotated[
        list[str] | None, typer.Option("--roll", metavar="ROLL", help="A roll number; may be repeated.")
    ] = None,
    listed: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="A text file with a roll number in each line.")
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only questions that match this, e.g. 'backprop.*'; may be repeated."),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Write the sheets that students fill in by hand, each with a drawing of its network.

    A roll number always gets the same values.
    """
    here = Course.find(course)
    rubric = here.rubric(assignment)
    rolls = _rolls(roll or [], listed, rubric.submissions.name)
    sheets = _chosen(answer_sheets(here, rubric), rubric, question or ["*"])
    texts = {to / name / sheet.file: sheet.blank(name) for name in rolls for sheet in sheets.values()}
    drawn = {
        (to / name / sheet.file).with_suffix(".svg"): sheet.picture(name) for name in rolls for sheet in sheets.values()
    }
    _keep_what_is_filled_in(texts | drawn)
    for path, text in (texts | drawn).items():
        write_whole(path, text)
    show(*map(str, texts), f"{counted(len(texts), 'sheet')} for {counted(len(rolls), 'student')}.")


def _rolls(named: list[str], listed: Path | None, pattern: str | None) -> list[str]:
    """Return roll numbers in the form in which submissions have them, each once. Raises UsageError for bad ones."""
    found = [(text, "--roll") for text in named]
    if listed is not None:
        lines = _lines(listed)
        found += [(line, f"{listed}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise UsageError("no roll number was given", todo="give some with --roll, or a file of them with --list")
    rolls = {(text, where): normal_roll(text, pattern) for text, where in found}
    bad = [f"{printable(text.strip(), limit=50)} ({where})" for (text, where), roll in rolls.items() if roll is None]
    if bad:
        expected = (
            f"the pattern `roll` of the rubric's `submissions`: {pattern}" if pattern else "letters, digits, `_.-`"
        )
        raise UsageError("this is not a roll number of this assignment", found=", ".join(bad[:10]), expected=expected)
    return list(dict.fromkeys(roll for roll in rolls.values() if roll))


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        expected = "a text file in UTF-8 with a roll number in each line"
        raise UsageError("the list cannot be read", where=file, found=str(error), expected=expected) from error
    if len(lines) > MAX_ROLLS:
        raise UsageError("the list is too long", where=file, expected=f"at most {MAX_ROLLS} lines")
    return lines


def _chosen(sheets: Mapping[str, AnswerSheet], rubric: Rubric, globs: list[str]) -> dict[str, AnswerSheet]:
    """Return the sheets of the questions that the globs name. Raises UsageError for a glob that matches none."""
    if not sheets:
        raise UsageError("no question of this assignment is answered on a sheet", found=rubric.assignment)
    return {name: sheets[name] for name in chosen(globs, {name: [name] for name in sheets}, "question with a sheet")}


def _keep_what_is_filled_in(texts: dict[Path, str]) -> None:
    """Refuse to overwrite a file with different content."""
    for path, text in texts.items():
        if path.exists() and path.read_bytes() != text.encode():
            raise UsageError(
                "a different file exists here, which may be filled in",
                where=path,
                todo="choose another folder with --to",
            )
