"""What was handed in for a leaderboard: extracted from an inbox, and kept for ever with its time."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.core.errors import GraderFault, SubmissionError, UsageError
from grader.core.files import write_whole
from grader.core.moments import demand_moment
from grader.core.person_names import same_person, written_plainly
from grader.core.text import called, printable
from grader.course.rubric.board import Leaderboard
from grader.intake.bounds import LeftOut
from grader.intake.discover import InboxEntry, discover, in_one_line
from grader.intake.folder import Folder
from grader.intake.identify import account
from grader.intake.stage import stage
from grader.intake.survey import author_of
from grader.worker.reading.versions import first_version

_COLUMNS = ["submission", "time"]


@dataclass(frozen=True)
class Found:
    """One entry of an inbox, by its path there: whose it is, and the predictions in it, or why there are none.

    `fault` means that the grader itself failed on it, `misnamed` that its name does not identify the student.
    """

    name: str
    student: str
    content: bytes = b""
    problem: str = ""
    fault: bool = False
    misnamed: bool = False


@dataclass(frozen=True)
class Prediction:
    """One hand-in of the history: its file's SHA-256, empty if it has none, and why it is refused, if so."""

    student: str
    submission: str
    time: datetime
    sha256: str
    problem: str = ""

    @property
    def person(self) -> str:
        """A key that is the same for all of a student's hand-ins, however the name is written."""
        return same_person(self.student)

    def line(self) -> str:
        """Return the line of history.jsonl."""
        return json.dumps({**asdict(self), "time": self.time.isoformat()}, ensure_ascii=False) + "\n"


def collected(inbox: Path, board: Leaderboard, pattern: str | None) -> list[Found]:
    """Return everything in an inbox, in order: CSV files, and folders, archives and scripts with one in them.

    `pattern` is how the rubric wants hand-ins to be named. Raises UsageError if it is not an inbox.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        return [_found(entry, inbox, Path(folder), board, pattern) for entry in discover(inbox)]


def _found(entry: InboxEntry, inbox: Path, scratch: Path, board: Leaderboard, pattern: str | None) -> Found:
    place, staged, content, problem, fault = entry.path.relative_to(inbox), None, b"", "", False
    name = printable(place.as_posix(), limit=1000)
    try:
        if place.suffix.lower() == ".csv" and not entry.path.is_dir():
            place = place.with_suffix("")
            content = _plain(entry.path)
        elif entry.problem:
            problem = entry.problem
        else:
            staged = stage(entry.path, scratch, [board.file])
            content = _inside(scratch, staged.files, board)
    except SubmissionError as error:
        problem = in_one_line(error)
    except GraderFault as error:
        problem, fault = f"the grader failed, which is not the student's fault: {in_one_line(error)}", True
    whose = author_of(place, staged, pattern)
    if pattern is not None and not whose.student and not problem:
        problem = "nobody can tell whose it is: its name has no roll number as the rubric requires"
    student = written_plainly(whose.student or first_version(place.name) or place.name)
    return Found(name, printable(student), content, problem, fault, whose.misnamed)


def _plain(path: Path) -> bytes:
    try:
        with Folder.opened(os.path.realpath(path.parent)) as folder:
            return folder.read(path.name)[0]
    except LeftOut as error:
        raise SubmissionError(f"the file is left out: {error}") from error
    except OSError as error:
        raise SubmissionError("the file cannot be read", found=error.strerror) from error


def _inside(folder: Path, files: tuple[str, ...], board: Leaderboard) -> bytes:
    file = called(board.file, files)
    if file is None:
        raise SubmissionError(f"there is no {board.file} in it")
    return (folder / file).read_bytes()


class History:
    """All hand-ins that were ever found, and their files, in a folder for staff.

    The list is replaced as a whole, after the files that it names: an interrupted run leaves either the old list or the
    new one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = folder / "history.jsonl"
        self.hand_ins = [*self._read()]

    def add(self, found: Found, stated: datetime | None, now: datetime) -> None:
        """Keep a hand-in, with the stated time, or else the present one.

        If the same student has handed in the same before, that is kept, and only a stated time corrects it.
        """
        sha256 = hashlib.sha256(found.content).hexdigest() if found.content or not found.problem else ""
        new = Prediction(found.student, found.name, (stated or now).astimezone(UTC), sha256, found.problem)
        known = next((at for at, one in enumerate(self.hand_ins) if _key(one) == _key(new)), None)
        if known is None:
            if sha256:
                write_whole(self._file(sha256), found.content)
            self.hand_ins.append(new)
        elif stated and new.submission == self.hand_ins[known].submission:
            self.hand_ins[known] = new

    def save(self) -> None:
        """Write the list."""
        write_whole(self._list, "".join(hand_in.line() for hand_in in self.hand_ins))

    def content(self, hand_in: Prediction) -> bytes:
        """Return the file of a hand-in. Raises UsageError if it is gone."""
        try:
            return self._file(hand_in.sha256).read_bytes()
        except OSError as error:
            todo = "restore it from a copy: it has this SHA-256"
            raise UsageError("a kept file is gone", where=self._file(hand_in.sha256), todo=todo) from error

    def _file(self, sha256: str) -> Path:
        return self._folder / "handed_in" / f"{sha256}.csv"

    def _read(self) -> Iterator[Prediction]:
        if not self._list.exists():
            return
        for number, line in enumerate(self._list.read_text(encoding="utf-8").split("\n"), start=1):
            if not line:
                continue
            try:
                told = json.loads(line)
                yield Prediction(**{**told, "time": datetime.fromisoformat(told["time"])})
            except (ValueError, TypeError, KeyError) as error:
                todo = "restore it from a copy, or correct the line: an existing list is never replaced by a new one"
                where = f"{self._list}:{number}"
                raise UsageError("the history cannot be read", where=where, found=str(error), todo=todo) from error


