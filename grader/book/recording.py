"""Records the contents of a graded class folder in its book: rubric, hand-ins and results, each of them once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.book.history import Book, BookRecord, Conflict, RecordKind, Slot, is_forgotten, slot_of
from grader.book.listed import GradedRow, graded_rows
from grader.cohort.class_folder import ClassFolder
from grader.core.files import make_lasting, write_whole
from grader.course.rubric.model import Rubric
from grader.results.result import Result

# The author of records of what the grader has found by itself.
GRADER = "grader"


def record_class(book: Book, root: Path, rubric: Rubric) -> list[Conflict]:
    """Take a class folder into the book: the rubric that it was graded by, who handed in what, what came of it.

    Return conflicts with what others have recorded at this very moment.
    """
    recording = Recording(book, root, rubric)
    # The book would find what it has already too, but only by reading all of it once more.
    if new := [one for one in recording.records() if not recording.has(one)]:
        make_lasting()  # before the book speaks of it
    return book.add(new)


def not_given(book: Book, root: Path) -> list[str]:
    """Return the names of hand-ins that count in the book, but were not in what the last run was given, sorted."""
    hand_ins = book.current(RecordKind.HAND_IN).items()
    booked = {slot.submission for slot, one in hand_ins if one.value and not is_forgotten(slot.submission)}
    return sorted(booked - {row.submission for row in graded_rows(root)})


def document(root: Path, sha256: str) -> Path:
    """Return where the book stores a result, by the SHA-256 of its document."""
    return root / "history" / f"{sha256}.json"


@dataclass(frozen=True)
class _Taken:
    """A result as it is in the class folder: its work, and the SHA-256 of its document."""

    work: str
    sha256: str
    value: dict[str, Any]


class Recording:
    """The recording of a class folder, given what the book has already."""

    def __init__(self, book: Book, root: Path, rubric: Rubric) -> None:
        """Read what the book has."""
        self._root, self._folder, self._rubric = root, ClassFolder(root), rubric
        self._before = book.current(RecordKind.RUBRIC, RecordKind.HAND_IN, RecordKind.RESULT)
        self._known = {str(one.value["file"]): one for one in self._before.values() if "file" in one.value}
        # Everything in one run has the same time: nothing shows which was handed in first.
        self._now = datetime.now(UTC)

    def has(self, record: BookRecord) -> bool:
        """Tell whether the book says the same already."""
        before = self._before.get(slot_of(record))
        return before is not None and record.says_the_same(before)

    def records(self) -> Iterator[BookRecord]:
        """Yield what the class folder says; each record replaces what the book has of the same thing."""
        yield self._record(
            RecordKind.RUBRIC, {"rubric": self._rubric.model_dump_json(by_alias=True, exclude_defaults=True)}
        )
        for row in graded_rows(self._root):
            taken = self._taken(row)
            work = taken.work if taken else ""
            value: Mapping[str, Any] = taken.value if taken else {"fault" if row.is_fault else "refused": True}
            why = "" if taken else row.problem
            yield self._record(RecordKind.RESULT, value, submission=row.submission, about=work, why=why)
            yield from self._hand_ins(row, work)

    def _hand_ins(self, row: GradedRow, work: str) -> Iterator[BookRecord]:
        """Yield who handed in a work, and withdraw what was recorded about it otherwise."""
        for person in row.people:
            before = self._before.get(Slot(RecordKind.HAND_IN, person, row.submission, work))
            # The time since which it is known is kept, whatever is learnt about it later: it may show which came first.
            since = (before.value.get("since") if before else None) or self._now.isoformat()
            value = {**row.handed_in(), "since": since}
            yield self._record(RecordKind.HAND_IN, value, person=person, submission=row.submission, about=work)
        for slot, record in self._before.items():
            if slot.kind is not RecordKind.HAND_IN or slot.submission != row.submission or not record.value:
                continue
            # If it can be graded now, the record that it could not is withdrawn, and so is that it belongs to other
            # people.
            superseded = slot.about == "" and work != ""
            if superseded or (slot.about == work and slot.person not in row.people):
                yield self._record(
                    RecordKind.HAND_IN, {}, person=slot.person, submission=row.submission, about=slot.about
                )

    def _record(
        self, kind: RecordKind, value: Mapping[str, Any], person: str = "", submission: str = "", about: str = "",
        why: str = "",
    ) -> BookRecord:  # fmt: skip
        before = self._before.get(Slot(kind, person, submission, about))
        number = before.number if before else 0
        return BookRecord(kind, value, GRADER, person, submission, about, why, number, self._now)

    def _taken(self, row: GradedRow) -> _Taken | None:
        path = self._folder.result(row.files)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        sha256 = hashlib.sha256(content).hexdigest()
        if (known := self._known.get(sha256)) is not None:
            return _Taken(known.about, sha256, dict(known.value))
        result = self._folder.read_result(row.files)
        if result is None:
            return None
        # Kept beside the book: a later attempt with the same name replaces it in results/. One that is there
        # already, and that the book does not know, a crash of the machine may have left empty.
        write_whole(document(self._root, sha256), content, lasting=False)
        return _Taken(result.provenance.submission_sha256, sha256, _value(result, sha256))


def _value(result: Result, sha256: str) -> dict[str, Any]:
    return {
        "file": sha256,
        "rubric": result.provenance.rubric_sha256,
        "suites": result.provenance.suites_sha256,
        "criteria": {criterion.id: [criterion.outcome.value, criterion.marks] for criterion in result.criteria},
    }
