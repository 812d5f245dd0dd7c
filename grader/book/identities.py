"""The people and hand-ins that numbers of the history refer to, and how their names are deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from grader.book.models import ConflictRow, NoteRow, PersonRow, RecordRow, SubmissionRow
from grader.core.errors import UsageError
from grader.core.text import did_you_mean

_AT_ONCE = 500


class Identities:
    """People and submissions by number, in a transaction."""

    def __init__(self, connection: Connection, assignment: str) -> None:
        self._connection, self._assignment = connection, assignment

    def people(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of people by their ids; those who are new get one."""
        return self._numbers(PersonRow, PersonRow.id, ids, {})

    def submissions(self, names: Iterable[str]) -> dict[str, int]:
        """Return the numbers of submissions by their names; those that are new get one."""
        return self._numbers(SubmissionRow, SubmissionRow.name, names, {"assignment": self._assignment})

    def forget(self, person: str, *, sure: bool) -> list[str]:
        """Delete everything that identifies a person; return the names of the submissions that were theirs alone.

        Raises UsageError for somebody who is not in the book.
        """
        number = self._connection.execute(select(PersonRow.number).where(PersonRow.id == person)).scalar()
        if number is None:
            known = self._connection.execute(select(PersonRow.id).where(PersonRow.id.is_not(None))).scalars()
            near = did_you_mean(person, (one for one in known if one))
            raise UsageError("nobody in the book has this id", found=person, todo=near or "see `grader book show`")
        theirs = select(RecordRow.submission).where(RecordRow.person == number, RecordRow.submission.is_not(None))
        others = select(RecordRow.submission).where(RecordRow.person != number, RecordRow.submission.is_not(None))
        alone = (SubmissionRow.number.in_(theirs), SubmissionRow.number.not_in(others))
        names = [name for name in self._connection.execute(select(SubmissionRow.name).where(*alone)).scalars() if name]
        if not sure:
            return names
        for table in (RecordRow, ConflictRow):
            about = (table.person == number) | table.submission.in_(select(SubmissionRow.number).where(*alone))
            notes = select(table.note).where(about, table.note.is_not(None))
            self._connection.execute(update(NoteRow).where(NoteRow.number.in_(notes)).values(text=None))
        self._connection.execute(update(SubmissionRow).where(*alone).values(name=None, file=None))
        self._connection.execute(update(PersonRow).where(PersonRow.number == number).values(id=None))
        return names

    def _numbers(self, table: Any, column: Any, wanted: Iterable[str], fixed: dict[str, str]) -> dict[str, int]:
        names = sorted(set(wanted))
        found = self._known(table, column, names, fixed)
        new = [{column.key: name, **fixed} for name in names if name not in found]
        if not new:
            return found
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(table), new)
        except IntegrityError:  # another writer has just added one of them
            if len(new) > 1:
                for name in (one[column.key] for one in new):
                    found |= self._numbers(table, column, [name], fixed)
                return found
        return found | self._known(table, column, [one[column.key] for one in new], fixed)

    def _known(self, table: Any, column: Any, names: list[str], fixed: dict[str, str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(names), _AT_ONCE):
            query = select(column, table.number).where(column.in_(names[start : start + _AT_ONCE])).filter_by(**fixed)
            found |= {row[0]: row[1] for row in self._connection.execute(query)}
        return found
