"""Outcomes: how a check or a criterion ended, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Visibility = Literal["public", "hidden"]


class Outcome(StrEnum):
    """How a check or a criterion ended. `BROKEN` is the grader's or the suite's own fault, `MARKED` a person's mark."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_IMPLEMENTED = "not_implemented"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    FORBIDDEN = "forbidden"
    SKIPPED = "skipped"
    BROKEN = "broken"
    TO_BE_MARKED = "to_be_marked"
    MARKED = "marked"


class Owner(StrEnum):
    """Whose fault an ending is. Only the student's own costs marks (docs/blame.md)."""

    STUDENT = "student"
    MACHINE = "machine"
    STAFF = "staff"
    GRADER = "grader"


# Worst first. If the checks of one criterion end differently, the first of these is shown: the grader's own fault above
# all, because it must be noticed, then what ended a worker, then wrong answers.
SEVERITY = (
    Outcome.BROKEN,
    Outcome.FORBIDDEN,
    Outcome.CRASHED,
    Outcome.OUT_OF_MEMORY,
    Outcome.TIMED_OUT,
    Outcome.RAISED,
    Outcome.FAILED,
    Outcome.NOT_IMPLEMENTED,
    Outcome.SKIPPED,
    Outcome.TO_BE_MARKED,
    Outcome.MARKED,
    Outcome.PASSED,
)

# What no check decides.
BY_HAND = frozenset({Outcome.TO_BE_MARKED, Outcome.MARKED})


def worst(outcomes: list[Outcome]) -> Outcome:
    """Return the outcome that represents several; `BROKEN` for none, since no check ran."""
    return min(outcomes, key=SEVERITY.index) if outcomes else Outcome.BROKEN


@dataclass(frozen=True)
class Feedback:
    """What a check has to say, split by who may read it.

    Shown to the student whatever the suite's visibility: `asked` (one sentence), `kind` (what sort of mistake, without
    inputs and expected values), `misconception` (the named mistake, if one matches), `called` (the function that the
    check called last). `student_line` (the student's own line and the exception's type) is shown for a hidden check
    only if a public one ended in the same way. Shown to the student for public suites, to staff always: `detail`
    (smallest failing input, expected and actual values, where they differ), `snippet` (code that reproduces it),
    `traceback` (from the student's first frame on) and `printed` (what the student's code wrote).
    """

    asked: str = ""
    kind: str = ""
    misconception: str = ""
    called: str = ""
    student_line: str = ""
    detail: str = ""
    snippet: str = ""
    traceback: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Check:
    """One pytest test of a suite: its stable id, the criterion that it counts for, who may see it.

    `asked` is the first sentence of the check's docstring, `catches` what its `Catches:` line names. `weight` counts if
    the rubric says `partial: true`.
    """

    id: str
    criterion: str
    visibility: Visibility
    asked: str
    catches: str
    weight: int = 1


@dataclass(frozen=True)
class CheckResult:
    """How one check ended on one submission.

    `again` says that it may end differently when it is repeated alone: it was the machine's or the grader's fault, or
    the wall clock decided it. `check_erred` marks an error of the check's own, whose outcome is provisional until the
    same check has run on the reference. `seconds` is the CPU time that the check itself has used, outside the jail.
    `kept` contains names and bytes of files that the check kept for the person who marks by hand. `notes`, `remarks`
    and `compared` are those of `grader.checks.asking.told`.
    """

    check: Check
    outcome: Outcome
    feedback: Feedback = field(default_factory=Feedback)
    again: bool = False
    check_erred: bool = False
    seconds: float = field(default=0.0, compare=False)
    kept: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
