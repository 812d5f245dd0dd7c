"""What an audit finds out about a question's checks, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HoleKind(StrEnum):
    """What kind of work a hole was found with, which decides what is done about it."""

    REFERENCE = "reference"
    STUBS = "stubs"
    EMPTY = "empty answers"
    MISCONCEPTION = "misconception"
    ALTERNATIVE = "alternative"
    MUTANT = "mutant"
    EQUIVALENT = "equivalent mutant"
    SABOTEUR = "saboteur"
    EXCUSED = "excused saboteur"


@dataclass(frozen=True)
class Hole:
    """Something that the checks of a question miss: a sentence, and the evidence."""

    question: str
    sentence: str
    detail: str = ""


@dataclass(frozen=True)
class Tally:
    """How many works of a kind ended as they must, and how many there were."""

    good: int
    made: int


@dataclass(frozen=True)
class Proof:
    """What an audit found out about one question.

    `tallies` counts by kind of work, an alternative or the reference once for each seed; `saboteurs` counts saboteurs
    by the kind of mistake that they make. Neither includes the `idle` saboteurs, which never changed anything, those
    `left_out` for lack of time, and the `undecided` works, which a fault that was not theirs interrupted.
    """

    question: str
    criteria: int
    checks: int
    tallies: dict[HoleKind, Tally]
    saboteurs: dict[str, Tally]
    seconds: float
    idle: int
    left_out: int
    holes: tuple[Hole, ...]
    undecided: tuple[Hole, ...] = ()
