"""What a person marks, at the end of a student's pytest: which files to hand in, and which exist already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.course.rubric.model import Rubric
from grader.intake.bounds import is_seen
from grader.intake.names import is_called, is_source

_ENDINGS = (".txt", ".md", ".tex", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".csv", ".json", ".jsonl")
_SHOWN = 3


def files_in(root: Path) -> tuple[str, ...]:
    """Return the files beside the code in a folder of work, and in the folders directly below it."""
    # Not deeper: a single file may be handed in from a home folder.
    found = (path for way in ("*", "*/*") for path in root.glob(way) if path.suffix.lower() in _ENDINGS)
    return tuple(sorted(path.relative_to(root).as_posix() for path in found if path.is_file()))


def by_hand_lines(rubrics: Iterable[Rubric], files: Sequence[str], notebooks: Sequence[Path] = ()) -> list[str]:
    """Return a line for each question with files that a person marks: those found, or what to call them.

    The last line says what can be seen in the student's notebooks.
    """
    known = [*rubrics]
    asked = [(question.id, question.handed_in) for rubric in known for question in rubric.questions]
    told = {name: _told(patterns, files) for name, patterns in asked if not all(map(is_source, patterns))}
    for patterns in (rubric.handed_in for rubric in known):
        if any(is_called(file, patterns) for file in files):
            told["all of these"] = _told(patterns, files)
    work = {pattern for rubric in known for pattern in rubric.work_files}
    others = [file for file in files if is_seen(file) and not is_called(file, work)]
    if told and others:
        told["by other names"] = f"{_found(others)}; the person who marks sees them too"
    width = max(map(len, told), default=0)
    lines = [f"  {name:<{width}}  {words}" for name, words in told.items()]
    shown = "".join(f"; {file.name} shows {_counted(pictures_in(file))}" for file in notebooks)
    return [*lines, f"  Text and output in a notebook count too{shown}."] if told else []


def pictures_in(notebook: Path) -> int:
    """Return how many pictures a notebook was saved with, as outputs of its cells; 0 if it cannot be read."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
        return sum(any(kind.startswith("image/") for kind in data) for data in shown)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return 0


def _counted(pictures: int) -> str:
    if pictures == 0:
        return "no picture"
    return "1 picture" if pictures == 1 else f"{pictures} pictures"


def _told(patterns: Sequence[str], files: Sequence[str]) -> str:
    found = [file for file in files if is_called(file, patterns)]
    return _found(found) if found else f"not found yet: {', '.join(patterns)}"


def _found(files: Sequence[str]) -> str:
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    return f"found {', '.join(files[:_SHOWN])}{more}"
