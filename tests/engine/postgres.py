"""A PostgreSQL server of a test's own: Debian's, in a temporary folder, reached by a socket there and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

NOBODY = 65534
MISSING = "there is no PostgreSQL server here: apt-get install postgresql brings one"


def programs() -> Path | None:
    """Return the folder of the server's programs: of what PATH names, or else Debian's newest."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return kept[-1].parent if kept else None


class Server:
    """A server that can be stopped as if the power had failed, and started again."""

    def __init__(self) -> None:
        """Make its files; as root they are another user's, since PostgreSQL does not run as root."""
        bin_folder = programs()
        if bin_folder is None:
            pytest.skip(MISSING)
        self._bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="gradproof-pg-", dir="/tmp"))
        self._other: dict[str, Any] = {}
        if os.getuid() == 0:
            self._other = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        if self._other:
            os.chown(self.folder, NOBODY, NOBODY)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "book", "-A", "trust", "--no-sync", "-E", "UTF8")
        self._schemas = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        # Only its processes are ever stopped and not the machine, so what they wrote need not reach the disk.
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c shared_buffers=16MB -c autovacuum=off"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop it at once, without writing anything that is not written yet."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"postgresql+psycopg://book@/postgres?host={self.folder}"

    def new_database(self) -> str:
        """Return the URL of a schema that is empty, which is as good as a database and made at once."""
        self._schemas += 1
        with create_engine(self.url, poolclass=NullPool).begin() as connection:
            connection.execute(text(f"CREATE SCHEMA book{self._schemas}"))
        return f"{self.url}&options=-csearch_path%3Dbook{self._schemas}"

    def remove(self) -> None:
        """Stop it, and remove its files."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
            cwd="/", env={"PATH": os.defpath, "LC_ALL": "C"}, **self._other,
        )  # fmt: skip
        assert done.returncode == 0, f"{program}: {done.stderr}"
