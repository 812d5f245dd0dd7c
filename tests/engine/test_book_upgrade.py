"""Books of other versions: an older one is migrated with nothing lost or stays as it was, a newer one is left alone.

`books/0001.sql` is a book that the first version has written, as `sqlite3 book.sqlite .dump` gives it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from grader.book import database
from grader.book.database import Database
from grader.book.final_mark import Status
from grader.book.history import Book, BookRecord, RecordKind
from grader.book.marks import BookedClass
from grader.core.errors import GraderFault, UsageError
from grader.roster.people import Roster

sys.path.insert(0, str(Path(__file__).parent))
try:
    from postgres import Server
finally:
    sys.path.pop(0)

Command = Callable[..., subprocess.CompletedProcess[str]]
FIRST = (Path(__file__).parent / "books" / "0001.sql").read_text(encoding="utf-8")
# Before those that refer to them.
TABLES = ("people", "submissions", "notes", "records", "conflicts", "listed")
# What a version may do that comes after the present one: SQLite makes the table anew, to which others refer.
LATER = """\
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("alias", sa.String(30), nullable=False, server_default="nobody"))
        people.alter_column("id", type_=sa.String(400))
    op.execute("UPDATE notes SET text = text || '.'")
    {then}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server, or a skipped test with the reason."""
    one = Server()
    one.start()
    yield one
    one.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a book of the first version, in each kind of database."""
    if request.param == "sqlite":
        return first_in_sqlite(tmp_path / "book.sqlite")
    one: Server = request.getfixturevalue("server")
    url = str(one.new_database())
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("SET TIME ZONE 'UTC'"))  # in which SQLite keeps moments
        config = Config()
        config.set_main_option("script_location", str(database._MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table in TABLES:
            for statement in re.findall(rf'^INSERT INTO "{table}" .*?\);$', FIRST, re.DOTALL | re.MULTILINE):
                connection.exec_driver_sql(statement)
            if any(column["name"] == "number" for column in inspect(connection).get_columns(table)):
                last = f"(SELECT max(number) FROM {table})"
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), {last})"))
    return url


