"""From how checks ended to exact marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from grader.feedback import criterion_text, misconceptions
from grader.outcome import CheckResult, Outcome, worst
from grader.result import CriterionResult, HandedIn, Provenance, QuestionResult, Result
from grader.rubric.decimals import decimal_text
from grader.rubric.model import Criterion, Question, Rubric

UNDECIDED = frozenset({Outcome.BROKEN, Outcome.TO_BE_MARKED})


@dataclass(frozen=True)
class Given:
    """The marks that a person has given for a criterion, and what was remarked to them, which the student reads."""

    marks: Fraction
    remark: str = ""


def assess(criterion: Criterion, results: Sequence[CheckResult], *, quantum: Fraction) -> CriterionResult:
    """Return what a criterion earns by its checks: all or nothing, or a share where it is partial.

    A share is the passed checks' part of all weights, rounded down to a multiple of `quantum`. A
    broken check, or none at all, decides nothing: the criterion is broken and earns nothing yet. Nor does a check
    that leaves it to a person, unless another has failed.
    """
    remarks = tuple(dict.fromkeys(text for result in results for text in (*result.notes, *result.remarks)))
    compared = tuple(dict.fromkeys(text for result in results for text in result.compared))
    return _earned(criterion, results, quantum).model_copy(update={"remarks": remarks, "compared": compared})


def _earned(criterion: Criterion, results: Sequence[CheckResult], quantum: Fraction) -> CriterionResult:
    outcome = worst([r.outcome for r in results])
    kept = tuple(sorted({name for result in results for name, _ in result.kept}))
    if outcome is Outcome.PASSED:
        return _result(criterion, outcome, criterion.marks, kept=kept)
    shown = misconceptions(results)
    if outcome in UNDECIDED or not criterion.partial:
        return _result(criterion, outcome, Fraction(), _feedback(results), kept, shown)
    weight = sum(r.check.weight for r in results)
    passed = sum(r.check.weight for r in results if r.outcome is Outcome.PASSED)
    marks = criterion.marks * passed / weight // quantum * quantum
    share = f"Part of the marks: {decimal_text(marks)} of {decimal_text(criterion.marks)}."
    said = "\n\n".join([share, _feedback(results)] if marks else [_feedback(results)])
    return _result(criterion, outcome, marks, said, kept, shown)


def skip(criterion: Criterion, missing: CriterionResult) -> CriterionResult:
    """Return the result of a criterion whose requirement `missing` was not passed.

    Where the requirement is broken nobody can say yet, so this criterion is broken too: the
    grader's fault must not cost its marks. Where it waits for a person, so does this one.
    """
    if missing.outcome is Outcome.BROKEN:
        reason = f"Undecided, because “{missing.title}” ({missing.id}) could not be graded."
        return _result(criterion, Outcome.BROKEN, Fraction(), reason)
    if missing.outcome is Outcome.TO_BE_MARKED:
        reason = f"Undecided, because “{missing.title}” ({missing.id}) waits for a person, who will mark this too."
        return _result(criterion, Outcome.TO_BE_MARKED, Fraction(), reason)
    reason = f"Skipped, because it requires “{missing.title}” ({missing.id})."
    return _result(criterion, Outcome.SKIPPED, Fraction(), reason)


def await_person(criterion: Criterion) -> CriterionResult:
    """Return the result of a criterion that a person is to mark."""
    return _result(criterion, Outcome.TO_BE_MARKED, Fraction(), "A person will mark this.")


def marked(result: Result, given: Mapping[str, Given]) -> Result:
    """Return a result with the marks that a person has given for criteria, by their ids, that wait for one."""
    questions = tuple(_marked(question, given) for question in result.questions)
    return result.model_copy(
        update={
            "questions": questions,
            "marks": _sum(question.marks for question in questions),
            "complete": _complete(questions),
        }
    )


def joined(rubric: Rubric, older: Result, newer: Result) -> Result:
    """Return two results of the same work as one: criteria of `newer`, and those of `older` that it has not.

    What was handed in for a person is taken from `newer` where it has a criterion of the question that a person marks:
    only then it was looked for.
    """
    by_hand = {criterion.id for criterion in rubric.criteria if criterion.manual}
    looked_for = {q.id for q in newer.questions if any(c.id in by_hand for c in q.criteria)}
    handed_in = {q.id: q.handed_in or () for q in older.questions if q.id not in looked_for}
    handed_in |= {q.id: q.handed_in or () for q in newer.questions if q.id in looked_for}
    handed_in[""] = newer.handed_in if looked_for else older.handed_in
    return total(
        rubric,
        {criterion.id: criterion for result in (older, newer) for criterion in result.criteria},
        submission=newer.submission,
        notes=tuple(dict.fromkeys([*older.notes, *newer.notes])),
        isolation=newer.isolation,
        provenance=newer.provenance,
        handed_in=handed_in,
    )


def settle(rubric: Rubric, results: Mapping[str, Sequence[CheckResult]]) -> dict[str, CriterionResult]:
    """Return the results of criteria by their ids, from the results of the checks of each.

    Requirements count in their order whatever the order of the checks: a criterion is assessed only
    if all that it requires passed. One of which no check has run has no result, unless what it requires did not pass;
    then nothing is known of it, and it keeps no other from being assessed.
    """
    settled: dict[str, CriterionResult] = {}
    for criterion in rubric.criteria_by_requirement():
        asked = criterion.model_copy(update={"requires": tuple(r for r in criterion.requires if r in settled)})
        if criterion.id in results or blocker(asked, settled) is not None:
            run = partial(_of, results, criterion.id)
            settled[criterion.id] = decide(asked, settled, run, quantum=rubric.quantum)
    return settled


def decide(
    criterion: Criterion,
    settled: Mapping[str, CriterionResult],
    run: Callable[[], Sequence[CheckResult]],
    *,
    quantum: Fraction,
) -> CriterionResult:
    """Return a criterion's result, once all that it requires is in `settled`.

    `run` gives the results of its checks; it is asked only where they can matter.
    """
    missing = blocker(criterion, settled)
    if missing is None:
        return await_person(criterion) if criterion.manual else assess(criterion, run(), quantum=quantum)
    if missing.outcome is Outcome.NOT_IMPLEMENTED and not criterion.manual:
        # Where nothing is written yet, "not implemented" says more than "skipped".
        results = run()
        if results and all(result.outcome is Outcome.NOT_IMPLEMENTED for result in results):
            return assess(criterion, results, quantum=quantum)
    return skip(criterion, missing)


def blocker(criterion: Criterion, settled: Mapping[str, CriterionResult]) -> CriterionResult | None:
    """Return the required criterion that keeps this one from being assessed, or None.

    One that is not passed goes before one that is not decided: then staff need not decide.
    """
    missing = [settled[r] for r in criterion.requires if settled[r].outcome is not Outcome.PASSED]
    return min(missing, key=lambda m: m.outcome in UNDECIDED, default=None)


def total(
    rubric: Rubric,
    settled: Mapping[str, CriterionResult],
    *,
    submission: str,
    notes: tuple[str, ...] = (),
    isolation: str,
    provenance: Provenance,
    handed_in: Mapping[str, tuple[HandedIn, ...]] | None = None,
) -> Result:
    """Return the result document of the criteria in `settled`; what is not in it is left out.

    `handed_in` has what was handed in for a person to mark by question, under "" what is for none in particular.
    """
    questions = tuple(
        _question(question, criteria, (handed_in or {}).get(question.id, ()))
        for question in rubric.questions
        if (criteria := tuple(settled[c.id] for c in question.criteria if c.id in settled))
    )
    return Result(
        assignment=rubric.assignment,
        submission=submission,
        marks=_sum(q.marks for q in questions),
        max_marks=_sum(q.max_marks for q in questions),
        complete=_complete(questions),
        isolation=isolation,
        notes=notes,
        questions=questions,
        handed_in=(handed_in or {}).get("", ()),
        provenance=provenance,
    )


def _complete(questions: Iterable[QuestionResult]) -> bool:
    return all(criterion.outcome not in UNDECIDED for question in questions for criterion in question.criteria)


def _marked(question: QuestionResult, given: Mapping[str, Given]) -> QuestionResult:
    criteria = tuple(
        _by_hand(criterion, given[criterion.id])
        if criterion.outcome is Outcome.TO_BE_MARKED and criterion.id in given
        else criterion
        for criterion in question.criteria
    )
    return question.model_copy(update={"criteria": criteria, "marks": _sum(c.marks for c in criteria)})


def _by_hand(criterion: CriterionResult, given: Given) -> CriterionResult:
    told = {"outcome": Outcome.MARKED, "marks": decimal_text(given.marks), "feedback": given.remark}
    return criterion.model_copy(update=told)


def _question(
    question: Question, criteria: tuple[CriterionResult, ...], handed_in: tuple[HandedIn, ...]
) -> QuestionResult:
    return QuestionResult(
        id=question.id,
        title=question.title,
        task=question.task or "",
        handed_in=handed_in if question.handed_in or handed_in else None,
        marks=_sum(c.marks for c in criteria),
        max_marks=_sum(c.max_marks for c in criteria),
        criteria=criteria,
    )


def _of(results: Mapping[str, Sequence[CheckResult]], identifier: str) -> Sequence[CheckResult]:
    return results.get(identifier, ())


def _result(
    criterion: Criterion,
    outcome: Outcome,
    marks: Fraction,
    feedback: str = "",
    kept: tuple[str, ...] = (),
    shown: tuple[str, ...] = (),
) -> CriterionResult:
    return CriterionResult(
        id=criterion.id,
        title=criterion.title,
        outcome=outcome,
        marks=decimal_text(marks),
        max_marks=decimal_text(criterion.marks),
        kept=kept,
        misconceptions=shown,
        feedback=feedback,
    )


def _sum(marks: Iterable[str]) -> str:
    return decimal_text(sum(map(Fraction, marks), Fraction()))


def _feedback(results: Sequence[CheckResult]) -> str:
    return criterion_text(results) or "This could not be graded: no check decided it."
