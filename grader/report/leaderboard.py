"""A leaderboard for people and programs: a table for the terminal, Markdown, CSV and JSON.

Without `private`, nothing in any of them depends on the private part.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.table import Table
from rich.text import Text

from grader.core.spreadsheet import inert_csv
from grader.core.text import counted
from grader.course.rubric.model import Rubric
from grader.leaderboard.scoring import Answers
from grader.leaderboard.standing import Place, ScoredPrediction, in_zone
from grader.report.console import table
from grader.report.markdown import escaped
from grader.report.text import plain

_FEW = 5  # of a student's scores, on one line
_GAP = 2
_WORDS = ("student", "scores so far")


@dataclass(frozen=True)
class ShownStanding:
    """A leaderboard as it is shown: the public one, or the private one, which only staff see."""

    rubric: Rubric
    answers: Answers
    places: Sequence[Place]
    judged: Sequence[ScoredPrediction]
    private: bool = False

    @property
    def title(self) -> str:
        """What the leaderboard is for, and how it is scored."""
        metric = self.answers.board.metric.replace("_", " ")
        part = self.answers.private if self.private else self.answers.public
        name = "private" if self.private else "public"
        return f"{self.rubric.assignment} · {name} leaderboard · {metric} on {counted(len(part), 'id')}"

    @property
    def clock(self) -> str:
        """The time zone of its times."""
        return f"Times are in UTC{in_zone(datetime.now(UTC), self.answers.board).isoformat()[-6:]}."

    @property
    def head(self) -> list[str]:
        """The names of the columns."""
        scores = ["private", "public", "public rank"] if self.private else ["score"]
        return ["rank", "student", *scores, "handed in", "hand-ins", "scores so far"]

    def rows(self) -> list[list[str]]:
        """The cells of each place."""
        return [self._cells(place) for place in self.places]

    def others(self) -> list[tuple[str, str, str, str]]:
        """Return student, hand-in, status and reason for each hand-in that is not scored."""
        left = [one for one in self.judged if one.status != "scored"]
        return [(one.hand_in.student, one.hand_in.submission, one.status, one.reason) for one in left]

    def _cells(self, place: Place) -> list[str]:
        one = place.counts
        scores = [one.private, one.public, str(place.public_rank)] if self.private else [one.public]
        course = [each.public for each in place.scored]
        told = " → ".join([*["…"] * (len(course) > _FEW), *course[-_FEW:]])
        return [str(place.rank), place.student, *scores, self._time(one), str(len(course)), told]

    def _time(self, one: ScoredPrediction) -> str:
        return f"{in_zone(one.hand_in.time, self.answers.board):%Y-%m-%d %H:%M}"


def board_table(shown: ShownStanding, width: int) -> Table:
    """Return the board for a terminal `width` columns wide, without earlier scores if that is too narrow."""
    columns = [*zip(shown.head, *shown.rows(), strict=True)]
    widths = [max(map(len, column)) + _GAP for column in columns]
    if sum(widths) > width:
        columns, widths = columns[:-1], widths[:-1]
    board = table(plain(shown.title))
    board.caption = shown.clock
    for number, (name, *_) in enumerate(columns):
        least = None if name == "student" else widths[number] - _GAP
        board.add_column(name, justify="left" if name in _WORDS else "right", no_wrap=True, min_width=least)
    for cells in zip(*(column[1:] for column in columns), strict=True):
        board.add_row(*map(plain, cells), style="bold" if cells[0] == "1" else "")
    return board


def left_out(shown: ShownStanding) -> list[Text]:
    """Return a line for each hand-in that is not scored."""
    return [plain(f"{student}: {submission}: {status}: {why}") for student, submission, status, why in shown.others()]


def board_page(shown: ShownStanding) -> str:
    """Return the board as Markdown."""
    lines = [
        f"# {escaped(shown.title)}",
        "",
        f"| {' | '.join(shown.head)} |",
        f"| {' | '.join('---' if name in _WORDS else '---:' for name in shown.head)} |",
        *(f"| {rank} | {escaped(student)} | {' | '.join(rest)} |" for rank, student, *rest in shown.rows()),
    ]
    others = [f"- {escaped(f'{student}: {name}: {status}: {why}')}" for student, name, status, why in shown.others()]
    return "\n".join([*lines, "", shown.clock, *(["", "## Not scored", "", *others] if others else [])]) + "\n"


def board_csv(shown: ShownStanding) -> str:
    """Return the board as CSV."""
    return inert_csv([[name.replace(" ", "_").replace("-", "_") for name in shown.head], *shown.rows()])


def hand_ins_csv(judged: Sequence[ScoredPrediction], *, private: bool) -> str:
    """Return a row for every hand-in there has been, for staff."""
    head = ["student", "submission", "time", "status", "reason", "public", *["private"] * private, "sha256"]
    rows = [
        [
            one.hand_in.student, one.hand_in.submission, one.hand_in.time.isoformat(), one.status, one.reason,
            one.public, *[one.private] * private, one.hand_in.sha256,
        ]
        for one in judged
    ]  # fmt: skip
    return inert_csv([head, *rows])


def board_json(shown: ShownStanding) -> str:
    """Return the board as JSON; scores are text, exactly as they are compared."""
    board = shown.answers.board
    part = shown.answers.private if shown.private else shown.answers.public
    document = {
        "assignment": shown.rubric.assignment,
        "part": "private" if shown.private else "public",
        "metric": board.metric,
        "ids": len(part),
        "places": [_place(place, shown) for place in shown.places],
        "not_scored": [
            dict(zip(("student", "submission", "status", "reason"), other, strict=True)) for other in shown.others()
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _place(place: Place, shown: ShownStanding) -> dict[str, object]:
    private = {"private_score": place.counts.private, "public_rank": place.public_rank} if shown.private else {}
    return {
        "rank": place.rank,
        "student": place.student,
        "public_score": place.counts.public,
        **private,
        "time": place.counts.hand_in.time.isoformat(),
        "history": [{"time": one.hand_in.time.isoformat(), "public_score": one.public} for one in place.scored],
    }
