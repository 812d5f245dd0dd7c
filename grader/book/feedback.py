"""What a student reads with the final mark: what was found, what staff changed, which rules were applied."""

from __future__ import annotations

import hashlib
from pathlib import Path

from grader.book.final_mark import CriterionMark, FinalMark, Status
from grader.book.recording import document
from grader.core.errors import GraderFault
from grader.core.outcome import Outcome
from grader.report.markdown import escaped, feedback_page
from grader.results.marks import Given, given_to
from grader.results.result import Result

_LOST = "The results of this hand-in cannot be shown: their document is missing, or was changed since."


def feedback_text(root: Path, mark: FinalMark, file: str) -> str:
    """Return what was found, as Markdown; `file` is the SHA-256 of the result from which the final mark follows."""
    result = result_of(root, mark, file)
    return (feedback_page(result).rstrip("\n") if result is not None else escaped(mark.feedback or _LOST)) + "\n"


def result_of(root: Path, mark: FinalMark, file: str) -> Result | None:
    """Return the result from which a mark follows, with the marks that people gave.

    None if there is none, if it is not decided yet which marks count, or if the document is not the one that was
    recorded.
    """
    if not file or not mark.criteria:
        return None
    try:
        content = document(root, file).read_bytes()
        genuine = hashlib.sha256(content).hexdigest() == file
        return given_to(Result.from_json(content.decode()), _given(mark)) if genuine else None
    except (OSError, UnicodeDecodeError, GraderFault):
        return None


def _given(mark: FinalMark) -> dict[str, Given]:
    by_hand = (one for one in mark.criteria if one.outcome is Outcome.MARKED)
    return {one.id: Given(one.marks, one.note) for one in by_hand if one.marks is not None}


def closing_text(mark: FinalMark) -> str:
    """Return the rules that were applied, as Markdown, if there are any; the mark itself is not repeated.

    It is separate from what was found, which may contain students' own words.
    """
    if mark.total is None:
        return ""
    rules = "\n".join(f"- {escaped(rule)}" for rule in mark.rules)
    notes = [] if mark.status is Status.FINAL and mark.work else [_note(one) for one in mark.criteria if one.note]
    return "\n\n".join(filter(None, [rules, *notes]))


def _note(criterion: CriterionMark) -> str:
    return f"- {escaped(criterion.title)}: {escaped(criterion.note)}"
