"""The tables of a book.

`records` is the history: rows are added and never changed. It identifies people and submissions by numbers; `people`,
`submissions` and `notes` contain their ids, names and texts. Those three can be emptied, and the history stays intact.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Model(DeclarativeBase):
    """Base of all tables."""


class PersonRow(Model):
    """Somebody who has marks: an id on the roster, or something else that identifies them; None after deletion."""

    __tablename__ = "people"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str | None] = mapped_column(String(300), unique=True)


class SubmissionRow(Model):
    """A hand-in by its name in marks.csv; both names are None after its people's data were deleted."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("assignment", "name"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(500))
    file: Mapped[str | None] = mapped_column(String(500))


class NoteRow(Model):
    """Free text: why something was done, what was remarked. None after deletion."""

    __tablename__ = "notes"

    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None] = mapped_column(Text)


class _Recorded:
    """What happened to one thing: `slot` identifies the thing, `replaces` the previous record about it."""

    number: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    slot: Mapped[str] = mapped_column(String(400))
    replaces: Mapped[int]  # 0 for the first of its slot: in a unique constraint, NULL does not equal NULL
    person: Mapped[int | None] = mapped_column(ForeignKey("people.number"), index=True)
    submission: Mapped[int | None] = mapped_column(ForeignKey("submissions.number"))
    about: Mapped[str] = mapped_column(String(200))
    value: Mapped[str] = mapped_column(Text)
    note: Mapped[int | None] = mapped_column(ForeignKey("notes.number"))
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RecordRow(_Recorded, Model):
    """A record of the history. No two replace the same one: the second writer gets a conflict instead."""

    __tablename__ = "records"
    __table_args__ = (UniqueConstraint("slot", "replaces"),)


class ConflictRow(_Recorded, Model):
    """What a second writer wanted to record to replace what a first one had just replaced."""

    __tablename__ = "conflicts"


class ListedRow(Model):
    """Which record of a slot to_mark.csv showed when it was last written, to detect what a person has changed since."""

    __tablename__ = "listed"

    slot: Mapped[str] = mapped_column(String(400), primary_key=True)
    record: Mapped[int]
