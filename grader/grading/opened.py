"""The question of a submission that is open in the jail, with channels to its names' code and to the whole program."""

from __future__ import annotations

from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question, Rubric
from grader.sandbox.jailed import JailedQuestion, Plan
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.sandbox import Jail


class Opened:
    """Opens one question after the other of the staged `files`, with at most one worker at a time."""

    def __init__(self, jail: Jail, rubric: Rubric, files: tuple[str, ...]) -> None:
        self._jail = jail
        self._rubric = rubric
        self._files = files
        self._plan = Plan()
        # What the whole program uses must not reduce what others may use.
        self._budgets: dict[tuple[str, bool], Budget] = {}
        self._question: Question | None = None
        self._channels: dict[bool, JailedQuestion] = {}

    @property
    def differs(self) -> bool:
        """Whether the whole program may end differently from the part that the open question's names depend on."""
        return False in self._channels and self._channels[False].differs

    def channel(self, question: Question, *, whole: bool) -> JailedQuestion:
        """Return the channel to a question, or to its `whole` program; the other one's worker ends."""
        if self._question is not question:
            self.close()
            self._question = question
        if whole not in self._channels:
            self._channels[whole] = self._jail.open(
                self._files, QuestionSpec.of(question), limits_of(self._rubric, question),
                self._budget(question, whole), self._plan, whole=whole,
            )  # fmt: skip
        if (other := self._channels.get(not whole)) is not None:
            other.close()
        return self._channels[whole]

    def _budget(self, question: Question, whole: bool) -> Budget:
        """Return what a question's workers may use, which most share with the submission's other questions."""
        seconds = question.limits.budget_seconds
        key = ("" if seconds is None else question.id, whole)
        if key not in self._budgets:
            self._budgets[key] = Budget() if seconds is None else Budget(seconds, 5 * seconds)
        return self._budgets[key]

    def end_worker(self) -> None:
        """End the worker: what it remembers or has used up must not affect what comes next."""
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