def _key(hand_in: Prediction) -> tuple[str, ...]:
    what = (hand_in.sha256,) if hand_in.sha256 else (hand_in.submission, hand_in.problem)
    return (hand_in.person, *what)


def in_doubt(hand_ins: Iterable[Prediction]) -> list[str]:
    """Return a line for each student with hand-ins from two accounts of a platform, and each account with two students.

    The owner of an account chooses the name on a hand-in, and may use another's: to use up that person's day, or to
    have two days.
    """
    accounts, students = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for one in hand_ins:
        if owner := account(one.submission):
            accounts[one.person].add(owner)
            students[owner].add(one.person)
    told = [(name, "was handed in from the accounts of", whom) for name, whom in accounts.items()]
    told += [(name, "has handed in as", whom) for name, whom in students.items()]
    return [f"{name} {words} {' and '.join(sorted(whom))}" for name, words, whom in told if len(whom) > 1]


def read_times(path: Path | None, found: list[Found]) -> Mapping[str, datetime]:
    """Return when things in an inbox were handed in, by their names, from a CSV file `submission,time`.

    Raises UsageError with the line for a name that the inbox does not have, or a time that is not ISO 8601 with a zone.
    """
    if path is None:
        return {}
    try:
        rows = [*csv.reader(path.read_text(encoding="utf-8-sig").splitlines())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError("the list of times cannot be read", where=path, found=str(error)) from error
    if not rows or rows[0] != _COLUMNS:
        raise UsageError("the header is wrong", where=f"{path}:1", expected=",".join(_COLUMNS))
    names = {one.name for one in found}
    return dict(_time(row, names, f"{path}:{number}") for number, row in enumerate(rows[1:], start=2) if row)


def _time(row: list[str], names: set[str], where: str) -> tuple[str, datetime]:
    name, time = (cell.strip() for cell in [*row, ""][:2])
    if name not in names:
        expected = "a name as it is in the inbox, such as cs23b001.csv"
        raise UsageError("no such hand-in", where=where, found=printable(name), expected=expected)
    return name, demand_moment(time, where)
