"""The history of an assignment: what was recorded, by whom, when and why, and what is valid now.

Records are only ever added. A record names the record of its slot that it replaces; if another has replaced that
already, the later writer's record is kept beside the history as a conflict, until somebody decides and records again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Row, delete, insert, literal, select
from sqlalchemy.exc import IntegrityError

from grader.book.database import Database, location
from grader.book.identities import Identities
from grader.book.models import ConflictRow, ListedRow, NoteRow, PersonRow, RecordRow, SubmissionRow
from grader.core.errors import UsageError

Value = Mapping[str, Any]
FORGOTTEN = "forgotten-"  # followed by a number, replaces the id or name of somebody whose data were deleted
_AT_ONCE = 500


class RecordKind(StrEnum):
    """The kind of a record."""

    RUBRIC = "rubric"  # the current rubric: what criteria are worth, and the policy
    HAND_IN = "hand_in"  # a person's attempt: which work, when
    RESULT = "result"  # what checks found in a work
    MARK = "mark"  # what somebody has entered for a criterion of a hand-in
    OVERRIDE = "override"  # marks of a person for a criterion, whatever checks or others say
    ADJUSTMENT = "adjustment"  # marks that are added to a person's total, or deducted
    EXTENSION = "extension"  # a later deadline for a person
    CHOICE = "choice"  # which attempt of a person counts
    PUBLICATION = "publication"  # what a person has been told


@dataclass(frozen=True)
class BookRecord:
    """One record. `person` and `submission` are ids and names, "" for none; `about` is e.g. a criterion's id.

    `value` is plain data, empty if it withdraws what it replaces; `why` is free text. `replaces` is the number of the
    record that the writer saw in its slot, 0 for none; None means whatever is there.
    """

    kind: RecordKind
    value: Value
    who: str
    person: str = ""
    submission: str = ""
    about: str = ""
    why: str = ""
    replaces: int | None = 0
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    number: int = 0

    def says_the_same(self, other: BookRecord) -> bool:
        """Whether another record of the slot has the same content, whoever wrote it and when."""
        return dict(self.value) == dict(other.value) and self.why == other.why


@dataclass(frozen=True)
class Conflict:
    """A record that could not be added, and the valid one in its slot."""

    wanted: BookRecord
    holds: BookRecord


@dataclass(frozen=True)
class Slot:
    """What a record is about: equal for records that replace each other."""

    kind: RecordKind
    person: str = ""
    submission: str = ""
    about: str = ""


def is_forgotten(name: str) -> bool:
    """Whether this replaces the id or name of somebody whose data were deleted."""
    return re.fullmatch(rf"{FORGOTTEN}\d+", name, re.ASCII) is not None


def slot_of(record: BookRecord) -> Slot:
    """Return what a record is about."""
    return Slot(record.kind, record.person, record.submission, record.about)


class Book:
    """The book of one assignment."""

    def __init__(self, database: Database, assignment: str) -> None:
        self._database, self.assignment = database, assignment

    @classmethod
    def at(cls, folder: Path, assignment: str) -> Self:
        """Return the book of a class folder. Raises UsageError if it cannot be used."""
        return cls(Database(location(folder)), assignment)

    def add(self, records: Sequence[BookRecord]) -> list[Conflict]:
        """Add records, all of them or none; return those that came too late, which are kept as conflicts.

        A record that equals the present one of its slot is not added again, so a writer who got no answer may repeat
        it.
        """
        return (
            self._database.write(lambda connection: _Writing(connection, self.assignment).add(records))
            if records
            else []
        )

    def current(self, *kinds: RecordKind) -> dict[Slot, BookRecord]:
        """Return the valid records by slot: of these kinds, or of all."""
        with self._database.reading() as connection:
            return {slot_of(one): one for one in _current(connection, self.assignment, kinds)}

    def history(self, person: str | None = None) -> list[BookRecord]:
        """Return all records in the order in which they were added: about everybody, or about one person."""
        with self._database.reading() as connection:
            rows = connection.execute(_selected(RecordRow, self.assignment).order_by(RecordRow.number))
            every = [_record(row) for row in rows]
        theirs = {one.submission for one in every if one.person == person and one.submission}
        return [one for one in every if person is None or one.person == person or one.submission in theirs]

    def conflicts(self) -> list[Conflict]:
        """Return the conflicts that nobody has settled: the record that was first is still valid."""
        with self._database.reading() as connection:
            rows = connection.execute(_selected(ConflictRow, self.assignment).order_by(ConflictRow.number))
            wanted = [_record(row) for row in rows]
            current = {slot_of(one): one for one in _current(connection, self.assignment, ())} if wanted else {}
        held = ((one, current[slot_of(one)]) for one in wanted)
        return [Conflict(one, holds) for one, holds in held if holds.replaces == one.replaces]

    def problems(self) -> list[str]:
        """Return what is wrong with the history: nothing, unless it was changed in some other way.

        Each record must replace the previous one of its slot, and each conflict one that exists.
        """
        with self._database.reading() as connection:
            columns = (RecordRow.number, RecordRow.slot, RecordRow.replaces)
            records = connection.execute(select(*columns).order_by(RecordRow.number)).all()
            conflicts = connection.execute(select(ConflictRow.number, ConflictRow.slot, ConflictRow.replaces)).all()
        last, found = dict[str, int](), list[str]()
        known = {(slot, number) for number, slot, _ in records}
        for number, slot, replaces in records:
            if replaces != last.get(slot, 0):
                found.append(f"record {number} of {slot} replaces {replaces}, but {last.get(slot, 0)} precedes it")
            last[slot] = number
        lost = [one for one in conflicts if one.replaces and (one.slot, one.replaces) not in known]
        return found + [f"conflict {one.number} of {one.slot} is about a record that does not exist" for one in lost]

    def listed_marks(self) -> dict[Slot, BookRecord]:
        """Return the marks that to_mark.csv showed when it was last written."""
        with self._database.reading() as connection:
            query = _selected(RecordRow, self.assignment).join(ListedRow, ListedRow.record == RecordRow.number)
            return {slot_of(one): one for one in map(_record, connection.execute(query))}

    def list_marks(self, shown: Sequence[BookRecord]) -> None:
        """Note which marks to_mark.csv shows from now on; notes on other lines are kept."""

        def note(connection: Connection) -> None:
            for start in range(0, len(shown), _AT_ONCE):
                numbers = [one.number for one in shown[start : start + _AT_ONCE]]
                slots = select(RecordRow.slot).where(RecordRow.number.in_(numbers))
                connection.execute(delete(ListedRow).where(ListedRow.slot.in_(slots)))
                new = select(RecordRow.slot, RecordRow.number).where(RecordRow.number.in_(numbers))
                connection.execute(insert(ListedRow).from_select(["slot", "record"], new))

        if shown:
            self._database.write(note)

    def forget(self, person: str, *, sure: bool = True) -> list[str]:
        """Delete what identifies a person: id, names of their hand-ins and all free text about them.

        Return the names of the hand-ins that were theirs alone; those of several people keep their names. Unless
        `sure`, nothing is deleted. Raises UsageError for somebody who is not in the book.
        """
        return self._database.write(
            lambda connection: Identities(connection, self.assignment).forget(person, sure=sure)
        )


def _selected(table: type[RecordRow] | type[ConflictRow], assignment: str) -> Any:
    columns = (
        table.number, table.kind, table.replaces, table.about, table.value, table.who, table.at,
        PersonRow.id, PersonRow.number.label("person_number"), SubmissionRow.name,
        SubmissionRow.number.label("submission_number"), NoteRow.text,
    )  # fmt: skip
    joined = select(*columns).outerjoin(PersonRow, table.person == PersonRow.number)
    joined = joined.outerjoin(SubmissionRow, table.submission == SubmissionRow.number)
    return joined.outerjoin(NoteRow, table.note == NoteRow.number).where(table.assignment == assignment)


def _current(connection: Connection, assignment: str, kinds: Iterable[RecordKind]) -> list[BookRecord]:
    replaced = select(RecordRow.replaces).where(RecordRow.assignment == assignment, RecordRow.replaces != literal(0))
    query = _selected(RecordRow, assignment).where(RecordRow.number.not_in(replaced))
    if wanted := [kind.value for kind in kinds]:
        query = query.where(RecordRow.kind.in_(wanted))
    return [_record(row) for row in connection.execute(query.order_by(RecordRow.number))]


def _record(row: Row[Any]) -> BookRecord:
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)  # SQLite stores no zones
    return BookRecord(
        kind=RecordKind(row.kind),
        value=json.loads(row.value),
        who=row.who,
        person=row.id or (f"{FORGOTTEN}{row.person_number}" if row.person_number else ""),
        submission=row.name or (f"{FORGOTTEN}{row.submission_number}" if row.submission_number else ""),
        about=row.about,
        why=row.text or "",
        replaces=row.replaces,
        at=at.astimezone(UTC),
        number=row.number,
    )


def _repeats(record: BookRecord, seen: int, other: BookRecord) -> bool:
    """Return whether a record is one that its writer has added before, without having received an answer."""
    return other.replaces == seen and other.who == record.who and record.says_the_same(other)


class _Writing:
    """Records that are being added in one transaction."""

    def __init__(self, connection: Connection, assignment: str) -> None:
        self._connection, self._assignment = connection, assignment
        self._identities = Identities(connection, assignment)

    def add(self, records: Sequence[BookRecord]) -> list[Conflict]:
        people = self._identities.people({one.person for one in records if one.person})
        submissions = self._identities.submissions({one.submission for one in records if one.submission})
        rows = []
        # In the same order for everybody, so that no two writers wait for each other.
        for record in sorted(records, key=lambda one: (one.kind, one.person, one.submission, one.about)):
            person, submission = people.get(record.person), submissions.get(record.submission)
            slot = f"{self._assignment}/{record.kind}/{person or ''}/{submission or ''}/{record.about}"
            value = json.dumps(dict(record.value), sort_keys=True)
            row = {
                "assignment": self._assignment, "kind": record.kind.value, "slot": slot, "person": person,
                "submission": submission, "about": record.about, "value": value,
                "who": record.who, "at": record.at.astimezone(UTC),
            }  # fmt: skip
            rows.append((record, row))
        return self._added(rows)

    def _added(self, rows: Sequence[tuple[BookRecord, dict[str, Any]]]) -> list[Conflict]:
        current = self._in_slots({row["slot"] for _, row in rows})
        new, conflicts = [], []
        for record, row in rows:
            holds, known = current.get(row["slot"], (None, []))
            seen = record.replaces if record.replaces is not None else (holds.number if holds else 0)
            if holds is not None and record.says_the_same(holds):
                continue
            if (holds is None and not record.value) or any(_repeats(record, seen, one) for one in known):
                continue  # what does not exist need not be withdrawn, and what is recorded is not recorded again
            if seen == (holds.number if holds else 0):
                new.append((record, {**row, "replaces": seen}))
            elif holds is None:
                todo = "read the book again before writing to it"
                raise UsageError(f"the record {seen} to be replaced does not exist", where=row["slot"], todo=todo)
            else:
                conflicts.append(self._conflict(replace(record, replaces=seen), {**row, "replaces": seen}, holds))
        return [*conflicts, *self._insert(new)]

    def _insert(self, new: Sequence[tuple[BookRecord, dict[str, Any]]]) -> list[Conflict]:
        """Insert all at once; if another writer was faster with one of them, look again."""
        if not new:
            return []
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(RecordRow), [self._noted(record, row) for record, row in new])
            return []
        except IntegrityError:
            if len(new) > 1:
                return [conflict for one in new for conflict in self._insert([one])]
        record, row = new[0]
        holds, _ = self._in_slots({row["slot"]})[row["slot"]]
        if record.says_the_same(holds):
            return []
        return [self._conflict(replace(record, replaces=row["replaces"]), row, holds)]

    def _conflict(self, record: BookRecord, row: dict[str, Any], holds: BookRecord) -> Conflict:
        self._connection.execute(insert(ConflictRow), [self._noted(record, row)])
        return Conflict(record, holds)

    def _noted(self, record: BookRecord, row: dict[str, Any]) -> dict[str, Any]:
        if not record.why:
            return {**row, "note": None}
        made = self._connection.execute(insert(NoteRow).values(text=record.why))
        return {**row, "note": made.inserted_primary_key[0] if made.inserted_primary_key else None}

    def _in_slots(self, slots: set[str]) -> dict[str, tuple[BookRecord, list[BookRecord]]]:
        """Return what is valid in these slots, as others have committed it, and everything that was recorded there."""
        found: dict[str, list[BookRecord]] = {}
        names = sorted(slots)
        for start in range(0, len(names), _AT_ONCE):
            query = _selected(RecordRow, self._assignment).add_columns(RecordRow.slot)
            query = query.where(RecordRow.slot.in_(names[start : start + _AT_ONCE])).order_by(RecordRow.number)
            for row in self._connection.execute(query):
                found.setdefault(row.slot, []).append(_record(row))
        # Within a slot each record follows the previous one, so the last is the valid one.
        return {slot: (records[-1], records) for slot, records in found.items()}
