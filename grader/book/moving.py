"""Copying a book into another database, record by record, with the same numbers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, func, insert, select, text

from grader.book.database import Database, location
from grader.book.models import Model, RecordRow
from grader.core.errors import UsageError

_AT_ONCE = 500


def move_to(root: Path, target: URL) -> int:
    """Copy the book of a class folder into another database; return the number of records.

    The original stays where it is. Raises UsageError if the other database already has a book, unless this one has no
    records: then both are one book from now on.
    """
    source = Database(location(root))
    other = Database(target)
    with source.reading() as connection:
        count = connection.execute(select(func.count()).select_from(RecordRow)).scalar() or 0
        return other.write(lambda into: _copied(connection, into, str(target))) if count else 0


def _copied(source: Connection, target: Connection, name: str) -> int:
    if target.execute(select(func.count()).select_from(RecordRow)).scalar():
        todo = "give an empty database; the numbers of two books would be mixed up"
        raise UsageError("this database already contains a book", where=name, todo=todo)
    for table in Model.metadata.sorted_tables:
        rows = [dict(row._mapping) for row in source.execute(select(table))]
        for start in range(0, len(rows), _AT_ONCE):
            target.execute(insert(table), rows[start : start + _AT_ONCE])
        if target.dialect.name == "postgresql" and "number" in table.c:
            # Numbers given here are unknown to the sequence that generates the next one.
            last = f"(SELECT max(number) FROM {table.name})"
            target.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'), {last})"))
    return target.execute(select(func.count()).select_from(RecordRow)).scalar() or 0
