"""A graded class for staff: the page that says what was hard."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.core.decimals import decimal_text
from grader.core.outcome import Check, CheckResult, Feedback, Outcome
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.report.class_page import class_page
from grader.results.class_list import Row, with_twins
from grader.results.feedback import criterion_text, misconceptions
from grader.results.marks import total
from grader.results.result import CriterionResult, Provenance, Result

RUBRIC = Course(Path(__file__).parents[2]).rubric("iith-ai5100-2023-a3")
PROVENANCE = Provenance.of(rubric_sha256="0" * 64, suites_sha256="1" * 64, submission_sha256="2" * 64)
SIGN = "The sign is wrong: `descent` goes down."
CLARITY = "optimizers.picture.clarity"


def graded(
    outcomes: Mapping[str, Outcome], mistakes: Mapping[str, str] | None = None, rubric: Rubric = RUBRIC
) -> Result:
    """Return a result whose criteria ended as is said of their questions; nothing was done in the others."""
    settled = {}
    for criterion in rubric.criteria:
        question = criterion.id.rpartition(".")[0]
        outcome = Outcome.TO_BE_MARKED if criterion.manual else outcomes.get(question, Outcome.NOT_IMPLEMENTED)
        most = decimal_text(criterion.marks)
        shown = (mistakes or {}).get(criterion.id)
        settled[criterion.id] = CriterionResult(
            id=criterion.id, title=criterion.title, outcome=outcome,
            marks=most if outcome is Outcome.PASSED else "0", max_marks=most,
            misconceptions=(shown,) if shown else (),
            feedback="could not be loaded: SyntaxError" if outcome is Outcome.RAISED else "",
        )  # fmt: skip
    return total(rubric, settled, submission="x", isolation="room", provenance=PROVENANCE)


def rows_below(page: str, heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading."""
    lines = page.partition(f"## {heading}")[2].strip().split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def page() -> str:
    passed, failed = Outcome.PASSED, Outcome.FAILED
    first, second = "optimizers.sgd.gradient", "optimizers.sgd.trajectory"
    rows = [
        Row("ada", graded({"optimizers.sgd": failed, "optimizers.momentum": passed}, {first: SIGN, second: SIGN})),
        Row("bob", graded({"optimizers.sgd": passed}, {"optimizers.momentum.velocity": "Another one."})),
        Row("eve", graded({"optimizers.sgd": failed}, {second: SIGN})),
        Row("dan", graded({"optimizers.sgd": Outcome.RAISED, "optimizers.momentum": Outcome.RAISED})),
        Row("cy.pdf", None, "this is not a submission"),
    ]
    return class_page(RUBRIC, rows)


def test_the_page_says_how_the_class_has_done(page: str) -> None:
    assert "4 of 5 hand-ins have marks. By checks, of 36: mean 1.25, median 1, from 0 to 3." in page


def test_questions_are_ordered_by_the_share_of_those_who_began_them(page: str) -> None:
    table = rows_below(page, "Questions, the hardest first")
    assert table[:2] == [
        ["`optimizers.sgd` 2 (a) Vanilla SGD", "3 of 4", "33%", "1"],
        ["`optimizers.momentum` 2 (b) SGD with momentum", "1 of 4", "100%", "1"],
    ]
    assert {tuple(row[1:]) for row in table[2:]} == {("0 of 4", "–", "–")}


def test_criteria_tell_how_many_lost_them_of_those_who_began(page: str) -> None:
    assert {tuple(row[1:]) for row in rows_below(page, "Criteria, by those who lost them")} == {("2", "3")}


def test_a_mistake_is_counted_once_for_each_who_made_it(page: str) -> None:
    assert rows_below(page, "Mistakes, the most common first") == [
        [
            "2",
            "The sign is wrong: \\`descent\\` goes down.",
            "`optimizers.sgd.gradient`, `optimizers.sgd.trajectory`",
            "ada, eve",
        ],
        ["1", "Another one.", "`optimizers.momentum.velocity`", "bob"],
    ]


def test_what_does_not_load_or_is_no_submission_is_to_be_looked_at(page: str) -> None:
    assert page.partition("## To be looked at")[2].split("\n") == [
        "", "", "- dan: could not be loaded: optimizers (SyntaxError)", "- cy.pdf: this is not a submission", "",
    ]  # fmt: skip


def test_a_class_without_marks_has_a_page_too() -> None:
    assert class_page(RUBRIC, [Row("a", None)]) == "# Training DNNs: the class\n\nNone of 1 hand-in has marks.\n"


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.BROKEN, Outcome.NOT_IMPLEMENTED])
def test_a_mistake_is_in_the_result_only_where_feedback_tells_it(outcome: Outcome) -> None:
    check = Check("t::a", "optimizers.sgd.gradient", "hidden", "Ask.", "")
    wrong = CheckResult(check, Outcome.FAILED, Feedback(misconception=SIGN))
    assert SIGN in criterion_text([wrong])
    assert misconceptions([wrong, wrong, CheckResult(check, outcome, Feedback(misconception="Not told."))]) == (SIGN,)


def test_only_what_the_grader_or_a_check_could_not_decide_is_undecided() -> None:
    """Catches: a hand-in that was refused, or a wrong answer, told to staff as a fault of the grader's."""
    failed = graded({"optimizers.momentum": Outcome.FAILED})
    broken = graded({"optimizers.momentum": Outcome.BROKEN})
    undecided = [Row("fault", None, fault=True), Row("broken", broken)]
    assert all(row.is_undecided for row in undecided)
    assert not any(row.is_undecided for row in (Row("refused", None), Row("wrong", failed)))


def test_of_those_who_share_something_three_are_named(tmp_path: Path) -> None:
    def row(number: int, *compared: str, student: str = "") -> Row:
        result = graded({})
        first = result.questions[0]
        criteria = (first.criteria[0].model_copy(update={"compared": compared}), *first.criteria[1:])
        questions = (first.model_copy(update={"criteria": criteria}), *result.questions[1:])
        return Row(f"s{number}", result.model_copy(update={"questions": questions}), student=student)

    question = RUBRIC.questions[0].id
    for number, words in ((1, ""), (2, "s1"), (4, "s1, s2, s3"), (6, "s1, s2, s3 and 2 more")):
        first, *_ = with_twins([row(one, "the same picture") for one in range(number)])
        assert first.remark == (f"{question}: the same picture, as in {words}" if words else "")
    assert [one.remark for one in with_twins([row(1, "a", student="x"), row(2, "a", student="x"), row(3)])] == [""] * 3
