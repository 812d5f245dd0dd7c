"""The history of a book, in SQLite and in PostgreSQL: nothing is lost, nothing stands twice, conflicts are shown."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from grader.book.database import HEAD, Database, parsed, use
from grader.book.history import Book, BookRecord, RecordKind, Slot, slot_of
from grader.book.moving import move_to
from grader.core.errors import UsageError

sys.path.insert(0, str(Path(__file__).parent))
try:
    from postgres import Server
finally:
    sys.path.pop(0)

WRITER = Path(__file__).with_name("book_writer.py")
SLOT = Slot(RecordKind.MARK, submission="ada", about="a.b")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server, or a skipped test with the reason."""
    one = Server()
    one.start()
    yield one
    one.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'book.sqlite'}"
    one: Server = request.getfixturevalue("server")
    return str(one.new_database())


@pytest.fixture
def book(url: str) -> Book:
    return opened(url)


def opened(url: str) -> Book:
    return Book(Database(make_url(url)), "hw1")


def engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def mark(marks: str, who: str = "grace", replaces: int | None = 0, **more: Any) -> BookRecord:
    value = {"marks": marks} if marks else {}
    return BookRecord(
        RecordKind.MARK, value, who, submission=more.pop("submission", "ada"), about="a.b", replaces=replaces, **more
    )


def holding(book: Book) -> BookRecord:
    return book.current()[SLOT]


