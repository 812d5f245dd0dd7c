"""Naming a mistake: which misconception of the bank answers as the submission did?"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from types import CodeType

from grader.bank import Bank, Entry
from grader.course import Course
from grader.outcome import CheckResult, Outcome
from grader.plugin.known import Known
from grader.plugin.runner import CollectedSuite
from grader.rubric.model import Question

NAMED = frozenset({Outcome.FAILED, Outcome.RAISED})
# For one check. Examples take milliseconds, so that only a bank that hangs again and again comes near.
CPU_SECONDS = 20.0


class Naming:
    """Names the mistakes of an assignment's submissions by its bank."""

    def __init__(self, course: Course, bank: Bank, suite: CollectedSuite) -> None:
        self._course = course
        self._bank = bank
        self._suite = suite

    def fitted(self, result: CheckResult, question: Question) -> CheckResult:
        """Return the result of the check that ran last, with the misconceptions that it fits.

        Those are all that lose the check's criterion and that give the submission's own answers to all
        that the smallest failing example asks, where the reference does not.
        """
        if question.module is None:
            return result  # a sheet, whose checks name mistakes by what the student wrote before
        candidates = self._bank.by_criterion.get(result.check.criterion, [])
        if not candidates or not (result.outcome in NAMED or result.check_erred):
            return result
        if self._answers_alike(result, question, ""):
            return result
        return replace(result, fits=tuple(self._alike(result, question, candidates)))

    def _alike(self, result: CheckResult, question: Question, candidates: Sequence[Entry]) -> Iterator[str]:
        started = time.process_time()
        for entry in candidates:
            if time.process_time() - started > CPU_SECONDS:
                return
            if self._answers_alike(result, question, entry.source):
                yield entry.sentence

    def _answers_alike(self, result: CheckResult, question: Question, overlay: str) -> bool:
        return self._suite.answers_alike(result.check, (question.id, overlay), self._known(question, overlay))

    def _known(self, question: Question, overlay: str) -> Known:
        reference = (self._course.reference / f"{question.module}.py").read_text(encoding="utf-8")
        lent = self._course.lent if question.lent else None
        return Known(self._course.reference, [_compiled(reference), _compiled(overlay)], question.names, lent=lent)


def named(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Return the results of one criterion's checks, each with the misconception that it shows.

    A small example can fit several. Of these the one is named that most of the checks fit, and the bank's first
    of equals: a student who has made one mistake is not told of another.
    """
    fits = Counter(sentence for result in results for sentence in result.fits)

    def told(result: CheckResult) -> CheckResult:
        sentence = max(result.fits, key=fits.__getitem__)
        return replace(result, feedback=replace(result.feedback, misconception=sentence))

    return [told(result) if result.fits else result for result in results]


@lru_cache(maxsize=512)
def _compiled(source: str) -> CodeType:
    return compile(source, "<known work>", "exec", dont_inherit=True)