def first_in_sqlite(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        connection.executescript(FIRST)
    connection.close()
    return f"sqlite:///{path}"


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have the grader be of a later version, whose migration ends in a statement."""

    def become(then: str) -> None:
        migrations = tmp_path / "migrations"
        shutil.copytree(database._MIGRATIONS, migrations)
        script = LATER.format(revision="9998", before=database.HEAD, then=then)
        (migrations / "versions" / "v9998.py").write_text(script, encoding="utf-8")
        monkeypatch.setattr(database, "_MIGRATIONS", migrations)
        monkeypatch.setattr(database, "HEAD", "9998")

    return become


def opened(url: str) -> Book:
    return Book(Database(make_url(url)), "hw1")


def rows(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return all that the tables hold, in their order."""

    def of(connection: Connection, table: str) -> list[dict[str, Any]]:
        found = connection.execute(text(f"SELECT * FROM {table} ORDER BY 1"))
        return [dict(row._mapping) for row in found]

    with create_engine(url, poolclass=NullPool).connect() as connection:
        return {table: of(connection, table) for table in (*TABLES, "alembic_version")}


def demand_the_first_book(book: Book, stop: str = "") -> None:
    """Demand all that books/0001.sql says; `stop` is what a made-up migration puts behind every text."""
    history = book.history()
    assert [(one.number, one.kind.value) for one in history] == [
        (1, "hand_in"), (2, "hand_in"), (3, "hand_in"), (4, "result"), (5, "result"), (6, "result"), (7, "rubric"),
        (8, "mark"), (9, "adjustment"), (10, "choice"), (11, "extension"), (12, "mark"), (13, "override"),
        (14, "publication"), (15, "adjustment"),
    ]  # fmt: skip
    mark, forgotten = history[7], history[2]
    assert (mark.submission, mark.value, mark.who) == ("Ada Lovelace_51001", {"marks": "1.5", "work": "d1"}, "grace")
    assert (mark.why, mark.at.isoformat()) == (
        f"One step is missing; “why”?{stop}",
        "2024-06-21T03:31:30.000001+00:00",
    )
    assert (forgotten.person, forgotten.submission) == ("forgotten-3", "forgotten-2")
    [conflict] = book.conflicts()
    assert (conflict.wanted.why, conflict.holds.number) == (f"It's all there\n— really{stop}", 8)
    assert [one.number for one in book.listed_marks().values()] == [8]
    assert book.problems() == []
    ada, lucja = BookedClass(book, Roster()).final()
    assert (ada.person, ada.status) == ("cs23b001", Status.CONFLICT)
    # 1 by override and 1 by hand, less 10 % for 11 h 30 min after 0:30; what was added for the oral was taken back.
    assert (lucja.submission, lucja.total) == ("Łucja Ünal_51002", Fraction("1.75"))
    assert lucja.rules[-1] == "Rounded from 1.8 to 1.75."


def test_a_book_of_the_first_version_is_read_and_goes_on(old: str) -> None:
    book = opened(old)
    demand_the_first_book(book)
    settled = BookRecord(
        RecordKind.MARK, {"marks": "2", "work": "d1"}, "ada", submission="Ada Lovelace_51001",
        about="sums.double.proof", why="alan is right", replaces=8,
    )  # fmt: skip
    assert book.add([settled]) == []
    assert (book.conflicts(), book.problems(), len(book.history())) == ([], [], 16)
    assert BookedClass(book, Roster()).final()[0].total == 3


def test_a_migration_loses_nothing_and_is_done_once(old: str, later: Callable[[str], None]) -> None:
    before = rows(old)
    later("pass")
    demand_the_first_book(opened(old), stop=".")
    demand_the_first_book(opened(old), stop=".")
    after = rows(old)
    assert after.pop("alembic_version") == [{"version_num": "9998"}]
    assert {one.pop("alias") for one in after["people"]} == {"nobody"}
    for note in after["notes"]:
        note["text"] = note["text"] and note["text"].removesuffix(".")
    assert after == {table: found for table, found in before.items() if table != "alembic_version"}


def test_a_migration_that_stops_halfway_leaves_the_book_as_it_was(old: str, later: Callable[[str], None]) -> None:
    before = rows(old)
    later('raise OSError("the disk is full")')
    with pytest.raises(OSError, match="the disk is full"):
        opened(old)
    assert rows(old) == before


def test_a_migration_that_parts_rows_from_what_they_name_is_not_done(
    tmp_path: Path, later: Callable[[str], None]
) -> None:
    """While SQLite makes tables anew it looks at no references: this is looked at in the end."""
    old = first_in_sqlite(tmp_path / "book.sqlite")
    before = rows(old)
    later('op.execute("DELETE FROM people WHERE number = 2")')
    with pytest.raises(GraderFault, match="stays as it was"):
        opened(old)
    assert rows(old) == before


def test_of_several_who_open_an_old_book_at_once_one_migrates_it(old: str, later: Callable[[str], None]) -> None:
    later("pass")
    books: list[Book] = []
    openers = [threading.Thread(target=lambda: books.append(opened(old))) for _ in range(4)]
    for one in openers:
        one.start()
    for one in openers:
        one.join()
    assert len(books) == len(openers)
    demand_the_first_book(books[0], stop=".")


def test_a_book_of_a_later_version_is_left_as_it_is(old: str) -> None:
    with create_engine(old, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = rows(old)
    with pytest.raises(UsageError, match="has a later version"):
        opened(old)
    assert rows(old) == before


def test_every_command_refuses_a_book_of_a_later_version(grader: Command, tiny_course: Path, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    (inbox / "ada.py").write_text("def double(number):\n    return 2 * number\n")
    grade = ("batch", inbox, "-a", "tiny", "--out", out, "--course", tiny_course, "--isolation", "process")
    assert grader(*grade).returncode == 0
    with sqlite3.connect(out / "book.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    (inbox / "bob.py").write_text("def double(number):\n    return 2 * number\n")
    before = digests(out)
    for words in (
        grade, ("book", "show", out), ("book", "extend", out, "ada", "none", "--why", "x"), ("regrade", out),
        ("publish", out, "--as", "csv"), ("book", "forget", out, "ada", "--yes"),
        ("book", "use", out, f"sqlite:///{tmp_path / 'other.sqlite'}"),
    ):  # fmt: skip
        done = grader(*words)
        assert done.returncode == 2, words
        assert "book.sqlite: this book has a later version" in done.stderr
        assert "found: version 9999" in done.stderr
        assert digests(out) == before, words


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file, but for what nothing is kept in."""
    passing = {".lock", "book.sqlite-wal", "book.sqlite-shm"}
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in passing)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
