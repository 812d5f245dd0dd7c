"""A run's information on a check as plain values on pytest's report, because xdist sends reports between processes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.core.outcome import Check, CheckResult, Feedback, Outcome

_KEY = "gradproof"


@dataclass(frozen=True)
class ToldOfCheck:
    """The result of a check, the course's folder, and whether the student has begun what the check asks.

    `choices` says which file counts if several define a name. `asked` are all checks that were to run, on the first
    report of a process.
    """

    root: Path
    result: CheckResult
    begun: bool
    choices: tuple[str, ...]
    asked: tuple[Check, ...]


def attach(report: pytest.TestReport, told: ToldOfCheck) -> None:
    """Attach this information to a report."""
    result = told.result
    plain = {
        "root": str(told.root),
        "check": asdict(result.check),
        "outcome": str(result.outcome.value),
        "feedback": asdict(result.feedback),
        "notes": list(result.notes),
        "begun": told.begun,
        "choices": list(told.choices),
        "asked": [asdict(check) for check in told.asked],
    }
    setattr(report, _KEY, plain)


def told_by(report: object) -> ToldOfCheck | None:
    """Return the information that a report carries, or None if it has none of ours."""
    plain: Any = getattr(report, _KEY, None)
    if plain is None:
        return None
    result = CheckResult(
        Check(**plain["check"]), Outcome(plain["outcome"]), Feedback(**plain["feedback"]), notes=tuple(plain["notes"])
    )
    asked = tuple(Check(**check) for check in plain["asked"])
    return ToldOfCheck(Path(plain["root"]), result, plain["begun"], tuple(plain["choices"]), asked)
