"""Naming a mistake: finds the misconception of the bank that answers as the submission did.

One small example proves little: if N is 2, a factor of 2 and a factor of N are the same. So a misconception is named
only if it passes and fails the same checks of the criterion as the submission, and answers alike on at least two
examples, one of which failed. Otherwise nothing is named: a misleading name is worse than none.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.checks.asking.changes import Changes
from grader.core.outcome import Check, CheckResult, Outcome
from grader.course.bank import Bank, Entry
from grader.course.folder import Course
from grader.course.rubric.model import Question
from grader.pytest_side.known import Known
from grader.pytest_side.replay import Witness, aside
from grader.pytest_side.runner import CollectedSuite

NAMED = frozenset({Outcome.FAILED, Outcome.RAISED})
# For one criterion. Examples take milliseconds, so that only a bank that hangs repeatedly approaches this.
CPU_SECONDS = 20.0
REFERENCE = ""  # nothing is appended to it


class Naming:
    """Names the mistakes of an assignment's submissions with its bank, criterion by criterion."""

    def __init__(self, course: Course, bank: Bank, suite: CollectedSuite) -> None:
        self._course = course
        self._bank = bank
        self._suite = suite
        self._witnesses: dict[Check, tuple[Witness, ...]] = {}
        self._outcomes: dict[tuple[str, Check], bool] = {}

    def begin(self) -> None:
        """Forget what the checks of an earlier criterion have shown."""
        self._witnesses.clear()

    def heed(self, check: Check) -> None:
        """Remember what the last check has shown of the submission's answers."""
        self._witnesses[check] = self._suite.witnesses

    def named(self, results: Sequence[CheckResult], question: Question) -> list[CheckResult]:
        """Return the results of a criterion's checks, each with the misconception that it shows, if there is one.

        If several fit, the one that fits most of the checks is named, of equals the bank's first: a student who has
        made one mistake is not told of another. A name that a check itself gave at its smallest example is kept only if
        it gave the same at the first one that failed.
        """
        results = [self._as_said_twice(result) for result in results]
        if question.module is None:
            return results  # a sheet, whose checks name mistakes by what the student wrote before
        started = time.process_time()
        fits: dict[Check, list[str]] = {}
        for entry in self._candidates(results):
            if time.process_time() - started > CPU_SECONDS:
                break
            for check in self._fitted(entry, results, question):
                fits.setdefault(check, []).append(entry.sentence)
        counted = Counter(sentence for sentences in fits.values() for sentence in sentences)

        def told(result: CheckResult) -> CheckResult:
            sentence = max(fits[result.check], key=counted.__getitem__)
            return replace(result, feedback=replace(result.feedback, misconception=sentence))

        return [told(result) if result.check in fits else result for result in results]

    def _candidates(self, results: Sequence[CheckResult]) -> list[Entry]:
        return self._bank.by_criterion.get(results[0].check.criterion, []) if any(map(_is_wrong, results)) else []

    def _fitted(self, entry: Entry, results: Sequence[CheckResult], question: Question) -> Iterator[Check]:
        """Yield the checks that this misconception fails as the submission does; none unless the whole pattern fits."""
        alike = [result.check for result in results if _is_wrong(result) and self._shows(entry, result.check, question)]
        if not alike or any(
            self._passes(entry, result.check, question) is not (result.outcome is Outcome.PASSED) for result in results
        ):
            return
        if self._agreements(entry, question) > 1:
            yield from alike

    def _shows(self, entry: Entry, check: Check, question: Question) -> bool:
        """Return whether a failed check shows this mistake: alike wherever it failed, where the reference is not."""
        witnesses = self._witnesses.get(check, ())
        return (
            bool(witnesses)
            and all(self._alike(entry.source, witness, question) for witness in witnesses)
            and not self._alike(REFERENCE, witnesses[0], question)
        )

    def _agreements(self, entry: Entry, question: Question) -> int:
        """Return on how many examples this misconception answers as the submission did."""
        witnesses = [witness for kept in self._witnesses.values() for witness in kept]
        return sum(self._alike(entry.source, witness, question) for witness in witnesses)

    def _alike(self, overlay: str, witness: Witness, question: Question) -> bool:
        return self._suite.answers_alike(witness, (question.id, overlay), Known.of(self._course, question, overlay))

    def _passes(self, entry: Entry, check: Check, question: Question) -> bool:
        """Return whether this misconception passes a check; determined once for all submissions."""
        key = (entry.name, check)
        if key not in self._outcomes:
            with aside():
                known, changes = Known.of(self._course, question, entry.source), Changes(question.may_change)
                ended = self._suite.run(check, known, changes=changes, smallest=False)
            self._outcomes[key] = ended.outcome is Outcome.PASSED
        return self._outcomes[key]

    def _as_said_twice(self, result: CheckResult) -> CheckResult:
        said = {witness.said for witness in self._witnesses.get(result.check, ())}
        if len(said) < 2 or not result.feedback.misconception:
            return result
        return replace(result, feedback=replace(result.feedback, misconception=""))


def _is_wrong(result: CheckResult) -> bool:
    return result.outcome in NAMED
