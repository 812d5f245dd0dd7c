"""Who reads what of a check, and in which order."""

import pytest

from grader.core.outcome import BY_HAND, Check, CheckResult, Feedback, Outcome, Visibility
from grader.results.feedback import NOT_LOADED, criterion_text, feedback_text

FULL = Feedback(
    asked="ASKED",
    kind="KIND",
    misconception="MISCONCEPTION",
    student_line="LINE",
    detail="DETAIL",
    snippet="SNIPPET",
    traceback="TRACEBACK",
    printed="PRINTED",
)
ORDER = ["ASKED", "KIND", "MISCONCEPTION", "LINE", "DETAIL", "SNIPPET", "TRACEBACK", "PRINTED"]


def text(
    visibility: Visibility = "public",
    outcome: Outcome = Outcome.FAILED,
    feedback: Feedback = FULL,
    *,
    staff: bool = False,
) -> str:
    check = Check(id="suite::test_x", criterion="a.b.c", visibility=visibility, asked="ASKED", catches="")
    return feedback_text(CheckResult(check, outcome, feedback), staff=staff)


def said(text: str) -> list[str]:
    return [word for word in sorted(ORDER, key=text.find) if word in text]


def test_a_public_check_says_everything_in_the_order_that_helps() -> None:
    assert said(text("public")) == ORDER


def test_a_hidden_check_tells_students_neither_input_nor_values() -> None:
    assert said(text("hidden")) == ORDER[:4]


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.PASSED])
@pytest.mark.parametrize("visibility", ["public", "hidden"])
def test_staff_read_everything_of_every_check_and_which_it_was(visibility: Visibility, outcome: Outcome) -> None:
    told = text(visibility, outcome, staff=True)
    assert said(told) == ORDER
    assert "suite::test_x" in told


def test_students_read_nothing_that_a_broken_check_says() -> None:
    told = text("public", Outcome.BROKEN)
    assert said(told) == []
    assert "not in your work" in told


def test_what_is_not_implemented_is_said_without_noise() -> None:
    assert said(text("public", Outcome.NOT_IMPLEMENTED)) == ["KIND"]


@pytest.mark.parametrize("staff", [False, True])
def test_a_passed_check_says_nothing(staff: bool) -> None:
    assert text(outcome=Outcome.PASSED, staff=staff) == ""


@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in {Outcome.PASSED, Outcome.SKIPPED, *BY_HAND}])
def test_every_outcome_has_words_for_students_even_without_feedback(outcome: Outcome) -> None:
    assert text("hidden", outcome, Feedback()).removeprefix("ASKED").strip()


def test_terminal_escapes_and_broken_text_of_students_are_made_visible() -> None:
    told = text(feedback=Feedback(printed="\x1b[2J\udcff\r", student_line="ok\x07"))
    assert told.isprintable() is False  # only for its line breaks
    assert told.replace("\n", "").isprintable()
    assert "\\x1b[2J\\udcff\\r" in told


def test_endless_text_is_clipped() -> None:
    told = text(feedback=Feedback(printed="x" * 10**6, traceback="y" * 10**6))
    assert len(told) < 10_000


def test_snippets_and_printed_lines_are_set_apart() -> None:
    told = text(feedback=Feedback(snippet="a = 1\nb = 2\n"))
    assert told.endswith("To reproduce:\n    a = 1\n    b = 2")


# ── all checks of a criterion ─────────────────────────────────────────────────────────────────────


def ended(
    outcome: Outcome,
    kind: str = "KIND",
    visibility: Visibility = "public",
    asked: str = "ASKED",
    detail: str = "DETAIL",
) -> CheckResult:
    check = Check(id=f"suite::{asked}", criterion="a.b.c", visibility=visibility, asked=asked, catches="")
    return CheckResult(check, outcome, Feedback(asked=asked, kind=kind, detail=detail))


def test_the_first_failed_check_is_told_in_full_and_each_other_in_one_line() -> None:
    results = [ended(Outcome.FAILED, asked=f"ASKED {n}", detail=f"line\n{n}") for n in range(40)]
    told = criterion_text([ended(Outcome.PASSED, "never"), *results]).split("\n")
    assert told[:4] == ["ASKED 0", "KIND", "line", "0"]
    assert told[4:7] == ["", "39 more checks did not pass:", "public: ASKED 1 — the same"]
    assert len(told) == 45


def test_a_public_check_goes_before_a_hidden_one_that_ended_worse_since_it_shows_its_inputs() -> None:
    told = criterion_text([ended(Outcome.CRASHED, "bye", "hidden", "HIDDEN"), ended(Outcome.FAILED)])
    more = "1 more check did not pass (the inputs of hidden checks are not shown):"
    assert told.startswith(f"ASKED\nKIND\nDETAIL\n\n{more}\n")
    assert told.endswith("\nhidden: HIDDEN — Your code crashed or ended its process.")


def test_where_only_hidden_checks_fail_it_is_said_why_no_inputs_are_shown() -> None:
    told = criterion_text([ended(Outcome.PASSED), ended(Outcome.FAILED, visibility="hidden")])
    assert told == "ASKED\nKIND\nThis is a hidden check: the inputs it used are not shown."


def test_what_does_not_load_is_told_once_for_all_checks() -> None:
    kind = f"{NOT_LOADED}SyntaxError: '(' was never closed (sums.py, line 2)"
    results = [ended(Outcome.RAISED, kind, visibility, visibility) for visibility in ("hidden", "public")]
    assert criterion_text(results) == f"{kind}\nDETAIL"
    assert criterion_text(results[:1]) == f"{NOT_LOADED}SyntaxError"


def test_of_a_broken_check_nothing_is_told_even_among_others() -> None:
    told = criterion_text([ended(Outcome.FAILED), ended(Outcome.BROKEN, "SECRET", detail="SECRET", asked="B")])
    assert told.startswith("This could not be graded")
    assert "SECRET" not in told


# ── what hidden checks could tell of their inputs ─────────────────────────────────────────────────


def raised(kind: str, line: str, visibility: Visibility = "hidden", called: str = "step") -> CheckResult:
    check = Check(id=f"suite::{visibility}", criterion="a.b.c", visibility=visibility, asked="ASKED", catches="")
    return CheckResult(
        check, Outcome.RAISED, Feedback(asked="ASKED", kind=f"raised {kind}", student_line=line, called=called)
    )


def test_of_a_hidden_check_neither_exception_nor_line_is_told() -> None:
    told = {
        criterion_text([raised(kind, f"work.py:{line} in step: x")])
        for kind in ("ValueError", "KeyError")
        for line in (3, 7)
    }
    assert told == {"ASKED\nYour code raised an exception in `step`."}


def test_what_a_public_check_has_shown_is_told_of_hidden_ones_too() -> None:
    public = raised("ValueError", "work.py:3 in step: x", "public")
    alike, other = raised("ValueError", "work.py:3 in step: y"), raised("ValueError", "work.py:7 in step: x")
    assert criterion_text([public, alike]).endswith("hidden: ASKED — Your code raised ValueError. — work.py:3")
    assert criterion_text([public, other]).endswith("hidden: ASKED — Your code raised an exception in `step`.")


def test_staff_read_the_exception_and_the_line_of_a_hidden_check() -> None:
    told = feedback_text(raised("ValueError", "work.py:3 in step: x"), staff=True)
    assert "raised ValueError" in told
    assert "work.py:3" in told
