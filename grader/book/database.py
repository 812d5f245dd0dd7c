"""Where a book is stored: an SQLite file in the class folder, or a database given by a URL; and its transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from grader.core.errors import GraderFault, UsageError
from grader.core.files import write_whole
from grader.core.text import printable

FILE = "book.sqlite"
URL_FILE = "book.url"
HEAD = "0001"
_MIGRATIONS = Path(__file__).parent / "migrations"
# How long a writer waits for another, in seconds: a transaction takes milliseconds.
_PATIENCE = 60
# Errors of a server if two transactions conflict and one of them can simply be tried again.
_TRY_AGAIN = frozenset({"40001", "40P01"})
_ATTEMPTS = 5

T = TypeVar("T")


def has_book(folder: Path) -> bool:
    """Return whether a class folder has a book."""
    return (folder / FILE).exists() or (folder / URL_FILE).exists()


def location(folder: Path) -> URL:
    """Return the URL of a class folder's book. Raises UsageError for a URL file that cannot be used."""
    try:
        stated = (folder / URL_FILE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return URL.create("sqlite", database=str(folder / FILE))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("the URL of the book cannot be read", where=folder / URL_FILE, found=str(error)) from error
    return parsed(stated, where=folder / URL_FILE)


def parsed(stated: str, where: Path | None = None) -> URL:
    """Return the URL of a database. Raises UsageError if it is not one, or contains a password."""
    try:
        url = make_url(stated)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        expected = "a URL such as postgresql+psycopg://ta@server/marks"
        raise UsageError("this is not the URL of a database", where=where, found=stated, expected=expected) from error
    if url.password is not None:
        todo = "remove the password; PostgreSQL reads it from ~/.pgpass or PGPASSWORD"
        raise UsageError("a class folder must not contain a password", where=where, found=repr(url), todo=todo)
    return url


def use(folder: Path, url: URL) -> None:
    """Make a class folder keep its book in another database from now on."""
    write_whole(folder / URL_FILE, f"{url.render_as_string(hide_password=False)}\n")


class Database:
    """A book's database, of this version. Each transaction is done completely or not at all."""

    def __init__(self, url: URL) -> None:
        """Open the database; create or migrate its tables. Raises UsageError if it cannot be used."""
        self._url = url
        self._engine = create_engine(url, poolclass=NullPool)  # a connection lives as long as its transaction
        if url.get_backend_name() == "sqlite":
            _prepare_sqlite(self._engine)
        with self.reading() as connection:
            current = _version(connection) == HEAD
        if not current:
            self._in_transaction(lambda connection: _migrate(connection, self.name), writes=True, migrates=True)

    @property
    def name(self) -> str:
        """Where the database is, without a password."""
        return self._url.database or "" if self._url.get_backend_name() == "sqlite" else str(self._url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the book. Raises UsageError if the database does not answer."""
        server = self._engine.dialect.name == "postgresql"
        engine = self._engine.execution_options(isolation_level="REPEATABLE READ") if server else self._engine
        with self._translated(), engine.connect() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` returns, done in one transaction; it is tried again where another's came between.

        Raises UsageError where the database does not answer. Then it is not known whether the work was done.
        """
        return self._in_transaction(work, writes=True)

    def _in_transaction(self, work: Callable[[Connection], T], **options: bool) -> T:
        engine = self._engine.execution_options(**options)
        with self._translated():
            for attempt in range(_ATTEMPTS):
                try:
                    with engine.begin() as connection:
                        return work(connection)
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) not in _TRY_AGAIN or attempt == _ATTEMPTS - 1:
                        raise
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise UsageError(
                "the book's database cannot be used now; what was not confirmed may be entered again",
                where=self.name,
                found=printable(" ".join(str(error.orig).split())),
                todo="make sure that the database runs, is reachable and writable",
            ) from error


def _prepare_sqlite(engine: Engine) -> None:
    """Make SQLite keep a log beside the file, so that readers and one writer do not wait for each other."""

    def connected(connection: DBAPIConnection, _: object) -> None:
        connection.isolation_level = None  # otherwise Python begins transactions of its own
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={_PATIENCE * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("migrates"):
            # SQLite changes a column by making the table anew, and must not miss the old one's rows meanwhile. Within
            # a transaction this cannot be said; the connection ends with it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        # A transaction that reads first and writes later would fail where another has written in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, name: str) -> None:
    if connection.dialect.name == "postgresql":
        # If two processes open it at once, only one creates the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(7204031)"))
    found = _version(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        todo = "install the version of gradproof that has written it, or a later one"
        raise UsageError("this book has a later version", where=name, found=f"version {found}", todo=todo)
    from alembic import command  # takes a quarter of a second, and is needed once in a book's life
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and (lost := connection.execute(text("PRAGMA foreign_key_check")).first()):
        raise GraderFault("the book could not be migrated and stays as it was", where=name, found=f"{lost}")
