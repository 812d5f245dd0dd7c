"""What a student reads beside the grade in Moodle: a few lines of HTML in one cell."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from grader.book.final_mark import CriterionMark, Status
from grader.core.decimals import decimal_text
from grader.core.text import printable
from grader.publish.outgoing import Student

# Why there is no mark yet, in words for the student.
OPEN_WORDS = {
    Status.MISSING: "Nothing was handed in.",
    Status.REFUSED: "What was handed in could not be graded. Please see the feedback file, or ask the staff.",
    Status.TO_MARK: "A person has yet to mark a part of this.",
    Status.UNDECIDED: "A part of this could not be decided yet, which is not your fault. Staff will look into it.",
    Status.CONFLICT: "Staff are still looking at this.",
}
TOO_LATE = "What was handed in came too late to count."

# The end of a comment of ours: what follows it, or replaces it, a person has written in Moodle.
_END = " among the feedback files says more.</p>"


def comment(student: Student, page: str, before: str = "") -> str:
    """Return the comment; `page` is the name of the file with more details, `before` the existing comment.

    Our own part of that comment is replaced, and what a person has written is kept below. There are no backslashes in
    it: Moodle reads its worksheet with PHP's `fgetcsv`, which takes a quote after a backslash for a part of the cell.
    """
    mark = student.mark
    parts = [f"<p>{html_text(standing(student))}</p>"]
    lost = [_criterion(one) for one in mark.criteria if _is_told(one)]
    for lines in (lost, [html_text(rule) for rule in mark.rules]):
        parts += ["<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"] if lines else []
    parts += [f"<p>The file {html_text(page)}{_END}", before.rpartition(_END)[2]]
    return "".join(parts).replace("\\", "&#92;")


def standing(student: Student) -> str:
    """Return a sentence with a student's marks, or the reason why there are none yet."""
    mark = student.mark
    open_words = TOO_LATE if mark.came_too_late else OPEN_WORDS.get(mark.status)
    return open_words or f"{points(mark.total)} of {points(mark.maximum)} marks."


def points(marks: Fraction | None) -> str:
    """Return marks as a decimal, `–` if they are not known."""
    return "–" if marks is None else decimal_text(marks)


def outcome_of(criterion: CriterionMark) -> str:
    """Return how a criterion ended, in words."""
    return criterion.outcome.value.replace("_", " ") if criterion.outcome else ""


def _is_told(criterion: CriterionMark) -> bool:
    return bool(criterion.note) or (criterion.marks is not None and criterion.marks != criterion.maximum)


def _criterion(criterion: CriterionMark) -> str:
    ended = f" ({html_text(outcome_of(criterion))})" if criterion.outcome else ""
    note = f" {html_text(criterion.note)}" if criterion.note else ""
    return f"{html_text(criterion.title)}: {points(criterion.marks)} of {points(criterion.maximum)}{ended}.{note}"


def html_text(text: str) -> str:
    """Return a text as one line of HTML in which nothing is markup or a quote."""
    return escape(printable(" ".join(text.split()), limit=2_000))
