"""From how checks ended to exact marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from grader.core.decimals import decimal_text, sum_text
from grader.core.outcome import CheckResult, Outcome, worst
from grader.course.rubric.model import Criterion, Question, Rubric
from grader.results.feedback import criterion_text, misconceptions
from grader.results.result import CriterionResult, HandedIn, Provenance, QuestionResult, Result

UNDECIDED = frozenset({Outcome.BROKEN, Outcome.TO_BE_MARKED})


@dataclass(frozen=True)
class Given:
    """The marks that a person has given for a criterion, with a remark for the student."""

    marks: Fraction
    remark: str = ""


def assess(criterion: Criterion, results: Sequence[CheckResult], *, quantum: Fraction) -> CriterionResult:
    """Return what a criterion earns by its checks: all or nothing, or a share if it is partial.

    A share is the weight of the passed checks divided by that of all, rounded down to a multiple of `quantum`. A broken
    check, or no check at all, decides nothing: the criterion is broken and earns nothing yet. A check that leaves the
    decision to a person decides nothing either, unless another has failed. A criterion with negative marks loses them
    unless it passes.
    """
    remarks = tuple(dict.fromkeys(text for result in results for text in (*result.notes, *result.remarks)))
    compared = tuple(dict.fromkeys(text for result in results for text in result.compared))
    return _earned(criterion, results, quantum).model_copy(update={"remarks": remarks, "compared": compared})


def _earned(criterion: Criterion, results: Sequence[CheckResult], quantum: Fraction) -> CriterionResult:
    outcome = worst([r.outcome for r in results])
    kept = tuple(sorted({name for result in results for name, _ in result.kept}))
    if outcome is Outcome.PASSED:
        return _result(criterion, outcome, criterion.most, kept=kept)
    shown = misconceptions(results)
    if outcome in UNDECIDED or not criterion.partial:
        # If nothing is written yet, there is nothing to take marks away for.
        lost = Fraction() if outcome in {*UNDECIDED, Outcome.NOT_IMPLEMENTED} else min(criterion.marks, Fraction())
        return _result(criterion, outcome, lost, _feedback(results), kept, shown)
    weight = sum(r.check.weight for r in results)
    passed = sum(r.check.weight for r in results if r.outcome is Outcome.PASSED)
    marks = criterion.marks * passed / weight // quantum * quantum
    share = f"Part of the marks: {decimal_text(marks)} of {decimal_text(criterion.marks)}."
    said = "\n\n".join([share, _feedback(results)] if marks else [_feedback(results)])
    return _result(criterion, outcome, marks, said, kept, shown)


def skip(criterion: Criterion, missing: CriterionResult) -> CriterionResult:
    """Return the result of a criterion whose requirement `missing` was not passed.

    If the requirement is broken, nobody can know yet whether it would pass, so this criterion is broken too: the
    grader's fault must not cost its marks. If the requirement waits for a person, so does this criterion.
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
    away = f" It may take away up to {decimal_text(-criterion.marks)}." if criterion.marks < 0 else ""
    return _result(criterion, Outcome.TO_BE_MARKED, Fraction(), f"A person will mark this.{away}")


def marked(result: Result, given: Mapping[str, Given]) -> Result:
    """Return a result with the marks that a person has given for criteria, by id, that wait for one."""
    waiting = {c.id for c in result.criteria if c.outcome is Outcome.TO_BE_MARKED}
    return given_to(result, {name: one for name, one in given.items() if name in waiting})


def given_to(result: Result, given: Mapping[str, Given]) -> Result:
    """Return a result with the marks that a person has given for criteria, by id, whatever their checks found."""
    questions = tuple(_marked(question, given) for question in result.questions)
    return result.model_copy(
        update={
            "questions": questions,
            "marks": sum_text(question.marks for question in questions),
            "complete": _complete(questions),
        }
    )


def joined(rubric: Rubric, older: Result, newer: Result) -> Result:
    """Return two results of the same work as one: all criteria of `newer`, and those of `older` that it lacks.

    What was handed in for a person is taken from `newer` only if it has a criterion of the question that a person
    marks: otherwise nobody looked for it.
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
    """Return the results of criteria by id, from the results of their checks.

    Requirements are respected in whatever order the checks ran: a criterion is assessed only if everything that it
    requires passed. A criterion without any check that ran has no result, unless a requirement of it did not pass;
    since nothing is known of it, it does not block any other.
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
    """Return a criterion's result, once everything that it requires is in `settled`.

    `run` returns the results of its checks; it is called only if they can matter.
    """
    missing = blocker(criterion, settled)
    if missing is None:
        return await_person(criterion) if criterion.manual else assess(criterion, run(), quantum=quantum)
    if missing.outcome is Outcome.NOT_IMPLEMENTED and not criterion.manual:
        # If nothing is written yet, "not implemented" is more helpful than "skipped".
        results = run()
        if results and all(result.outcome is Outcome.NOT_IMPLEMENTED for result in results):
            return assess(criterion, results, quantum=quantum)
    return skip(criterion, missing)


def blocker(criterion: Criterion, settled: Mapping[str, CriterionResult]) -> CriterionResult | None:
    """Return the required criterion that keeps this one from being assessed, or None.

    One that did not pass takes precedence over one that is undecided: then staff need not decide the latter.
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
    """Return the result document of the criteria in `settled`; questions without any are left out.

    `handed_in` lists what was handed in for a person to mark, by question; what belongs to none is under "".
    """
    questions = tuple(
        _question(question, criteria, (handed_in or {}).get(question.id, ()))
        for question in rubric.questions
        if (criteria := tuple(settled[c.id] for c in question.criteria if c.id in settled))
    )
    return Result(
        assignment=rubric.assignment,
        submission=submission,
        marks=sum_text(q.marks for q in questions),
        max_marks=sum_text(q.max_marks for q in questions),
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
        _by_hand(criterion, given[criterion.id]) if criterion.id in given else criterion
        for criterion in question.criteria
    )
    return question.model_copy(update={"criteria": criteria, "marks": sum_text(c.marks for c in criteria)})


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
        marks=sum_text(c.marks for c in criteria),
        max_marks=sum_text(c.counted for c in criteria),
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
        max_marks=decimal_text(criterion.most),
        bonus=criterion.bonus,
        kept=kept,
        misconceptions=shown,
        feedback=feedback,
    )


def _feedback(results: Sequence[CheckResult]) -> str:
    return criterion_text(results) or "This could not be graded: no check decided it."
