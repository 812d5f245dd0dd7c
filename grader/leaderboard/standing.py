"""Ranks of a leaderboard: every hand-in is judged, and the best one of each student is ranked.

A student's hand-in with the best public score counts, of equal ones the first; its private score is the one that is
ranked in the end, so that nobody chooses by the private part. Equal scores share a rank, and the following ranks are
skipped: 1, 2, 2, 4. Among equals the earliest comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from grader.core.errors import SubmissionError
from grader.course.rubric.board import Leaderboard
from grader.leaderboard.hand_ins import History, Prediction
from grader.leaderboard.scoring import Answers

Status = Literal["scored", "late", "over the limit", "refused"]


@dataclass(frozen=True)
class ScoredPrediction:
    """A hand-in, its status, and its scores on both parts if it is well-formed; `reason` says why not."""

    hand_in: Prediction
    status: Status
    reason: str = ""
    public: str = ""
    private: str = ""


@dataclass(frozen=True)
class Place:
    """A student's place: the hand-in that counts, and all public scores in the order of time."""

    rank: int
    public_rank: int
    counts: ScoredPrediction
    scored: tuple[ScoredPrediction, ...]

    @property
    def student(self) -> str:
        """Whose place it is."""
        return self.counts.hand_in.student


def judged(history: History, answers: Answers) -> list[ScoredPrediction]:
    """Return all hand-ins in the order of time, each scored or with the reason why it is not."""
    taken: Counter[tuple[str, str]] = Counter()
    return [_judge(one, history, answers, taken) for one in sorted(history.hand_ins, key=lambda one: one.time)]


def in_zone(time: datetime, board: Leaderboard) -> datetime:
    """Return a time in the deadline's time zone, else in UTC; its date is the day that counts."""
    return time.astimezone(board.deadline.tzinfo if board.deadline else UTC)


def _judge(
    hand_in: Prediction, history: History, answers: Answers, taken: Counter[tuple[str, str]]
) -> ScoredPrediction:
    board = answers.board
    if hand_in.problem:
        return ScoredPrediction(hand_in, "refused", hand_in.problem)
    try:
        predictions = answers.predictions(history.content(hand_in), board.file)
    except SubmissionError as error:
        return ScoredPrediction(hand_in, "refused", _reason(error))
    scores = [answers.score(predictions, part) for part in (answers.public, answers.private)]
    if board.deadline and hand_in.time > board.deadline:
        return ScoredPrediction(hand_in, "late", f"handed in after {board.deadline.isoformat(' ', 'minutes')}", *scores)
    day = (hand_in.person, in_zone(hand_in.time, board).date().isoformat())
    taken[day] += 1
    if board.per_day and taken[day] > board.per_day:
        return ScoredPrediction(hand_in, "over the limit", f"more than {board.per_day} on {day[1]}", *scores)
    return ScoredPrediction(hand_in, "scored", "", *scores)


def _reason(error: SubmissionError) -> str:
    told = f"{error.where}: {error.message}"
    told += f": {error.found}" if error.found else ""
    told += f"; expected: {error.expected}" if error.expected else ""
    return f"{told}; {error.todo}" if error.todo else told


def standing(hand_ins: Iterable[ScoredPrediction], answers: Answers, *, private: bool) -> list[Place]:
    """Return the places, the best first, by the public or the private score."""
    by_student: dict[str, list[ScoredPrediction]] = {}
    for one in hand_ins:
        if one.status == "scored":
            by_student.setdefault(one.hand_in.person, []).append(one)
    best = [max(scored, key=lambda one: answers.merit(one.public)) for scored in by_student.values()]
    public_ranks = _ranks(best, lambda one: answers.merit(one.public))
    ranks = _ranks(best, lambda one: answers.merit(one.private)) if private else public_ranks
    places = [
        Place(rank, public_rank, one, tuple(scored))
        for rank, public_rank, one, scored in zip(ranks, public_ranks, best, by_student.values(), strict=True)
    ]
    return sorted(places, key=lambda place: (place.rank, place.counts.hand_in.time, place.student))


def _ranks(best: Sequence[ScoredPrediction], merit: Callable[[ScoredPrediction], float]) -> list[int]:
    merits = [merit(one) for one in best]
    return [1 + sum(other > mine for other in merits) for mine in merits]
