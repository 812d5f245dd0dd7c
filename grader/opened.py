"""The question of a submission that is open in the jail: a channel to what its names depend on, one to the whole."""

from __future__ import annotations

from grader.jail.jail import Jail
from grader.jail.jailed import JailedQuestion, Plan
from grader.jail.limits import Budget, Limits
from grader.rubric.model import Question, Rubric


class Opened:
    """Opens one question after the other of the staged `files`, with at most one worker at a time."""

    def __init__(self, jail: Jail, rubric: Rubric, files: tuple[str, ...]) -> None:
        self._jail = jail
        self._rubric = rubric
        self._files = files
        self._plan = Plan()
        # What the whole program costs must not be lacking elsewhere.
        self._budgets: dict[tuple[str, bool], Budget] = {}
        self._question: Question | None = None
        self._channels: dict[bool, JailedQuestion] = {}

    @property
    def differs(self) -> bool:
        """Whether the whole program may end otherwise than what the open question's names depend on."""
        return False in self._channels and self._channels[False].differs

    def channel(self, question: Question, *, whole: bool) -> JailedQuestion:
        """Return the channel to a question, or to its `whole` program; the other one's worker ends."""
        if self._question is not question:
            self.close()
            self._question = question
        if whole not in self._channels:
            self._channels[whole] = self._jail.open(
                self._files, question.module or "", question.names, question.packages,
                limits_of(self._rubric, question), self._budget(question, whole), self._plan,
                lent=question.lent, forbidden=question.forbidden, whole=whole,
            )  # fmt: skip
        if (other := self._channels.get(not whole)) is not None:
            other.close()
        return self._channels[whole]

    def _budget(self, question: Question, whole: bool) -> Budget:
        """Return what a question's workers may use, which most share with the other questions of the submission."""
        seconds = question.limits.budget_seconds
        key = ("" if seconds is None else question.id, whole)
        if key not in self._budgets:
            self._budgets[key] = Budget() if seconds is None else Budget(seconds, 5 * seconds)
        return self._budgets[key]

    def end_worker(self) -> None:
        """End the worker: what it remembers or has used up must not change what comes next."""
        for channel in self._channels.values():
            channel.close()

    def close(self) -> None:
        """End the worker, and forget the question."""
        self.end_worker()
        self._channels = {}


def limits_of(rubric: Rubric, question: Question) -> Limits:
    """Return the limits of a question's workers."""
    stated = rubric.limits_for(question)
    defaults = Limits()
    return Limits(
        cpu_seconds=stated.cpu_seconds or defaults.cpu_seconds, memory_mb=stated.memory_mb or defaults.memory_mb
    )
