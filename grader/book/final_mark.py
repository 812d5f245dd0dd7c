"""A student's final result as a value: the marks of each criterion, the rules that were applied, the total."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from grader.core.outcome import Outcome


class Status(StrEnum):
    """Whether a final mark can be published. Only `FINAL` and `MISSING` have a total."""

    FINAL = "final"
    MISSING = "missing"  # nothing was handed in that counts
    TO_MARK = "to_mark"  # a person has yet to mark something
    UNDECIDED = "undecided"  # the grader, or a check, failed: not the student's fault
    REFUSED = "refused"  # what was handed in could not be graded: staff decide
    CONFLICT = "conflict"  # two entries contradict each other, or several hand-ins could count


@dataclass(frozen=True)
class CriterionMark:
    """What a criterion earned in the end.

    `marks` is None if it is not decided, `outcome` None if nothing was graded. `note` is a sentence about what staff
    changed, "" if they changed nothing. `maximum` is 0 for a criterion that only deducts marks; a `bonus` does not
    count towards the maximum of the whole.
    """

    id: str
    title: str
    marks: Fraction | None
    maximum: Fraction
    outcome: Outcome | None
    note: str = ""
    bonus: bool = False


@dataclass(frozen=True)
class FinalMark:
    """A person's result for an assignment, and how it came about.

    `person` is an id on the roster, or otherwise whatever identifies the student; `submission` is the name of the
    hand-in that counts, "" for none. `total` is None unless the status is `FINAL` or `MISSING`. `rules` are sentences
    for the student, in the order in which they were applied. `feedback` is Markdown for the student about what was
    found, and may contain the student's own words; `closing` is Markdown about the final mark and the rules, with our
    words only. `work` is the SHA-256 of the hand-in that counts.
    """

    person: str
    submission: str
    criteria: tuple[CriterionMark, ...]
    total: Fraction | None
    maximum: Fraction
    status: Status
    feedback: str = ""
    rules: tuple[str, ...] = ()
    work: str = ""
    closing: str = ""

    @property
    def came_too_late(self) -> bool:
        """Whether something was handed in, but nothing of it counts: the rules say why."""
        return self.status is Status.MISSING and bool(self.rules)
