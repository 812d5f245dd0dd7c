"""What a person marks, at the end of a student's pytest: which files are to be handed in, and which are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.rubric.model import Question, Rubric
from grader.submission.names import is_called

_ENDINGS = (".txt", ".md", ".tex", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".csv", ".json", ".jsonl")
_DRAWN = (".png", ".jpg", ".jpeg", ".gif")
_SHOWN = 3


def files_in(root: Path) -> tuple[str, ...]:
    """Return the files beside the code in a folder of work, and in the folders right below it."""
    # Not deeper: for a single file that is handed in, this may be a whole home.
    found = (path for way in ("*", "*/*") for path in root.glob(way) if path.suffix.lower() in _ENDINGS)
    return tuple(sorted(path.relative_to(root).as_posix() for path in found if path.is_file()))


def by_hand_lines(rubrics: Iterable[Rubric], files: Sequence[str]) -> list[str]:
    """Return a line for each question of which a person marks files: those that are there, or what to call them."""
    asked = [question for rubric in rubrics for question in rubric.questions if question.handed_in]
    width = max((len(question.id) for question in asked), default=0)
    return [f"  {question.id:<{width}}  {_told(question, files)}" for question in asked]


def _told(question: Question, files: Sequence[str]) -> str:
    found = [file for file in files if is_called(file, question.handed_in)]
    if not found:
        too = "; text in a notebook counts too" if any(map(_may_be_text, question.handed_in)) else ""
        return f"nothing found yet that is called {', '.join(question.handed_in)}{too}"
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"found {', '.join(found[:_SHOWN])}{more}"


def _may_be_text(pattern: str) -> bool:
    return not pattern.lower().endswith(_DRAWN)
