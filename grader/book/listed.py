"""The rows of a class's marks.csv, with who handed in what and when."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.cohort.batch import INTERRUPTED, NOT_THEIRS
from grader.core.errors import UsageError
from grader.core.file_names import file_names
from grader.core.spreadsheet import plain_cell
from grader.roster.attempts import Attempt, read_attempts
from grader.roster.people import Roster
from grader.roster.written import read_roster


@dataclass(frozen=True)
class GradedRow:
    """A hand-in that a run has seen: the ids of its people, the name of its files, why it has no marks."""

    submission: str
    files: str
    people: tuple[str, ...]
    problem: str
    time: datetime | None = None
    late: bool | None = None
    number: int | None = None

    @property
    def is_fault(self) -> bool:
        """Whether it has no marks because the grader failed or was stopped, which is not the student's fault."""
        return self.problem.startswith((NOT_THEIRS, INTERRUPTED))

    def handed_in(self) -> dict[str, Any]:
        """Return what is known about handing it in, as plain data; what is unknown is left out."""
        known = {"time": self.time and self.time.isoformat(), "late": self.late, "number": self.number}
        return {"people": len(self.people), **{name: value for name, value in known.items() if value is not None}}


def graded_rows(root: Path) -> Iterator[GradedRow]:
    """Yield the rows of marks.csv. Raises UsageError if it, attempts.csv or the roster cannot be read.

    If there is a roster, a hand-in of nobody on it is its own person. Without a roster, the person is whoever the names
    show, or otherwise the hand-in itself.
    """
    path = root / "marks.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = [{name: plain_cell(cell or "") for name, cell in row.items()} for row in csv.DictReader(file)]
        names = file_names(row["submission"] for row in table)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        todo = "grade the class with `grader batch`, which writes it"
        raise UsageError("the table of marks cannot be read", where=path, found=str(error), todo=todo) from error
    attempts = {one.submission: one for one in read_attempts(root)}
    roster = read_roster(root)
    for row in table:
        name, problem = row["submission"], "" if row.get("marks") else row.get("remark", "")
        one = attempts.get(name, Attempt(name))
        people = one.people or (_nobodys(name, roster) if len(roster) else row.get("student") or name,)
        yield GradedRow(name, names[name], people, problem, one.time, one.late, one.number)


def _nobodys(name: str, roster: Roster) -> str:
    """Return the id of a hand-in of nobody on the roster: its name, which must not be somebody's id."""
    while roster.by_id(name):  # a stranger may choose the name of a folder or an account
        name = f"hand-in {name}"
    return name
