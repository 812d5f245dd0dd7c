"""The table after a student's checks: marks by question, and what to do next."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from textwrap import shorten

from grader.core.decimals import decimal_text, exact_sum
from grader.core.outcome import Check, CheckResult, Outcome
from grader.course.rubric.model import Question, Rubric
from grader.pytest_side.assignments import Placed
from grader.results.marks import settle
from grader.results.result import CriterionResult

AGAIN = "pytest --question {question}"
_ALL = "by these checks"
# At least this many characters of a remark are shown, even on a narrow terminal.
_LEAST = 20
_CELLS = 8
# Names of colours for pytest's terminal.
GOOD, PART, NEXT = "green", "yellow", "bold"


@dataclass(frozen=True)
class QuestionScore:
    """What one question's checks earn; `unfinished` is its first criterion that does not pass.

    `begun` is true if any of its checks ended in another way than not implemented.
    """

    question: Question
    marks: Fraction
    most: Fraction
    unfinished: CriterionResult | None
    begun: bool

    @property
    def remark(self) -> str:
        """How the first criterion that does not pass ended, without its title if nothing is begun; "" if all pass."""
        if self.unfinished is None:
            return ""
        words = outcome_words(self.unfinished)
        return f"{words}: {self.unfinished.title}" if self.begun else words


@dataclass(frozen=True)
class AssignmentScore:
    """What the checks of an assignment that ran earn: a row for each question, outcomes, and what to do next.

    `outcomes` omits criteria with checks that did not run.
    """

    rubric: Rubric
    rows: tuple[QuestionScore, ...]
    outcomes: dict[str, Outcome]
    next: QuestionScore | None

    @property
    def marks(self) -> Fraction:
        """The sum of the marks earned."""
        return sum((row.marks for row in self.rows), Fraction())

    @property
    def most(self) -> Fraction:
        """The most marks that these checks can give."""
        return sum((row.most for row in self.rows), Fraction())


def scores(
    results: Sequence[tuple[Placed, CheckResult]],
    asked: Sequence[Placed] = (),
    edited: Collection[str] = (),
) -> list[AssignmentScore]:
    """Return what the checks that ran earn, one entry for each assignment.

    `asked` are the checks that were to run: a criterion with any that did not has no marks yet. The next step prefers
    questions in `edited`, then those that are begun.
    """
    found = []
    for assignment in dict.fromkeys(placed.rubric.assignment for placed, _ in results):
        mine = [(placed, result) for placed, result in results if placed.rubric.assignment == assignment]
        left = {placed.check: placed for placed in asked if placed.rubric.assignment == assignment}
        for placed, _ in mine:
            left.pop(placed.check, None)
        found.append(_score(mine[0][0].rubric, [result for _, result in mine], left, edited))
    return found


def _score(
    rubric: Rubric, results: Sequence[CheckResult], left: Collection[Check], edited: Collection[str]
) -> AssignmentScore:
    by_criterion: dict[str, list[CheckResult]] = {}
    for result in results:
        by_criterion.setdefault(result.check.criterion, []).append(result)
    settled, cut_short = settle(rubric, by_criterion), {check.criterion for check in left}
    rows, outcomes = list[QuestionScore](), dict[str, Outcome]()
    for question in rubric.questions:
        ran = [settled[c.id] for c in question.criteria if c.id in by_criterion]
        if not ran:
            continue
        whole = [result for result in ran if result.id not in cut_short]
        outcomes |= {result.id: result.outcome for result in whole}
        marks = exact_sum(result.marks for result in whole)
        most = sum((c.counted for c in question.criteria if c.id in by_criterion.keys() | cut_short), Fraction())
        open_ones = [result for result in ran if result.outcome is not Outcome.PASSED]
        # What waits for another criterion says nothing of what is wrong.
        unfinished = min(open_ones, key=lambda result: result.outcome is Outcome.SKIPPED, default=None)
        begun = any(r.outcome is not Outcome.NOT_IMPLEMENTED for c in ran for r in by_criterion[c.id])
        rows.append(QuestionScore(question, marks, most, unfinished, begun))
    open_rows = [row for row in rows if row.unfinished is not None]
    following = min(open_rows, key=lambda row: (row.question.id not in edited, not row.begun), default=None)
    return AssignmentScore(rubric, tuple(rows), outcomes, following)


def score_lines(
    results: Sequence[tuple[Placed, CheckResult]], again: str = AGAIN, asked: Sequence[Placed] = ()
) -> list[str]:
    """Return the lines of the tables for the checks that ran, one assignment after the other.

    `again` is the command that runs one question's checks again, with ``{question}`` for its id.
    """
    tables = [[text for text, _ in table(score, again)] for score in scores(results, asked)]
    return [line for number, lines in enumerate(tables) for line in [*[""] * bool(number), *lines]]


def table(score: AssignmentScore, again: str = AGAIN, then: Question | None = None) -> Iterator[tuple[str, str]]:
    """Yield the lines of an assignment's table, each with the name of its colour or "".

    If all of these checks pass, `then` is the question to do next according to an earlier run.
    """
    width = max(len(_ALL), *(len(row.question.id) for row in score.rows))
    yield f"{score.rubric.title} ({score.rubric.assignment})", ""
    for row in score.rows:
        yield _row(f"{row.question.id:<{width}}", row.marks, row.most, row.remark)
    yield _row(f"{_ALL:<{width}}", score.marks, score.most, "")
    if score.next is not None and score.next.unfinished is not None:
        then, criterion = score.next.question, f": {score.next.unfinished.title}"
    else:
        criterion = ""
        yield "  all of these pass; the hidden checks try more cases", ""
    if then is not None:  # the command has its own line, so that it can be copied
        yield fitted("  next: ", f"{then.title}{criterion}"), NEXT
        yield f"        {again.format(question=then.id)}", NEXT


def fitted(begin: str, words: str) -> str:
    """Return a line that begins with `begin`, with the words cut at the edge of the terminal."""
    room = max(shutil.get_terminal_size().columns - len(begin), _LEAST)
    return f"{begin}{shorten(words, room, placeholder=' …')}".rstrip()


def outcome_words(result: CriterionResult) -> str:
    """Return a criterion's outcome in words."""
    return result.outcome.value.replace("_", " ")


def _row(name: str, marks: Fraction, most: Fraction, remark: str) -> tuple[str, str]:
    """Return a row of the table, with its remark cut at the edge of the terminal, and its colour."""
    earned = f"{decimal_text(marks):>5} / {decimal_text(most):<5}" if most else f"{'no marks':>13}"
    row = f"  {name} {earned} {_bar(marks, most)}  "
    return fitted(row, remark), (GOOD if marks == most else PART if marks else "") if most else ""


def _bar(marks: Fraction, most: Fraction) -> str:
    """Return a bar of eight cells; it is full only for full marks."""
    full, empty = "█░" if _can_print("█░") else "#."
    filled = int(_CELLS * marks / most) if most else 0
    return full * filled + (empty if most else " ") * (_CELLS - filled)


def _can_print(text: str) -> bool:
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