def test_a_record_comes_back_as_it_was_added(book: Book) -> None:
    at = datetime(2024, 6, 20, 23, 59, 30, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    value = {"marks": "1.5", "nested": {"b": [1, None, "ü"]}}
    added = BookRecord(
        RecordKind.OVERRIDE, value, "grace", "cs23b001", "", "a.b", "why: “é\n\0”".replace("\0", ""), at=at
    )
    assert book.add([added]) == []
    [found] = book.current().values()
    assert (found.kind, found.value, found.who, found.person) == (RecordKind.OVERRIDE, value, "grace", "cs23b001")
    assert (found.about, found.why, found.at, found.replaces) == ("a.b", added.why, at.astimezone(UTC), 0)


def test_what_replaces_holds_and_what_was_replaced_stays_in_the_history(book: Book) -> None:
    book.add([mark("1")])
    book.add([mark("2", replaces=holding(book).number)])
    book.add([mark("3", replaces=None)])
    assert holding(book).value == {"marks": "3"}
    assert [one.value["marks"] for one in book.history()] == ["1", "2", "3"]
    assert book.problems() == []


def test_what_is_taken_back_is_empty_and_what_was_never_there_is_not_taken_back(book: Book) -> None:
    book.add([mark("", submission="bob")])
    assert book.history() == []
    book.add([mark("1")])
    book.add([mark("", replaces=holding(book).number)])
    assert holding(book).value == {}


def test_a_second_writer_has_a_conflict_that_is_kept_and_shown_until_somebody_decides(book: Book) -> None:
    assert book.add([mark("1", "grace")]) == []
    [conflict] = book.add([mark("2", "alan", why="I see it otherwise")])
    assert (conflict.wanted.who, conflict.holds.who) == ("alan", "grace")
    assert holding(book).value == {"marks": "1"}
    [shown] = book.conflicts()
    assert (shown.wanted.value, shown.wanted.why, shown.holds.value) == (
        {"marks": "2"},
        "I see it otherwise",
        {"marks": "1"},
    )
    book.add([mark("1.5", "ada", replaces=holding(book).number)])
    assert book.conflicts() == []
    assert book.problems() == []


def test_the_same_said_twice_is_one_record_and_no_conflict(book: Book) -> None:
    book.add([mark("1", "grace")])
    assert book.add([mark("1", "alan")]) == []
    assert len(book.history()) == 1


def test_what_was_added_and_replaced_meanwhile_is_not_added_again(book: Book) -> None:
    """A writer whose connection broke cannot know whether it was done, and says the same again."""
    book.add([mark("1", "grace")])
    book.add([mark("2", "alan", replaces=holding(book).number)])
    assert book.add([mark("1", "grace")]) == []
    assert (len(book.history()), book.conflicts()) == (2, [])


def test_several_records_are_added_together_or_not_at_all(book: Book) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        book.add([mark("1"), mark("1", submission="bob", replaces=77)])
    assert book.history() == []


def test_assignments_of_one_database_do_not_see_each_other(url: str) -> None:
    one, two = opened(url), Book(Database(make_url(url)), "hw2")
    one.add([mark("1")])
    two.add([mark("2")])
    assert next(iter(one.current().values())).value == {"marks": "1"}
    assert next(iter(two.current().values())).value == {"marks": "2"}


def test_who_is_forgotten_leaves_numbers_and_marks_and_no_name_or_text(url: str, book: Book) -> None:
    book.add([BookRecord(RecordKind.HAND_IN, {"people": 1}, "grader", "cs23b001", "Ada Lovelace_12", "digest")])
    book.add(
        [
            BookRecord(RecordKind.HAND_IN, {"people": 2}, "grader", person, "team", "t")
            for person in ("cs23b001", "cs23b002")
        ]
    )
    book.add([mark("1", submission="Ada Lovelace_12", why="Ada, see me")])
    book.add([mark("2", submission="Ada Lovelace_12", why="Ada again")])  # a conflict, with its text
    book.add(
        [BookRecord(RecordKind.OVERRIDE, {"marks": "2"}, "grace", "cs23b001", about="a.b", why="spoke with Lovelace")]
    )
    book.add([BookRecord(RecordKind.OVERRIDE, {"marks": "2"}, "grace", "cs23b002", about="a.b", why="kept")])
    assert book.forget("cs23b001", sure=False) == ["Ada Lovelace_12"]
    assert {one.person for one in book.history() if one.person} == {"cs23b001", "cs23b002"}
    assert book.forget("cs23b001") == ["Ada Lovelace_12"]
    said = " ".join(f"{one}" for one in [*book.history(), *book.conflicts()])
    assert "Lovelace" not in said
    assert "Ada" not in said
    assert "cs23b001" not in said
    assert "kept" in said
    assert "team" in said
    assert len(book.history()) == 6
    with engine(url).connect() as connection:
        rows = [
            row
            for table in ("people", "submissions", "notes")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not [row for row in rows if "Ada" in str(row) or "cs23b001" in str(row)]
    with pytest.raises(UsageError, match="nobody in the book has this id"):
        book.forget("cs23b001")


def test_a_person_who_comes_back_is_another(book: Book) -> None:
    book.add([BookRecord(RecordKind.OVERRIDE, {"marks": "2"}, "grace", "ada", about="a.b")])
    book.forget("ada")
    book.add([BookRecord(RecordKind.OVERRIDE, {"marks": "1"}, "grace", "ada", about="a.b")])
    assert [one.value["marks"] for one in book.history("ada")] == ["1"]


def writer(url: str, name: str, first: int, last: int, shared: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), url, name, str(first), str(last), str(shared)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    late = threading.Timer(300, process.kill)  # what reads its lines would wait for ever
    late.daemon = True
    late.start()
    return process


def what_is_left(process: subprocess.Popen[str]) -> str:
    """Return what a marker still says until its end; `communicate` would leave out what a readline has read ahead."""
    assert process.stdout
    with process:
        return process.stdout.read()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_two_markers_who_enter_a_hundred_marks_each_at_the_same_time_lose_none(url: str) -> None:
    markers = {name: writer(url, name, 1, 100, shared=51) for name in ("grace", "alan")}
    for process in markers.values():
        go(process)
    said = {name: process.communicate(timeout=300)[0].splitlines() for name, process in markers.items()}
    assert {name: len(lines) for name, lines in said.items()} == {"grace": 100, "alan": 100}
    book = opened(url)
    records, conflicts = book.history(), book.conflicts()
    assert book.problems() == []
    # Fifty hand-ins are marked by both: one mark holds and the other is a conflict, whoever was quicker.
    assert len(records) == 150
    assert len(conflicts) == 50
    kept = {(one.who, one.submission) for one in [*records, *(c.wanted for c in conflicts)]}
    assert kept == {
        (name, f"hand-in {number}" if number < 51 else f"hand-in {number} of {name}")
        for name in markers
        for number in range(1, 101)
    }
    told = {name: sum(line.endswith("conflict") for line in lines) for name, lines in said.items()}
    assert told == {name: sum(c.wanted.who == name for c in conflicts) for name in markers}


def test_ten_kills_of_a_marker_leave_the_book_whole(url: str) -> None:
    chance, confirmed, first = random.Random(4), list[int](), 1
    for _ in range(10):
        process = writer(url, "grace", first, 1000)
        go(process)
        assert process.stdout
        for _ in range(chance.randint(1, 5)):
            confirmed.append(int(process.stdout.readline().split()[0]))
        process.kill()
        rest = what_is_left(process)
        confirmed += [int(line.split()[0]) for line in rest.splitlines() if line.endswith("added")]
        first = confirmed[-1] + 1
    book = opened(url)
    marks = [int(one.value["marks"]) for one in book.history()]
    assert book.problems() == []
    # One that was recorded and not confirmed any more may be there besides; the next marker has found it there.
    assert len(marks) == len(set(marks))
    assert set(confirmed) <= set(marks) <= {*confirmed, first}
    if url.startswith("sqlite"):
        with engine(url).connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_ten_immediate_stops_of_the_server_leave_the_book_whole(server: Server) -> None:
    url = server.new_database()
    process = writer(url, "grace", 1, 40)
    go(process)
    assert process.stdout
    confirmed = []
    for _ in range(10):
        confirmed += [process.stdout.readline() for _ in range(3)]
        server.stop()
        server.start()
    confirmed += what_is_left(process).splitlines()
    assert [line.split() for line in confirmed] == [[f"{number}", "added"] for number in range(1, 41)]
    book = opened(url)
    assert [int(one.value["marks"]) for one in book.history()] == [*range(1, 41)]
    assert book.problems() == []


def test_the_tables_are_those_of_the_models(url: str, book: Book) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from grader.book import models
    from grader.book.models import Model

    scripts = Path(models.__file__).with_name("migrations")
    assert ScriptDirectory(str(scripts)).get_current_head() == HEAD
    with engine(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Model.metadata) == []


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("marks.db", "not the URL"),
        ("nosuch://x/y", "not the URL"),
        ("postgresql+psycopg://ta:secret@h/db", "must not contain a password"),
    ],
)
def test_a_url_that_cannot_be_meant_is_refused_and_a_password_never_shown(stated: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        parsed(stated)
    assert "secret" not in str(raised.value)


def test_a_history_that_was_tampered_with_is_told(url: str, book: Book) -> None:
    book.add([mark("1")])
    book.add([mark("2", replaces=None)])
    with engine(url).begin() as connection:
        connection.execute(text("UPDATE records SET replaces = 99 WHERE replaces != 0"))
    [problem] = book.problems()
    assert "replaces 99" in problem


def test_slots_tell_apart_what_is_about_different_things() -> None:
    records = [
        mark("1"),
        mark("1", submission="bob"),
        BookRecord(RecordKind.OVERRIDE, {}, "x", person="ada", about="a.b"),
    ]
    assert len({slot_of(one) for one in records}) == 3


def test_a_book_moves_into_another_database_and_goes_on_there(server: Server, tmp_path: Path) -> None:
    here = Book.at(tmp_path, "hw1")
    here.add([mark("1", why="a note")])
    here.add([mark("2", "alan")])
    here.add([mark("3", replaces=None)])
    target = make_url(server.new_database())
    assert move_to(tmp_path, target) == 2
    use(tmp_path, target)
    there = Book.at(tmp_path, "hw1")
    assert there.history() == here.history()
    there.add([mark("4", replaces=None), mark("1", submission="bob")])
    assert (len(there.history()), len(here.history())) == (4, 2)
    assert there.problems() == []
    with pytest.raises(UsageError, match="already contains a book"):
        move_to(tmp_path, target)
