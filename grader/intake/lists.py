"""Tables that somebody wrote about an export: whose each file of a Drive folder is, and when hand-ins came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader.core.csv_table import CsvTable, read_table
from grader.core.errors import UsageError
from grader.core.moments import demand_moment
from grader.core.person_names import same_person, written_plainly
from grader.core.text import did_you_mean, printable
from grader.intake.platforms.upload import Submitter, Upload
from grader.roster.people import Roster

_FILE, _STUDENT, _SUBMISSION, _TIME = ("file", "name of file"), ("student", "id", "person"), ("submission",), ("time",)


def read_list(path: Path, names: Iterable[str]) -> dict[str, Upload]:
    """Return what a table `file,student[,time]` says about things in an export, which has these `names`.

    Several rows for one file are a group's. Files of one student, or of the same group, are one hand-in unless their
    times differ. Raises UsageError, with the row, for a file that does not exist and an invalid time.
    """
    table = read_table(path)
    file, student, time = _demand(table, _FILE), _demand(table, _STUDENT), table.place(*_TIME)
    known = {written_plainly(name): name for name in names}
    people: dict[str, list[str]] = defaultdict(list)
    times: dict[str, datetime | None] = {}
    for row in table.rows:
        called = written_plainly(row.at(file).rstrip("/"))
        if called not in known:
            todo = did_you_mean(called, known) or "use the names of files directly in the export"
            raise UsageError("no such file in the export", where=table.where(row), found=printable(called), todo=todo)
        if not row.at(student):
            raise UsageError("this does not say whose the file is", where=table.where(row), expected="a student's id")
        people[known[called]].append(row.at(student))
        if row.at(time):
            times[known[called]] = demand_moment(row.at(time), table.where(row))
    return {name: _upload(ids, times.get(name)) for name, ids in people.items()}


def _upload(ids: Iterable[str], time: datetime | None) -> Upload:
    whose = " ".join(sorted(dict.fromkeys(map(same_person, ids))))
    account = f"{whose} {time:%Y-%m-%d %H.%M.%S}" if time else whose
    submitters = tuple(Submitter("" if "@" in one else one, one if "@" in one else "") for one in dict.fromkeys(ids))
    return Upload(account, platform="listed", submitters=submitters, time=time, student="; ".join(map(str, submitters)))


@dataclass(frozen=True)
class Times:
    """When hand-ins came: by the name of the hand-in, or by the id of a person. `source` is the table."""

    source: str = ""
    of_submission: Mapping[str, datetime] = field(default_factory=dict)
    of_person: Mapping[str, datetime] = field(default_factory=dict)

    def of(self, submission: str, people: Iterable[str]) -> datetime | None:
        """Return when a hand-in came: the latest time that the table gives for it and for its people."""
        told = (self.of_person.get(same_person(person)) for person in people)
        return self.of_submission.get(submission) or max((time for time in told if time), default=None)


def read_times(path: Path, submissions: Iterable[str], roster: Roster) -> Times:
    """Return what a table `submission,time` or `student,time` says about hand-ins, which have these names.

    Raises UsageError, with the row, for a hand-in or student that does not exist, and for an invalid time.
    """
    table = read_table(path)
    submission, student, time = table.place(*_SUBMISSION), table.place(*_STUDENT), _demand(table, _TIME)
    if submission is None and student is None:
        raise _wrong(table, "a column `submission` or `student`")
    known = {written_plainly(name): name for name in submissions}
    by_submission, by_person = dict[str, datetime](), dict[str, datetime]()
    for row in (row for row in table.rows if row.at(time)):
        moment, name = demand_moment(row.at(time), table.where(row)), written_plainly(row.at(submission))
        person = roster.find(row.at(student))
        if name and name in known:
            by_submission[known[name]] = moment
        elif not name and person:
            by_person[same_person(person.id)] = moment
        else:
            found = printable(name or row.at(student))
            raise UsageError(
                "no such hand-in" if name else "not on the roster", where=table.where(row), found=found,
                expected="a name as in the first column of marks.csv" if name else "a student's id, address or name",
                todo=did_you_mean(name, known),
            )  # fmt: skip
    return Times(path.name, by_submission, by_person)


def _demand(table: CsvTable, names: tuple[str, ...]) -> int:
    place = table.place(*names)
    if place is None:
        raise _wrong(table, f"a column `{names[0]}`")
    return place


def _wrong(table: CsvTable, expected: str) -> UsageError:
    found = ", ".join(map(printable, table.header))
    return UsageError("a column is missing", where=f"{table.path}, row 1", found=found, expected=expected)
