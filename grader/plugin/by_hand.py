"""What a person marks, at the end of a student's pytest: which files are to be handed in, and which are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.rubric.model import Rubric
from grader.submission.bounds import is_seen
from grader.submission.names import is_called, is_source

_ENDINGS = (".txt", ".md", ".tex", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".csv", ".json", ".jsonl")
_SHOWN = 3


def files_in(root: Path) -> tuple[str, ...]:
    """Return the files beside the code in a folder of work, and in the folders right below it."""
    # Not deeper: for a single file that is handed in, this may be a whole home.
    found = (path for way in ("*", "*/*") for path in root.glob(way) if path.suffix.lower() in _ENDINGS)
    return tuple(sorted(path.relative_to(root).as_posix() for path in found if path.is_file()))


def by_hand_lines(rubrics: Iterable[Rubric], files: Sequence[str]) -> list[str]:
    """Return a line for each question of which a person marks files: those that are there, or what to call them."""
    known = [*rubrics]
    asked = [(question.id, question.handed_in) for rubric in known for question in rubric.questions]
    told = {name: _told(patterns, files) for name, patterns in asked if not all(map(is_source, patterns))}
    for patterns in (rubric.handed_in for rubric in known):
        if any(is_called(file, patterns) for file in files):
            told["all of these"] = _told(patterns, files)
    work = {pattern for rubric in known for pattern in rubric.work_files}
    others = [file for file in files if is_seen(file) and not is_called(file, work)]
    if told and others:
        told["by other names"] = f"{_found(others)}; whoever marks sees this too"
    width = max(map(len, told), default=0)
    return [f"  {name:<{width}}  {words}" for name, words in told.items()]


def _told(patterns: Sequence[str], files: Sequence[str]) -> str:
    found = [file for file in files if is_called(file, patterns)]
    if not found:
        too = "what a notebook says and shows counts too"
        return f"nothing found yet that is called {', '.join(patterns)}; {too}"
    return _found(found)


def _found(files: Sequence[str]) -> str:
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    return f"found {', '.join(files[:_SHOWN])}{more}"
