"""Grades a class again, beside the existing results, after a check or a rubric was corrected."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from grader.book.final_mark import FinalMark
from grader.book.history import Book, RecordKind
from grader.book.marks import BookedClass
from grader.book.recording import Recording
from grader.cohort.batch import Batch, Graded, Watch
from grader.cohort.carrying import Carrier
from grader.cohort.class_folder import ClassFolder
from grader.cohort.class_run import ClassRun, read_class_run
from grader.core.errors import UsageError
from grader.core.files import locked, remove_whole, write_whole
from grader.roster.written import read_roster

_FOLDERS = ("results", "feedback", "kept", "written")
_TABLES = "*.csv"
STAGING = "regrade"  # the subfolder into which a class is graded again


@dataclass(frozen=True)
class Change:
    """A person whose marks would change, and the criteria responsible; what was published to them stays as it is."""

    before: FinalMark
    after: FinalMark
    published: str = ""

    @property
    def criteria(self) -> Iterator[tuple[str, Fraction | None, Fraction | None]]:
        """The criteria that would earn something else: id, marks before, marks after."""
        before = {one.id: one.marks for one in self.before.criteria}
        after = {one.id: one.marks for one in self.after.criteria}
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                yield name, before.get(name), after.get(name)


class Regrading:
    """A class folder that is graded again in a folder of its own, until the results are adopted."""

    def __init__(self, batch: Batch, run: ClassRun) -> None:
        """Take what was graded as in `run`, to be graded as in `batch`, into its folder `out`."""
        self._root, self.folder = batch.out, batch.out / STAGING
        self._batch, self._rubric = batch, batch.rubric
        self._carrier = Carrier(batch.course, batch.rubric, run.graded_by)
        self._run, self._results = run, dict[str, str]()
        self.touched: set[str] = set()

    def prepare(self) -> set[str]:
        """Copy the existing results without what the changes affect; return the criteria to grade again."""
        with locked(self._root):
            remove_whole(self.folder)
            self._results = _digests(self._root / "results")
            for name in _FOLDERS:
                if (self._root / name).is_dir():
                    shutil.copytree(self._root / name, self.folder / name)
            for table in self._root.glob(_TABLES):
                write_whole(self.folder / table.name, table.read_bytes())
        self.touched = self._carrier.carry(ClassFolder(self.folder))
        return self.touched

    def grade(self, expect: Callable[[int], None], watch: Watch) -> Graded:
        """Grade what is affected."""
        only = sorted(self.touched) or None
        return replace(self._batch, out=self.folder, only=only).grade(expect, watch)

    def changes(self, book: Book) -> list[Change]:
        """Return whose marks would change, sorted by person."""
        roster = read_roster(self._root)
        records = [*Recording(book, self.folder, self._rubric).records()]
        before, after = BookedClass(book, roster).final(), BookedClass(book, roster, records).final()
        known = {mark.person: mark for mark in before}
        told = {slot.person: str(one.value["marks"]) for slot, one in book.current(RecordKind.PUBLICATION).items()}
        return [
            Change(known[mark.person], mark, told.get(mark.person, ""))
            for mark in after
            if mark.person in known and _differs(known[mark.person], mark)
        ]

    def apply(self) -> None:
        """Replace the existing results by the new ones; the next run writes the tables.

        Raises UsageError if a class was graded into the folder since `prepare`: that would be lost.
        """
        with locked(self._root):
            if read_class_run(self._root) != self._run or _digests(self._root / "results") != self._results:
                todo = "run `grader regrade` again; nothing was adopted"
                raise UsageError("a class was graded into this folder meanwhile", where=self._root, todo=todo)
            for name in _FOLDERS:
                if (self.folder / name).is_dir():
                    _replace(self.folder / name, self._root / name)
        remove_whole(self.folder)


def _differs(before: FinalMark, after: FinalMark) -> bool:
    marks = [[(one.id, one.marks) for one in mark.criteria] for mark in (before, after)]
    return (before.status, before.total, before.maximum) != (after.status, after.total, after.maximum) or (
        marks[0] != marks[1]
    )


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder by its name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*") if path.is_file()}


def _replace(new: Path, old: Path) -> None:
    """Move each file of a folder to another, replacing those there; files that exist only there are removed."""
    for path in sorted(old.rglob("*"), reverse=True):
        if not (new / path.relative_to(old)).exists():
            remove_whole(path)
    for path in sorted(new.rglob("*")):
        if path.is_file():
            write_whole(old / path.relative_to(new), path.read_bytes())
