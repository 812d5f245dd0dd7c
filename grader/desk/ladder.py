"""The hints about a question, one more step each time a student asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

from grader.core.outcome import CheckResult, Outcome
from grader.course.rubric.model import Question

WIDTH = 100
NOT_ASKED_YET = "Write a first version: a function that is not implemented gives no answers to compare."
UNKNOWN = "Your wrong answers do not match any known mistake."
ALL_PASS = "All public checks of this question pass; the hidden checks try more cases."


@dataclass(frozen=True)
class Ladder:
    """What fails in a question at the moment, all steps of its hints, and how many of them have been taken."""

    question: Question
    fails: str
    steps: tuple[str, ...]
    taken: int

    def paragraphs(self, again: str) -> list[str]:
        """Return what a student reads; `again` is the command that takes the next step."""
        shown = [f"hint {number} of {len(self.steps)}: {step}" for number, step in enumerate(self.shown, 1)]
        return [f"{self.question.title} ({self.question.id})", self.fails, *shown, self.more(again)]

    def text(self, again: str) -> str:
        """Return the paragraphs, wrapped for a terminal."""
        title, *rest = map(_filled, self.paragraphs(again))
        return "\n".join([title, "\n\n".join(rest)])

    @property
    def shown(self) -> tuple[str, ...]:
        """The steps that have been taken."""
        return self.steps[: self.taken]

    def more(self, again: str) -> str:
        """Return how to get the next step, or that there are no more."""
        return f"one more: {again}" if self.taken < len(self.steps) else "There are no more hints."


def ladder(question: Question, results: Sequence[CheckResult], opened: Sequence[str], taken: int) -> Ladder:
    """Return the hints of a question with one step more than were `taken` before.

    `results` are the results of its public checks, `opened` the sealed sentences that its answers open.
    """
    lost = [result for result in results if result.outcome is not Outcome.PASSED]
    begun = [result for result in lost if result.outcome is not Outcome.NOT_IMPLEMENTED]
    steps = (*question.hints, *_mistakes(begun, opened, begun_at_all=bool(begun) or not lost))
    return Ladder(question, _fails(question, [*begun, *lost]), steps, min(taken + 1, len(steps)))


def _mistakes(lost: Sequence[CheckResult], opened: Sequence[str], *, begun_at_all: bool) -> Sequence[str]:
    if not begun_at_all:
        return [NOT_ASKED_YET]
    if not lost:
        return []
    named = [result.feedback.misconception for result in lost if result.feedback.misconception]
    found = list(dict.fromkeys([*named, *opened]))
    return [" ".join(["Your answers match this mistake:", *found])] if found else [UNKNOWN]


def _fails(question: Question, lost: Sequence[CheckResult]) -> str:
    if not lost:
        return ALL_PASS
    first = lost[0]
    titles = {criterion.id: criterion.title for criterion in question.criteria}
    how = first.outcome.value.replace("_", " ")
    return f"{how}: {titles[first.check.criterion]}. What was asked: {first.check.asked}"


def _filled(text: str) -> str:
    return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
