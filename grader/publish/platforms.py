"""The platforms to which marks can be published, and how each gets a class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import UsageError
from grader.publish import canvas, everything, moodle
from grader.publish.class_of import students_in
from grader.publish.delivery import ForPlatform
from grader.publish.gradebook import Gradebook
from grader.publish.outgoing import Student, Wishes
from grader.publish.worksheet import Worksheet


@dataclass(frozen=True)
class Destination:
    """What was requested: a platform, its own file, names of its columns, and the assignment's titles."""

    platform: str
    file: Path | None
    columns: Sequence[str]
    titles: tuple[str, ...]
    wishes: Wishes


@dataclass(frozen=True)
class Publisher:
    """A platform: its title, which file of its own it accepts ("" for none), and a class as it gets it."""

    title: str
    file: str
    prepare: Callable[[Sequence[Student], Destination], ForPlatform]


def prepared(folder: Path, asked: Destination) -> ForPlatform:
    """Return the class in a folder as a platform gets it. Nothing is written.

    Raises UsageError if the folder has no book, or the file is missing or not the platform's.
    """
    return PUBLISHERS[asked.platform].prepare(students_in(folder), asked)


def _for_moodle(students: Sequence[Student], asked: Destination) -> ForPlatform:
    file, named = _own_file(asked), dict(_named(text) for text in asked.columns)
    return moodle.ForMoodle(students, Worksheet.read(file, named), asked.wishes)


def _for_canvas(students: Sequence[Student], asked: Destination) -> ForPlatform:
    number = asked.columns[-1] if asked.columns else None
    return canvas.ForCanvas(students, Gradebook.read(_own_file(asked), number, asked.titles), asked.wishes)


def _for_a_table(students: Sequence[Student], asked: Destination) -> ForPlatform:
    return everything.Everything(students, asked.wishes)


PUBLISHERS: Mapping[str, Publisher] = {
    moodle.PLATFORM: Publisher("Moodle", "the grading worksheet", _for_moodle),
    canvas.PLATFORM: Publisher("Canvas", "the gradebook", _for_canvas),
    everything.PLATFORM: Publisher("the table", "", _for_a_table),
}


def _own_file(asked: Destination) -> Path:
    """Return the platform's own file. Raises UsageError if none was given."""
    if asked.file is None:
        publisher = PUBLISHERS[asked.platform]
        todo = f"download {publisher.file} in {publisher.title} and give it with --file"
        raise UsageError(f"{publisher.title} accepts only its own file", found="no --file", todo=todo)
    return asked.file


def _named(text: str) -> tuple[str, str]:
    column, equals, header = text.partition("=")
    if not equals:
        raise UsageError(
            "this does not name a column", found=f"--column {text}", expected="e.g. --column grade=Bewertung"
        )
    return column, header
