"""The rules of a rubric, each worked by hand on paper: the numbers in the comments are not computed by the engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from grader.book.attempts import BookedAttempt, HandMark, Lateness, duration_words
from grader.book.final_mark import FinalMark, Status
from grader.book.settling import Decisions, Scheme, settle
from grader.core.errors import RubricError
from grader.core.outcome import Outcome
from grader.course.rubric.load import load_rubric
from grader.course.rubric.model import Rubric
from grader.course.rubric.policy import LatePolicy, RoundingPolicy
from grader.kit.handout import handout

DEADLINE = datetime(2024, 6, 20, 18, 0, tzinfo=UTC)
# Four questions: 4, 4 and 4 marks, and 8 of which 3 are entered by hand; a bonus of 2; up to 1.5 are taken away.
CRITERIA = {
    "q.one.all": ("4", {}),
    "q.two.all": ("4", {}),
    "q.three.all": ("4", {}),
    "q.four.code": ("5", {}),
    "q.four.words": ("3", {"manual": True}),
    "q.four.extra": ("2", {"bonus": True}),
    "q.four.style": ("-1.5", {"manual": True}),
}


def rubric(policy: dict[str, Any] | None = None, caps: dict[str, str] | None = None) -> Rubric:
    questions: dict[str, list[dict[str, Any]]] = {}
    for name, (marks, more) in CRITERIA.items():
        one = {"id": name, "title": name.rpartition(".")[2], "marks": marks, **more}
        questions.setdefault(name.rpartition(".")[0], []).append(one)
    return Rubric.model_validate(
        {
            "assignment": "demo",
            "title": "Demo",
            "marks": "20",
            "submissions": {"deadline": DEADLINE.isoformat()},
            "policy": policy or {},
            "questions": [
                {"id": name, "title": name, "module": "m", "names": ["f"], "criteria": criteria}
                | ({"cap": caps[name]} if caps and name in caps else {})
                for name, criteria in questions.items()
            ],
        }
    )


def attempt(marks: str, hours: float | None = -1.0, name: str = "ada", **more: Any) -> BookedAttempt:
    """An attempt with marks for one.all, two.all, three.all and four.code; words 2, extra 0, style 0 by hand."""
    earned = dict(zip(["q.one.all", "q.two.all", "q.three.all", "q.four.code"], marks.split(), strict=True))
    found = {c: (Outcome.PASSED if m != "0" else Outcome.FAILED, Fraction(m)) for c, m in earned.items()}
    found |= {"q.four.words": (Outcome.TO_BE_MARKED, Fraction()), "q.four.style": (Outcome.TO_BE_MARKED, Fraction())}
    found |= {"q.four.extra": (Outcome.FAILED, Fraction())}
    entered = {"q.four.words": HandMark(Fraction(2), "short"), "q.four.style": HandMark(Fraction())}
    time = None if hours is None else DEADLINE + timedelta(hours=hours)
    return BookedAttempt(name, more.pop("digest", name), time, found=found, marks=more.pop("hand", entered), **more)


def final(policy: dict[str, Any] | None, *attempts: BookedAttempt, caps: Any = None, **decided: Any) -> FinalMark:
    decisions = Decisions(deadline=decided.pop("deadline", DEADLINE), **decided)
    return settle(Scheme(rubric(policy, caps)), "ada", attempts, decisions)


def test_without_rules_the_mark_is_the_sum() -> None:
    mark = final(None, attempt("4 3 0 5"))
    assert (mark.status, mark.total, mark.maximum, mark.rules) == (Status.FINAL, 14, 20, ())  # 4 + 3 + 0 + 5 + 2
    words = next(one for one in mark.criteria if one.id == "q.four.words")
    assert (words.marks, words.note, words.outcome) == (2, "short", Outcome.MARKED)


@pytest.mark.parametrize(
    ("late", "hours", "total", "said"),
    [
        # 14 marks earned. On time, within grace, one second later than that.
        ({"per": "day", "percent": 10}, -0.001, "14", ()),
        ({"per": "day", "percent": 10, "grace_minutes": 15}, 0.25, "14", ("within the 15 minutes of grace",)),
        ({"per": "day", "percent": 10, "grace_minutes": 15}, 0.26, "12.6", ("16 minutes", "1 day", "−1.4")),
        # A day and an hour are two days: 2 × 10 % of 14 = 2.8.
        ({"per": "day", "percent": 10}, 25, "11.2", ("1 day 1 hour", "2 days", "20 % of 14", "−2.8")),
        # Exactly two days are two, not three.
        ({"per": "day", "percent": 10}, 48, "11.2", ("2 days",)),
        # Five days would be 50 %, at most 30: 14 − 4.2.
        ({"per": "day", "percent": 10, "at_most": 30}, 120, "9.8", ("30 % of 14 (the most that lateness costs)",)),
        # 2.5 hours are three: 3 × 0.5 marks.
        ({"per": "hour", "marks": "0.5"}, 2.5, "12.5", ("3 hours", "1.5 marks")),
        ({"per": "hour", "marks": "0.5", "at_most": 1}, 2.5, "13", ("1 mark (the most",)),
        # Twelve days at 10 % cost all and no more.
        ({"per": "day", "percent": 10}, 288, "0", ("100 % of 14",)),
    ],
)
def test_lateness_costs_a_step_for_each_unit_begun(
    late: dict[str, Any], hours: float, total: str, said: tuple[str, ...]
) -> None:
    mark = final({"late": late}, attempt("4 3 0 5", hours))
    assert mark.total == Fraction(total)
    assert len(mark.rules) == bool(said)
    for words in said:
        assert words in mark.rules[0]


def test_what_comes_after_the_end_does_not_count_and_an_earlier_attempt_does() -> None:
    policy = {"late": {"per": "day", "percent": 10, "accepted_hours": 48}}
    only = final(policy, attempt("4 4 4 5", 49))
    assert (only.status, only.total, only.submission) == (Status.MISSING, 0, "")
    assert "too late to count" in only.rules[0]
    both = final(policy, attempt("4 4 4 5", 49, "late"), attempt("1 1 1 1", -2, "early"))
    assert (both.submission, both.total) == ("early", 6)  # 1 + 1 + 1 + 1 + 2
    assert final(policy, attempt("4 3 0 5", 48)).total == Fraction("11.2")  # the last hour of the second day


@pytest.mark.parametrize(
    ("time", "steps"),
    [
        # The deadline is 1:30 in the night in which Berlin's clocks go from 2:00 to 3:00.
        ("2026-03-29T01:30:00+01:00", 0),
        ("2026-03-29T03:30:00+02:00", 1),  # an hour later, whatever the clocks show
        ("2026-03-29T03:30:01+02:00", 2),
        ("2026-03-29T06:00:00+05:30", 0),  # the deadline in Chennai
        ("2026-03-29T01:00:00+00:00", 1),
        ("2026-03-30T01:30:00+02:00", 23),  # the day has 23 hours
    ],
)
def test_hours_pass_in_all_zones_alike_and_when_clocks_are_changed(time: str, steps: int) -> None:
    rule = LatePolicy.model_validate({"per": "hour", "percent": 1})
    deadline = datetime.fromisoformat("2026-03-29T01:30:00+01:00")
    late = Lateness.of(BookedAttempt("a", "a", datetime.fromisoformat(time)), rule, deadline, extended=False)
    assert late.steps == steps


def test_staff_may_accept_what_came_after_the_end_and_then_it_is_late() -> None:
    policy = {"late": {"per": "day", "percent": 10, "accepted_hours": 24}}
    mark = final(policy, attempt("4 3 0 5", 47, "late"), attempt("1 1 1 1", -2, "early"), chosen="late")
    assert (mark.submission, mark.total) == ("late", Fraction("11.2"))  # 14 less 20 %


def test_an_extension_moves_the_deadline_of_one_person() -> None:
    policy = {"late": {"per": "day", "percent": 10, "accepted_hours": 24}}
    longer = {"deadline": DEADLINE + timedelta(days=2), "extended": True}
    in_time = final(policy, attempt("4 3 0 5", 47), **longer)
    assert (in_time.total, in_time.rules) == (14, ("Handed in before the extended deadline.",))
    mark = final(policy, attempt("4 3 0 5", 50), **longer)
    assert mark.total == Fraction("12.6")
    assert "2 hours after the extended deadline" in mark.rules[0]


def test_without_a_time_the_flag_late_counts_as_one_step_and_says_so() -> None:
    policy = {"late": {"per": "day", "percent": 10}}
    flagged = final(policy, attempt("4 3 0 5", None, late=True))
    assert flagged.total == Fraction("12.6")
    assert "platform has marked it late" in flagged.rules[0]
    assert final(policy, attempt("4 3 0 5", None, late=False)).rules == ()
    unknown = final(policy, attempt("4 3 0 5", None))
    assert (unknown.total, unknown.rules) == (
        14,
        ("The time of handing in is not known, so nothing was deducted for lateness.",),
    )
    extended = final(policy, attempt("4 3 0 5", None, late=True), extended=True)
    assert extended.total == 14
    assert "nothing is deducted" in extended.rules[0]


@pytest.mark.parametrize(
    ("rule", "counts", "total"), [("last", "third", 8), ("best", "second", 15), ("first", "first", 5)]
)
def test_of_several_attempts_one_counts(rule: str, counts: str, total: int) -> None:
    # 0 + 0 + 0 + 3 + 2 = 5, 4 + 4 + 0 + 5 + 2 = 15, 2 + 2 + 0 + 2 + 2 = 8.
    attempts = [attempt("0 0 0 3", -9, "first"), attempt("4 4 0 5", -8, "second"), attempt("2 2 0 2", -7, "third")]
    for order in (attempts, attempts[::-1]):
        mark = final({"attempts": rule}, *order)
        assert (mark.submission, mark.total) == (counts, total)
        assert mark.rules == (f"Of 3 hand-ins the {rule} counts: {counts}.",)
    chosen = final({"attempts": rule}, *attempts, chosen="first")
    assert chosen.rules == ("Of 3 hand-ins the one that staff have chosen counts: first.",)
    assert final({"attempts": rule}, attempts[0], attempt("0 0 0 3", -6, "again", digest="first")).rules == ()


def test_which_is_the_best_is_not_known_before_all_are_marked() -> None:
    waiting = attempt("4 4 0 5", -8, "waiting", hand={})
    mark = final({"attempts": "best"}, attempt("4 4 4 5", -9, "marked"), waiting)
    assert (mark.submission, mark.status, mark.total) == ("waiting", Status.TO_MARK, None)


def test_what_was_entered_for_something_that_checks_have_decided_does_not_count() -> None:
    known = attempt("4 3 0 5")
    hand = {**known.marks, "q.three.all": HandMark(Fraction(4))}
    assert final(None, attempt("4 3 0 5", hand=hand)).total == 14


def test_the_best_attempt_is_the_best_after_lateness() -> None:
    # 15 less 40 % is 9; 10 on time is more.
    late, early = attempt("4 4 0 5", 90, "late"), attempt("4 4 0 0", -5, "early")
    mark = final({"attempts": "best", "late": {"per": "day", "percent": 10}}, late, early)
    assert (mark.submission, mark.total) == ("early", 10)


def test_attempts_are_ordered_by_number_or_by_when_they_came_where_no_time_is_known() -> None:
    one, two = attempt("0 0 0 3", None, "b", number=1), attempt("4 4 0 5", None, "a", number=2)
    assert final(None, one, two).submission == "a"
    day = [datetime(2024, 7, number, tzinfo=UTC) for number in (1, 2)]
    one, two = attempt("0 0 0 3", None, "b", recorded=day[0]), attempt("4 4 0 5", None, "a", recorded=day[1])
    assert final(None, two, one).submission == "a"
    same = attempt("0 0 0 3", None, "b"), attempt("4 4 0 5", None, "a")
    mark = final(None, *same)
    assert (mark.status, mark.total) == (Status.CONFLICT, None)
    assert "a and b" in mark.feedback
    assert final(None, *same, chosen="b").total == 5
    assert final({"attempts": "best"}, *same).total == 15
    copies = attempt("0 0 0 3", None, "b", digest="x"), attempt("0 0 0 3", None, "a", digest="x")
    assert final(None, *copies).total == 5


def test_bonus_marks_count_and_are_not_in_the_maximum_until_a_cap() -> None:
    found = attempt("4 4 4 5")
    rich = BookedAttempt(
        "ada", "ada", found=dict(found.found or {}) | {"q.four.extra": (Outcome.PASSED, Fraction(2))}, marks=found.marks
    )
    mark = final(None, rich)
    assert (mark.total, mark.maximum) == (21, 20)  # 4 + 4 + 4 + 5 + 2 + 2
    capped = final({"cap": 20}, rich)
    assert (final({"cap": 15}, found).total, final({"cap": 15}, found).maximum) == (15, 15)
    assert (capped.total, capped.maximum, capped.rules[-1]) == (20, 20, "At most 20 marks count.")
    question = final(None, rich, caps={"q.four": "8"})  # 9 in question four, of which 8 count
    assert (question.total, question.maximum) == (20, 20)
    assert question.rules == ("q.four: 9 marks earned, of which 8 count.",)
    lower = final(None, rich, caps={"q.four": "6"})
    assert (lower.total, lower.maximum) == (18, 18)


def test_a_criterion_may_take_marks_away_but_the_total_never_falls_below_0() -> None:
    hand = {"q.four.words": HandMark(Fraction(1)), "q.four.style": HandMark(Fraction(-3, 2))}
    assert final(None, attempt("4 0 0 0", hand=hand)).total == Fraction("3.5")  # 4 + 1 − 1.5
    hand["q.four.words"] = HandMark(Fraction())
    none = final(None, attempt("0 0 0 0", hand=hand))
    assert (none.total, none.rules) == (0, ("A total below 0 counts as 0.",))
    assert final(None, attempt("4 3 0 5")).maximum == 20


def test_the_lowest_questions_are_dropped_from_marks_and_maximum() -> None:
    policy = {"drop": [{"lowest": 1, "of": ["q.one", "q.two", "q.three"]}]}
    mark = final(policy, attempt("4 1 3 5"))
    assert (mark.total, mark.maximum) == (14, 16)  # 4 + 3 + 5 + 2; the 1 of question two is left out
    assert mark.rules == ("q.two is not counted: it is among the lowest (1 mark).",)
    two = {"drop": [{"lowest": 2, "of": ["q.one", "q.two", "q.three"]}]}
    assert (final(two, attempt("4 1 3 5")).total, final(two, attempt("4 1 3 5")).maximum) == (11, 12)


@pytest.mark.parametrize(
    ("to", "way", "total"),
    [
        ("0.5", "nearest", "13.5"),
        ("0.5", "up", "13.5"),
        ("0.5", "down", "13"),
        ("1", "nearest", "13"),
        ("10", "up", "20"),
    ],
)
def test_the_total_is_rounded_once_at_the_end(to: str, way: str, total: str) -> None:
    # 14 earned, one day late at 5 % is 13.3; to halves 13.5 is nearer than 13.
    policy = {"late": {"per": "day", "percent": 5}, "rounding": {"to": to, "way": way}}
    mark = final(policy, attempt("4 3 0 5", 3))
    assert mark.total == Fraction(total)
    assert mark.rules[-1] == f"Rounded from 13.3 to {total}."


def test_halves_are_rounded_up_and_multiples_stay() -> None:
    rounding = RoundingPolicy(to=Fraction(1))
    assert [rounding.rounded(Fraction(x)) for x in ("2.5", "2.49", "3")] == [3, 2, 3]


def test_a_larger_group_than_the_rule_allows_is_for_staff_to_decide() -> None:
    assert final({"group_size": 3}, attempt("4 3 0 5", people=3)).total == 14
    mark = final({"group_size": 3}, attempt("4 3 0 5", people=4))
    assert (mark.status, mark.total) == (Status.CONFLICT, None)
    assert "Handed in by 4 together; groups have at most 3." in mark.feedback


def test_overrides_and_adjustments_are_told_with_their_reasons() -> None:
    override = {"q.three.all": HandMark(Fraction(3), "a typo of ours")}
    adjust = {"Oral exam": HandMark(Fraction("1.5"), "convincing"), "Copied text": HandMark(Fraction(-2))}
    mark = final({"late": {"per": "day", "percent": 10}}, attempt("4 3 0 5", 5), overrides=override, adjustments=adjust)
    # 4 + 3 + 3 + 5 + 2 = 17, less 10 % is 15.3, less 2 and more 1.5 is 14.8.
    assert mark.total == Fraction("14.8")
    assert mark.rules[1:] == ("Copied text: −2.", "Oral exam: +1.5 (convincing).")
    three = next(one for one in mark.criteria if one.id == "q.three.all")
    assert three.note == "Changed by staff from 0 to 3: a typo of ours"


@pytest.mark.parametrize(
    ("outcome", "status"), [(Outcome.BROKEN, Status.UNDECIDED), (Outcome.TO_BE_MARKED, Status.TO_MARK)]
)
def test_what_is_not_decided_has_no_total(outcome: Outcome, status: Status) -> None:
    known = attempt("4 3 0 5")
    found = dict(known.found or {}) | {"q.one.all": (outcome, Fraction())}
    mark = final(None, BookedAttempt("ada", "ada", found=found, marks=known.marks))
    assert (mark.status, mark.total, mark.rules) == (status, None, ())
    overridden = final(
        None,
        BookedAttempt("ada", "ada", found=found, marks=known.marks),
        overrides={"q.one.all": HandMark(Fraction(1))},
    )
    assert (overridden.status, overridden.total) == (Status.FINAL, 11)  # 1 + 3 + 0 + 5 + 2


def test_work_that_could_not_be_graded_waits_for_staff() -> None:
    refused = BookedAttempt("ada", "", found=None, problem="this is no archive")
    mark = final(None, refused)
    assert (mark.status, mark.total, mark.feedback) == (Status.REFUSED, None, "this is no archive")
    fault = BookedAttempt("ada", "", found=None, problem="the grader failed", fault=True)
    assert final(None, fault).status is Status.UNDECIDED
    given = final(None, refused, overrides={"q.one.all": HandMark(Fraction(2), "seen on paper")})
    assert (given.status, given.total) == (Status.FINAL, 2)


def test_who_handed_in_nothing_has_0_and_what_staff_gave() -> None:
    nothing = final(None)
    assert (nothing.status, nothing.total, nothing.maximum) == (Status.MISSING, 0, 20)
    oral = final(None, adjustments={"Oral exam": HandMark(Fraction(7))})
    assert (oral.status, oral.total) == (Status.FINAL, 7)


def test_students_read_every_rule_in_a_sentence() -> None:
    policy = {
        "late": {"per": "day", "percent": 10, "grace_minutes": 15, "at_most": 50, "accepted_hours": 72},
        "attempts": "best",
        "group_size": 3,
        "drop": [{"lowest": 1, "of": ["q.one", "q.two"]}],
        "cap": 18,
        "rounding": {"to": "0.5"},
    }
    assert rubric(policy, {"q.four": "8"}).policy_sentences == (
        "Groups of at most 3 hand in once; the marks count for each of them.",
        "Each day after the deadline that has begun costs 10 % of the marks earned, at most 50 %.",
        "The first 15 minutes cost nothing; later work counts as late from the deadline on.",
        "What is handed in more than 72 hours after the deadline does not count.",
        "Of several attempts the best one counts.",
        "Of q.one and q.two the best one counts.",
        "At most 18 marks count.",
        "The total is rounded to the nearest multiple of 0.5, halves up.",
        "q.four: at most 8 marks count.",
    )


WRONG = {
    "late: {per: day}": "either `percent` or `marks`",
    "late: {per: day, percent: 10, marks: 1}": "either `percent` or `marks`",
    "late: {per: week, percent: 10}": "day or hour",
    "late: {per: day, percent: 110}": "a percentage from 0 to 100",
    "late: {per: day, percent: 0.001}": "at most two decimals",
    "late: {per: day, percent: 10, at_most: 101}": "more than 100 percent",
    "attempts: newest": "last, best or first",
    "drop: [{lowest: 1, of: [q.one, q.six]}]": "no question `q.six`",
    "drop: [{lowest: 1, of: [q.one, q.one]}]": "is in `drop` twice",
    "drop: [{lowest: 2, of: [q.one, q.two]}]": "nothing would be left",
    "drop: [{lowest: 1, of: [q.one, q.two]}, {lowest: 1, of: [q.two, q.one]}]": "is in `drop` twice",
    "drop: [{lowest: 1, of: [q.one, q.more]}]": "must be worth the same",
    "rounding: {to: 0}": "more than 0",
    "cap: 0": "more than 0",
    "group_size: 1": "the most people who may hand in together",
}
TEXT = """\
assignment: demo
title: Demo
marks: 5
submissions: {deadline: "2024-06-20T23:59:00+05:30"}
policy: {%s}
questions:
  - {id: q.one, title: One, module: m, names: [f], criteria: [{id: q.one.all, title: all, marks: 1}]}
  - {id: q.two, title: Two, module: m, names: [f], criteria: [{id: q.two.all, title: all, marks: 1}]}
  - {id: q.more, title: More, module: m, names: [f], criteria: [{id: q.more.all, title: all, marks: 3}]}
