"""The attempts of a person: which of them counts, and how late it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from grader.core.decimals import decimal_text
from grader.core.outcome import Outcome
from grader.core.text import listed
from grader.course.rubric.policy import LatePolicy

_UNITS = {"day": timedelta(days=1), "hour": timedelta(hours=1)}
# The time of recording, used only if no other is known; it is never taken for the time of handing in.
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class HandMark:
    """What somebody has entered for a criterion, or overridden: the marks, and the reason."""

    marks: Fraction
    why: str = ""


@dataclass(frozen=True, eq=False)
class BookedAttempt:
    """An attempt as recorded in the book.

    `digest` is the SHA-256 of the work, `time` when it was handed in and `late` what the platform says about it, both
    None if unknown; `number` is the platform's number of the attempt, if it has one. `found` contains outcomes and
    marks by criterion, and is None if nothing could be graded, for the reason `problem`. `marks` were entered by hand.
    `people` is the number of those who handed it in together; `fault` means that the grader failed on it.
    """

    submission: str
    digest: str
    time: datetime | None = None
    late: bool | None = None
    number: int | None = None
    recorded: datetime = _LONG_AGO
    found: Mapping[str, tuple[Outcome, Fraction]] | None = field(default_factory=dict)
    marks: Mapping[str, HandMark] = field(default_factory=dict)
    problem: str = ""
    people: int = 1
    fault: bool = False


_ORDERS: tuple[Callable[[BookedAttempt], Any], ...] = (
    lambda one: one.time,
    lambda one: one.number,
    lambda one: one.recorded,
)


def in_order(attempts: Sequence[BookedAttempt]) -> list[BookedAttempt] | None:
    """Return attempts from the first to the last, by time, else by number, else by when they were recorded.

    Returns None if none of these distinguishes them, unless all are the same work.
    """
    for order in _ORDERS:
        values = [order(one) for one in attempts]
        if None not in values and len(set(values)) == len(values):
            return sorted(attempts, key=order)
    return list(attempts) if len({one.digest for one in attempts}) == 1 else None


@dataclass(frozen=True)
class Lateness:
    """How late an attempt is: `steps` of the policy's unit, `words` for a student, whether it is `accepted` at all."""

    steps: int = 0
    words: str = ""
    accepted: bool = True

    @classmethod
    def of(
        cls, attempt: BookedAttempt, policy: LatePolicy | None, deadline: datetime | None, extended: bool
    ) -> Lateness:
        """Return how late an attempt is for somebody with this deadline, which is the class's or an `extended` one."""
        if policy is None or deadline is None:
            return cls()
        if attempt.time is None:
            return _by_flag(attempt, policy, extended)
        late = attempt.time - deadline
        if late <= timedelta():
            return cls(0, "Handed in before the extended deadline." if extended else "")
        words = f"Handed in {duration_words(late)} after {'the extended' if extended else 'the'} deadline"
        if late <= timedelta(minutes=policy.grace_minutes):
            return cls(0, f"{words}, within the {policy.grace_minutes} minutes of grace: nothing is taken away.")
        if policy.accepted_hours is not None and late > timedelta(hours=policy.accepted_hours):
            return cls(0, f"{words}, which is too late to count.", accepted=False)
        return cls(-(-late // _UNITS[policy.per]), words)

    def price(self, policy: LatePolicy, earned: Fraction) -> tuple[Fraction, str]:
        """Return what it costs of the marks earned, and a sentence that shows the calculation."""
        step = policy.percent if policy.percent is not None else policy.marks or Fraction()
        size = self.steps * step if policy.at_most is None else min(self.steps * step, policy.at_most)
        percent = policy.percent is not None
        size = min(size, Fraction(100)) if percent else size
        cost = min(earned * size / 100 if percent else size, max(earned, Fraction()))
        unit = f"{decimal_text(size)} % of {decimal_text(earned)}" if percent else counted_marks(size)
        steps = f"{self.steps} {policy.per}{'s' * (self.steps != 1)}"
        bound = " (the most that lateness costs)" if size < self.steps * step else ""
        return max(cost, Fraction()), f"{self.words}: {steps}, {unit}{bound}: −{decimal_text(max(cost, Fraction()))}."


def counted_marks(marks: Fraction) -> str:
    """Return e.g. ``1 mark`` or ``0.5 marks``."""
    return f"{decimal_text(marks)} mark{'s' * (marks != 1)}"


def _by_flag(attempt: BookedAttempt, policy: LatePolicy, extended: bool) -> Lateness:
    unknown = "The time of handing in is not known"
    if attempt.late is None:
        return Lateness(0, f"{unknown}, so nothing was deducted for lateness.")
    if not attempt.late:
        return Lateness()
    if extended:
        return Lateness(
            0, f"{unknown}; it was late by the class's deadline, and yours is extended: nothing is deducted."
        )
    return Lateness(1, f"{unknown}; the platform has marked it late, which counts as one {policy.per}")


def duration_words(time: timedelta) -> str:
    """Return e.g. ``1 day 2 hours`` or ``35 minutes``: the two largest units, rounded up to a minute."""
    minutes = -(-time // timedelta(minutes=1))
    parts = {"day": minutes // 1440, "hour": minutes // 60 % 24, "minute": minutes % 60}
    words = [f"{count} {unit}{'s' * (count != 1)}" for unit, count in parts.items() if count]
    return " ".join(words[:2])


def choice_words(attempts: Sequence[BookedAttempt]) -> str:
    """Return what to decide if attempts cannot be distinguished."""
    names = listed(attempt.submission for attempt in attempts)
    return f"Several hand-ins could count, and it is not known which was the last: {names}."
