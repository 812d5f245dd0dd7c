"""attempts.csv: who handed in what, when, and as which attempt, as far as exports, tables and staff say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.core.csv_table import CsvTable, TableRow, read_table
from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.core.moments import demand_moment
from grader.core.spreadsheet import inert_csv, plain_cell
from grader.core.text import printable
from grader.roster.written import split

_COLUMNS = ("submission", "people", "group", "number", "time", "late", "told_by", "platform", "account", "note")
_LATE = {None: "", True: "yes", False: "no"}


@dataclass(frozen=True)
class Attempt:
    """One hand-in, by the name of its row in marks.csv.

    `people` are ids on the roster, all members if a group handed in, none if nobody is known, and `note` says why.
    `time` is when it was handed in, `late` whether the platform calls it late, `number` which attempt it is, from 1;
    each is None if unknown. `told_by` is the source of the time, and never a commit or an archive: students can set
    their dates.
    """

    submission: str
    people: tuple[str, ...] = ()
    time: datetime | None = None
    late: bool | None = None
    number: int | None = None
    platform: str = ""
    account: str = ""
    group: str = ""
    told_by: str = ""
    note: str = ""


def attempts_file(folder: Path) -> Path:
    """Return the file that lists the attempts in a class's folder."""
    return folder / "attempts.csv"


def write_attempts(folder: Path, attempts: Iterable[Attempt]) -> None:
    """Write the attempts of a class's folder, a row for each."""
    write_whole(attempts_file(folder), inert_csv([_COLUMNS, *map(_cells, attempts)]))


def read_attempts(folder: Path) -> list[Attempt]:
    """Return the attempts of a class's folder, none if it has no list.

    Raises UsageError, with the row, for a list that cannot be read.
    """
    path = attempts_file(folder)
    if not path.exists():
        return []
    table = read_table(path)
    if table.place("submission") is None:
        raise UsageError("this is not a list of attempts", where=path, todo="`grader batch` writes it again")
    places = {name: table.place(name) for name in _COLUMNS}
    return [_attempt(table, row, places) for row in table.rows]


def _attempt(table: CsvTable, row: TableRow, places: Mapping[str, int | None]) -> Attempt:
    cell = {name: plain_cell(row.at(place)) for name, place in places.items()}
    number = cell["number"]
    if not number.isdecimal() and number:
        found = printable(number)
        raise UsageError(
            "this is not the number of an attempt", where=table.where(row), found=found, expected="1, 2, …"
        )
    return Attempt(
        cell["submission"], split(cell["people"]),
        time=demand_moment(cell["time"], table.where(row)) if cell["time"] else None,
        late=next((value for value, text in _LATE.items() if text == cell["late"]), None),
        number=int(number) if number else None,
        platform=cell["platform"], account=cell["account"], group=cell["group"],
        told_by=cell["told_by"], note=cell["note"],
    )  # fmt: skip


def _cells(one: Attempt) -> list[str]:
    number = "" if one.number is None else str(one.number)
    time = one.time.isoformat() if one.time else ""
    told = [one.group, number, time, _LATE[one.late], one.told_by, one.platform, one.account, one.note]
    return [one.submission, "; ".join(one.people), *told]
