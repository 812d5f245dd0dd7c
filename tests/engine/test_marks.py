"""From how checks ended to marks: exact, in the student's favour where the grader is at fault."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.outcome import Check, CheckResult, Feedback, Outcome
from grader.course.rubric.model import Criterion, Rubric
from grader.results.marks import assess, await_person, decide, settle, skip, total
from grader.results.result import CriterionResult, Provenance

QUARTER = Fraction(1, 4)
ENDED = [o for o in Outcome if o not in (Outcome.SKIPPED, Outcome.TO_BE_MARKED)]


def criterion(marks: str = "3", **fields: object) -> Criterion:
    return Criterion.model_validate({"id": "a.b.c", "title": "the thing", "marks": marks, **fields})


def ended(outcome: Outcome, weight: int = 1, text: str = "") -> CheckResult:
    check = Check(id="t::x", criterion="a.b.c", visibility="public", asked="", catches="", weight=weight)
    return CheckResult(check, outcome, Feedback(kind=text))


PROVENANCE = Provenance.of(rubric_sha256="r", suites_sha256="s", submission_sha256="t")


def marks_of(result: CriterionResult) -> tuple[str, str]:
    return result.outcome.value, result.marks


def test_a_criterion_earns_all_its_marks_if_all_checks_pass() -> None:
    result = assess(criterion(), [ended(Outcome.PASSED), ended(Outcome.PASSED)], quantum=QUARTER)
    assert (marks_of(result), result.max_marks, result.feedback) == (("passed", "3"), "3", "")


@given(st.lists(st.sampled_from(ENDED), min_size=1))
def test_without_partial_it_is_all_or_nothing(outcomes: list[Outcome]) -> None:
    result = assess(criterion(), [ended(o) for o in outcomes], quantum=QUARTER)
    assert result.marks == ("3" if set(outcomes) == {Outcome.PASSED} else "0")


@pytest.mark.parametrize("partial", [False, True])
def test_without_any_check_the_criterion_is_broken(partial: bool) -> None:
    result = assess(criterion(partial=partial), [], quantum=QUARTER)
    assert marks_of(result) == ("broken", "0")
    assert result.feedback


@pytest.mark.parametrize(
    ("weights", "marks", "quantum", "earned"),
    [
        ((1, 1), "3", "0.25", "1.5"),
        ((1, 2), "3", "0.25", "1"),
        ((1, 2), "2", "0.25", "0.5"),  # 2/3 is rounded down
        ((2, 1), "2", "0.25", "1.25"),  # 4/3 is rounded down
        ((1, 6), "1", "0.25", "0"),
        ((2, 1), "0.1", "0.01", "0.06"),
        ((1, 1), "0.3", "0.5", "0"),
    ],
)
def test_a_partial_share_is_by_weight_and_rounded_down(
    weights: tuple[int, int], marks: str, quantum: str, earned: str
) -> None:
    results = [ended(Outcome.PASSED, weights[0]), ended(Outcome.FAILED, weights[1])]
    result = assess(criterion(marks, partial=True), results, quantum=Fraction(quantum))
    assert marks_of(result) == ("failed", earned)


def test_a_partial_criterion_that_passes_entirely_is_not_rounded() -> None:
    result = assess(criterion("0.3", partial=True), [ended(Outcome.PASSED)], quantum=Fraction(1))
    assert result.marks == "0.3"


def test_a_partial_criterion_with_a_broken_check_earns_nothing_yet() -> None:
    result = assess(criterion(partial=True), [ended(Outcome.PASSED), ended(Outcome.BROKEN)], quantum=QUARTER)
    assert marks_of(result) == ("broken", "0")


def test_part_of_the_marks_is_said_before_what_failed() -> None:
    results = [ended(Outcome.PASSED), ended(Outcome.FAILED, text="The sign is wrong.")]
    result = assess(criterion(partial=True), results, quantum=QUARTER)
    assert result.feedback == "Part of the marks: 1.5 of 3.\n\nThe sign is wrong."


def test_the_worst_outcome_is_shown_and_told_first() -> None:
    results = [
        ended(Outcome.NOT_IMPLEMENTED, text="n"),
        ended(Outcome.FAILED, text="f"),
        ended(Outcome.CRASHED, text="c"),
    ]
    result = assess(criterion(), results, quantum=QUARTER)
    assert (result.outcome, result.feedback) == (
        Outcome.CRASHED,
        "c\n\n2 more checks did not pass:\npublic: f\npublic: n",
    )


def test_what_several_checks_say_alike_is_said_once() -> None:
    result = assess(criterion(), [ended(Outcome.NOT_IMPLEMENTED)] * 3, quantum=QUARTER)
    assert result.feedback == "Not implemented yet."


@pytest.mark.parametrize(
    ("required", "manual", "checks", "shown", "asked"),
    [
        (Outcome.NOT_IMPLEMENTED, False, [Outcome.NOT_IMPLEMENTED] * 2, Outcome.NOT_IMPLEMENTED, True),
        (Outcome.NOT_IMPLEMENTED, False, [Outcome.NOT_IMPLEMENTED, Outcome.PASSED], Outcome.SKIPPED, True),
        (Outcome.NOT_IMPLEMENTED, False, [], Outcome.SKIPPED, True),
        (Outcome.NOT_IMPLEMENTED, True, [], Outcome.SKIPPED, False),
        (Outcome.FAILED, False, [Outcome.NOT_IMPLEMENTED], Outcome.SKIPPED, False),
        (Outcome.PASSED, False, [Outcome.PASSED], Outcome.PASSED, True),
        (Outcome.PASSED, True, [], Outcome.TO_BE_MARKED, False),
    ],
)
def test_nothing_written_is_said_rather_than_skipped(
    required: Outcome, manual: bool, checks: list[Outcome], shown: Outcome, asked: bool
) -> None:
    before = assess(Criterion(id="a.b.a", title="first", marks=Fraction(1)), [ended(required)], quantum=QUARTER)
    runs = []

    def run() -> list[CheckResult]:
        runs.append(checks)
        return [ended(outcome) for outcome in checks]

    one = criterion(requires=["a.b.a"], manual=manual)
    assert decide(one, {"a.b.a": before}, run, quantum=QUARTER).outcome is shown
    assert bool(runs) == asked


def test_a_skipped_criterion_names_what_it_requires() -> None:
    required = assess(criterion(), [ended(Outcome.FAILED)], quantum=QUARTER)
    result = skip(Criterion(id="a.b.d", title="other", marks=Fraction(1)), required)
    assert marks_of(result) == ("skipped", "0")
    assert "“the thing” (a.b.c)" in result.feedback


def test_a_criterion_that_requires_a_broken_one_is_undecided_too() -> None:
    result = skip(criterion(), assess(criterion(), [], quantum=QUARTER))
    assert marks_of(result) == ("broken", "0")


def test_a_manual_criterion_awaits_a_person() -> None:
    assert marks_of(await_person(criterion(manual=True))) == ("to_be_marked", "0")


def rubric(**requires: list[str]) -> Rubric:
    criteria = [
        {"id": f"q.{name}", "title": name, "marks": 1, "requires": [f"q.{r}" for r in required]}
        for name, required in requires.items()
    ]
    question = {"id": "q", "title": "Q", "module": "m", "names": ["f"], "criteria": criteria}
    head = {"assignment": "demo", "title": "Demo", "marks": len(criteria)}
    return Rubric.model_validate({**head, "questions": [question]})


def outcomes(rubric: Rubric, **checks: Outcome) -> dict[str, str]:
    settled = settle(rubric, {f"q.{name}": [ended(outcome)] for name, outcome in checks.items()})
    return {c.title: settled[c.id].outcome.value for c in rubric.criteria if c.id in settled}


def test_requirements_count_whatever_the_order_and_through_others() -> None:
    chain = rubric(last=["middle"], middle=["first"], first=[])
    passed = {"last": Outcome.PASSED, "middle": Outcome.PASSED}
    assert outcomes(chain, first=Outcome.FAILED, **passed) == {
        "last": "skipped",
        "middle": "skipped",
        "first": "failed",
    }
    assert outcomes(chain, first=Outcome.PASSED, **passed) == {"last": "passed", "middle": "passed", "first": "passed"}


def test_requirements_that_meet_again_and_again_are_each_looked_at_once() -> None:
    levels = {f"{side}{n}": [f"a{n - 1}", f"b{n - 1}"] if n else [] for n in range(60) for side in "ab"}
    assert set(outcomes(rubric(**levels), a0=Outcome.FAILED).values()) == {"failed", "skipped"}


def test_a_broken_requirement_leaves_all_that_depend_on_it_undecided() -> None:
    chain = rubric(last=["middle"], middle=["first"], first=[])
    assert set(outcomes(chain, first=Outcome.BROKEN).values()) == {"broken"}


def test_a_failed_requirement_decides_although_another_is_broken() -> None:
    both = rubric(a=[], b=[], c=["a", "b"])
    assert outcomes(both, a=Outcome.BROKEN, b=Outcome.FAILED, c=Outcome.PASSED)["c"] == "skipped"


def test_a_requirement_of_which_no_check_has_run_keeps_nothing_back() -> None:
    both = rubric(a=[], b=["a"])
    settled = settle(both, {"q.b": [ended(Outcome.PASSED)]})
    assert {name: marks_of(result) for name, result in settled.items()} == {"q.b": ("passed", "1")}


def test_a_partial_requirement_must_pass_entirely() -> None:
    half = rubric(a=[], b=["a"])
    head = half.questions[0].criteria[0].model_copy(update={"partial": True})
    question = half.questions[0].model_copy(update={"criteria": (head, half.questions[0].criteria[1])})
    checks = {"q.a": [ended(Outcome.PASSED), ended(Outcome.FAILED)], "q.b": [ended(Outcome.PASSED)]}
    settled = settle(half.model_copy(update={"questions": (question,)}), checks)
    assert marks_of(settled["q.a"]) == ("failed", "0.5")
    assert marks_of(settled["q.b"]) == ("skipped", "0")


@pytest.mark.parametrize(
    ("outcome", "complete"), [(o, o not in (Outcome.BROKEN, Outcome.TO_BE_MARKED)) for o in Outcome]
)
def test_a_result_is_complete_unless_staff_have_to_decide(outcome: Outcome, complete: bool) -> None:
    settled = {"q.a": CriterionResult(id="q.a", title="a", outcome=outcome, marks="0", max_marks="1")}
    document = total(rubric(a=[]), settled, submission="x", isolation="lock", provenance=PROVENANCE)
    assert document.complete is complete


def test_the_total_is_the_exact_sum_of_all_criteria() -> None:
    tenths = rubric(**{f"c{n}": [] for n in range(10)})
    settled = {
        c.id: CriterionResult(id=c.id, title=c.title, outcome=Outcome.PASSED, marks="0.1", max_marks="0.2")
        for c in tenths.criteria
    }
    document = total(tenths, settled, submission="x", isolation="lock", provenance=PROVENANCE)
    assert (document.marks, document.max_marks) == ("1", "2")
    assert (document.questions[0].marks, document.questions[0].max_marks) == ("1", "2")


def test_what_was_not_asked_for_is_left_out_of_the_total() -> None:
    two = rubric(a=[], b=[])
    settled = settle(two, {"q.a": [ended(Outcome.PASSED)]})
    only = {"q.a": settled["q.a"]}
    document = total(two, only, submission="x", isolation="lock", provenance=PROVENANCE)
    assert (document.marks, document.max_marks) == ("1", "1")
    assert [c.id for q in document.questions for c in q.criteria] == ["q.a"]
    assert total(two, {}, submission="x", isolation="lock", provenance=PROVENANCE).questions == ()


def test_a_check_that_is_left_to_a_person_earns_nothing_yet_and_costs_nothing() -> None:
    result = assess(criterion(), [ended(Outcome.PASSED), ended(Outcome.TO_BE_MARKED)], quantum=QUARTER)
    assert marks_of(result) == ("to_be_marked", "0")
    assert marks_of(assess(criterion(), [ended(Outcome.FAILED), ended(Outcome.TO_BE_MARKED)], quantum=QUARTER)) == (
        "failed",
        "0",
    )
    after = skip(Criterion(id="a.b.d", title="other", marks=Fraction(1)), result)
    assert marks_of(after) == ("to_be_marked", "0")
    assert "“the thing” (a.b.c) waits for a person" in after.feedback


@pytest.mark.parametrize("outcome", [outcome for outcome in ENDED if outcome is not Outcome.MARKED])
def test_marks_below_0_are_lost_where_what_is_there_is_wrong_and_nowhere_else(outcome: Outcome) -> None:
    result = assess(criterion("-1.5"), [ended(outcome)], quantum=QUARTER)
    kept = {Outcome.PASSED, Outcome.NOT_IMPLEMENTED, Outcome.BROKEN}
    assert (result.marks, result.max_marks) == ("0" if outcome in kept else "-1.5", "0")


def test_a_skipped_criterion_takes_nothing_away_and_a_person_is_told_how_much_may_be() -> None:
    missing = assess(criterion(), [ended(Outcome.FAILED)], quantum=QUARTER)
    assert marks_of(skip(criterion("-1.5"), missing)) == ("skipped", "0")
    assert "up to 1.5" in await_person(criterion("-1.5", manual=True)).feedback


def test_a_bonus_counts_and_is_in_no_sum_of_what_there_is_to_earn() -> None:
    made = {
        "assignment": "demo", "title": "Demo", "marks": "3",
        "questions": [
            {
                "id": "a.b", "title": "B", "module": "m", "names": ["f"], "marks": "3",
                "criteria": [
                    {"id": "a.b.c", "title": "c", "marks": "3"},
                    {"id": "a.b.more", "title": "more", "marks": "2", "bonus": True},
                    {"id": "a.b.less", "title": "less", "marks": "-1"},
                ],
            }
        ],
    }  # fmt: skip
    rubric = Rubric.model_validate(made)
    ends = {"a.b.c": Outcome.PASSED, "a.b.more": Outcome.PASSED, "a.b.less": Outcome.FAILED}
    settled = settle(rubric, {name: [ended(outcome)] for name, outcome in ends.items()})
    result = total(rubric, settled, submission="ada", isolation="room", provenance=PROVENANCE)
    assert (result.marks, result.max_marks) == ("4", "3")  # 3 + 2 − 1
    assert (result.questions[0].marks, result.questions[0].max_marks) == ("4", "3")
    assert [criterion.max_marks for criterion in result.criteria] == ["3", "2", "0"]
    assert result.to_json().count('"bonus": true') == result.to_json().count('"bonus"') == 1
