"""Who stands where: every hand-in judged, and the best of each student ranked.

Of a student counts the hand-in with the best public score, of equal ones the first; its private score is the one that
is ranked in the end, so that nobody chooses by the private part. Equal scores share a rank, and the ranks that they
take up are left out: 1, 2, 2, 4. Among them stands first who was there first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from grader.errors import SubmissionError
from grader.leaderboard.hand_ins import HandIn, History
from grader.leaderboard.scoring import Answers
from grader.rubric.board import Leaderboard

Status = Literal["scored", "late", "over the limit", "refused"]


@dataclass(frozen=True)
class Judged:
    """A hand-in, what became of it, and its scores on both parts where it is well-formed; `reason` says why not."""

    hand_in: HandIn
    status: Status
    reason: str = ""
    public: str = ""
    private: str = ""


@dataclass(frozen=True)
class Place:
    """A student's place: the hand-in that counts, and all public scores in the order of time."""

    rank: int
    public_rank: int
    counts: Judged
    scored: tuple[Judged, ...]

    @property
    def student(self) -> str:
        """Whose place it is."""
        return self.counts.hand_in.student


def judged(history: History, answers: Answers) -> list[Judged]:
    """Return all hand-ins in the order of time, each scored or with the reason why it is not."""
    taken: Counter[tuple[str, str]] = Counter()
    return [_judge(one, history, answers, taken) for one in sorted(history.hand_ins, key=lambda one: one.time)]


def in_zone(time: datetime, board: Leaderboard) -> datetime:
    """Return a time as the clock shows it where the deadline is, else in UTC; its date is the day that is counted."""
    return time.astimezone(board.deadline.tzinfo if board.deadline else UTC)


def _judge(hand_in: HandIn, history: History, answers: Answers, taken: Counter[tuple[str, str]]) -> Judged:
    board = answers.board
    if hand_in.problem:
        return Judged(hand_in, "refused", hand_in.problem)
    try:
        predictions = answers.predictions(history.content(hand_in), board.file)
    except SubmissionError as error:
        return Judged(hand_in, "refused", _reason(error))
    scores = [answers.score(predictions, part) for part in (answers.public, answers.private)]
    if board.deadline and hand_in.time > board.deadline:
        return Judged(hand_in, "late", f"handed in after {board.deadline.isoformat(' ', 'minutes')}", *scores)
    day = (hand_in.person, in_zone(hand_in.time, board).date().isoformat())
    taken[day] += 1
    if board.per_day and taken[day] > board.per_day:
        return Judged(hand_in, "over the limit", f"more than {board.per_day} on {day[1]}", *scores)
    return Judged(hand_in, "scored", "", *scores)


def _reason(error: SubmissionError) -> str:
    told = f"{error.where}: {error.message}"
    told += f": {error.found}" if error.found else ""
    told += f"; expected: {error.expected}" if error.expected else ""
    return f"{told}; {error.todo}" if error.todo else told


def standing(hand_ins: Iterable[Judged], answers: Answers, *, private: bool) -> list[Place]:
    """Return the places, the best first, by the public or the private score."""
    by_student: dict[str, list[Judged]] = {}
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


def _ranks(best: Sequence[Judged], merit: Callable[[Judged], float]) -> list[int]:
    merits = [merit(one) for one in best]
    return [1 + sum(other > mine for other in merits) for mine in merits]