"""


@pytest.mark.parametrize("policy", WRONG)
def test_a_rule_that_cannot_be_meant_is_refused_with_its_line(tmp_path: Path, policy: str) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text(TEXT % policy, encoding="utf-8")
    with pytest.raises(RubricError) as raised:
        load_rubric(path)
    assert f"{path}:5: policy" in str(raised.value)
    assert WRONG[policy] in str(raised.value)


def test_lateness_needs_a_deadline(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    text = (TEXT % "late: {per: day, percent: 10}").replace('{deadline: "2024-06-20T23:59:00+05:30"}', "{}")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match="without a deadline nothing can be late"):
        load_rubric(path)


@pytest.mark.parametrize("field", ["partial", "bonus"])
def test_a_criterion_that_takes_marks_away_is_neither_partial_nor_a_bonus(tmp_path: Path, field: str) -> None:
    path = tmp_path / "demo.yaml"
    text = (TEXT % "").replace(
        "{id: q.one.all, title: all, marks: 1}", f"{{id: q.one.all, title: all, marks: -1, {field}: true}}"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match=f"cannot be `{field}`"):
        load_rubric(path)


def test_a_price_is_exact() -> None:
    assert LatePolicy.model_validate({"per": "day", "percent": "33.33"}).percent == Fraction(3333, 100)
    with pytest.raises(ValidationError):
        LatePolicy.model_validate({"per": "day", "percent": 10.5})  # a binary float


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 minute"), (3600, "1 hour"), (3661, "1 hour 2 minutes"), (90000, "1 day 1 hour"), (86460, "1 day 1 minute")],
)
def test_durations_are_told_by_their_two_largest_units(seconds: int, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words


def test_the_kit_says_the_rules_and_what_a_criterion_does_to_the_sum() -> None:
    page = handout(rubric({"late": {"per": "day", "percent": 10}}), {}, {"py"})
    section = " ".join(page.partition("## How marks count")[2].partition("## What is asked")[0].split())
    assert section.startswith("- Each day after the deadline that has begun costs 10 % of the marks earned.")
    assert "| 2 | extra (a bonus, which is not part of the sum of all marks) |" in page
    assert "| -1.5 | style (taken away if this is not so) |" in page
    plain = rubric().model_copy(update={"policy": None})
    assert "How marks count" not in handout(plain, {}, {"py"})
