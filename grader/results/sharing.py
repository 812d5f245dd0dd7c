"""The results of a class, held in memory: most of what they say is the same, and is held once."""

from __future__ import annotations

from grader.results.result import CriterionResult, QuestionResult, Result


class SharedParts:
    """The different questions and criteria of all results that were seen.

    A result takes some ten kilobytes, nearly all of them titles, tasks and outcomes that others have too.
    """

    def __init__(self) -> None:
        self._questions: dict[QuestionResult, QuestionResult] = {}
        self._criteria: dict[CriterionResult, CriterionResult] = {}

    def of(self, result: Result) -> Result:
        """Return an equal result that shares its equal parts with those before it."""
        return result.model_copy(update={"questions": tuple(map(self._question, result.questions))})

    def _question(self, question: QuestionResult) -> QuestionResult:
        known = self._questions.get(question)
        if known is None:
            criteria = tuple(self._criteria.setdefault(one, one) for one in question.criteria)
            known = question.model_copy(update={"criteria": criteria})
            self._questions[known] = known
        return known
