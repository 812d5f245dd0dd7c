"""`grader allot`: the answer sheets of an assignment, each with the values of one student."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from grader.answer_sheets import AnswerSheet, answer_sheets
from grader.cli.edge import show
from grader.cli.options import CourseOption
from grader.course import Course
from grader.errors import UsageError
from grader.files import write_whole
from grader.render.text import counted
from grader.rubric.model import Rubric
from grader.submission.identify import normal_roll
from grader.text import printable

MAX_ROLLS = 10_000


def allot(
    assignment: Annotated[str, typer.Argument(metavar="ID", help="The assignment, as `grader list` names it.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="A sheet is written to DIR/ROLL for each student.")],
    roll: Annotated[
        list[str] | None, typer.Option("--roll", metavar="ROLL", help="A roll number; may stand again.")
    ] = None,
    listed: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="A text file with a roll number in each line.")
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only questions like this, e.g. 'backprop.*'; may stand again."),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Write the sheets that students fill in by hand, each with a drawing of its network.

    The same roll number gets the same values for ever.
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
    """Return roll numbers as submissions are known by, each once. Raises UsageError that tells all bad ones."""
    found = [(text, "--roll") for text in named]
    if listed is not None:
        lines = _lines(listed)
        found += [(line, f"{listed}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise UsageError("no roll number is named", todo="name some with --roll, or a file of them with --list")
    rolls = {(text, where): normal_roll(text, pattern) for text, where in found}
    bad = [f"{printable(text.strip(), limit=50)} ({where})" for (text, where), roll in rolls.items() if roll is None]
    if bad:
        expected = f"what the rubric's `submissions` calls roll: {pattern}" if pattern else "letters, digits, `_.-`"
        raise UsageError("this is no roll number of this assignment", found=", ".join(bad[:10]), expected=expected)
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
    """Return the sheets of the questions that the globs name. Raises UsageError for a glob that names none."""
    named = {glob: [name for name in sheets if fnmatch.fnmatchcase(name, glob)] for glob in globs}
    for glob in (glob for glob, found in named.items() if not found):
        raise _no_sheets(rubric, glob)
    chosen = {name for found in named.values() for name in found}
    return {name: sheet for name, sheet in sheets.items() if name in chosen}


def _no_sheets(rubric: Rubric, glob: str) -> UsageError:
    known = [question.id for question in rubric.questions if question.sheet]
    if not known:
        return UsageError("no question of this assignment is answered on a sheet", found=rubric.assignment)
    return UsageError(f"no question with a sheet is called {glob!r}", expected=f"one of {', '.join(known)}, or a glob")


def _keep_what_is_filled_in(texts: dict[Path, str]) -> None:
    """Refuse to write over a file that says anything else."""
    for path, text in texts.items():
        if path.exists() and path.read_bytes() != text.encode():
            raise UsageError(
                "another file lies here, which may be filled in", where=path, todo="name another folder with --to"
            )
