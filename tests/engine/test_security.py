"""Attacks, each in a worker of its own: on both isolations, for root and an ordinary user, by versions of Landlock.

`docs/security.md` shows the same as a table, which has to be what was seen here, but for the names of errors.
"""

from __future__ import annotations

import functools
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.probe import lock_problem, room_problem
from grader.worker.confine import landlock

PROGRAM = "jail_attacks.py"
DOCS = Path(__file__).parents[2] / "docs" / "security.md"
WAYS = [(isolation, user) for isolation in ("room", "lock") for user in ("root", "an ordinary user")]
SHARED = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"), Path("/"))
AS_IT_WAS = "its submission is as it was"
SEEN: dict[tuple[str, str], dict[str, str]] = {}

pytestmark = pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())


def _user(person: Any) -> str:
    return "root" if person.user == 0 else "an ordinary user"


def _secret(person: Any) -> Path:
    """Make a file that is this user's, and nothing that a worker may reach."""
    secret = Path(person.folder) / "secret" / "secret.txt"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("canary")
    for path in (secret, secret.parent):
        os.chown(path, person.user, person.user or os.getgid())
    return secret


def _attacked(person: Any, *words: str) -> dict[str, str]:
    """Return how each attack ended; nothing around may have changed."""
    secret = _secret(person)
    before = _surroundings(secret, person)
    process = person.start(PROGRAM, *words)
    answer, complaint = process.communicate(json.dumps(str(secret)))
    assert process.returncode == 0, complaint
    assert _surroundings(secret, person) == before
    assert [path.name for path in Path(person.folder).iterdir()] == ["secret"]
    ended: dict[str, str] = json.loads(answer)
    return ended


def _surroundings(secret: Path, person: Any) -> list[object]:
    """Return what an attack might have changed or left."""
    status = secret.stat()
    told = [secret.read_text(), stat.filemode(status.st_mode), status.st_uid, status.st_mtime_ns, os.listxattr(secret)]
    left = [path.name for folder in SHARED for path in folder.glob("gradproof-attack*")]
    cores = [path.name for path in secret.parent.parent.rglob("core*")]
    return [*told, left, cores, person.ipc()]


@pytest.fixture(scope="module", params=["room", "lock"])
def ended(request: pytest.FixtureRequest, person: Any) -> dict[str, str]:
    """How each attack ended, in one isolation, for one user."""
    if request.param == "room" and room_problem():
        pytest.skip(room_problem())
    found = _attacked(person, request.param)
    SEEN[request.param, _user(person)] = found
    return found


def test_no_attack_succeeds(ended: dict[str, str]) -> None:
    assert len(ended) > 70
    assert ended[AS_IT_WAS] == "True"
    assert [title for title, how in ended.items() if not how] == []


def test_what_ends_a_worker_costs_its_own_check_only(ended: dict[str, str]) -> None:
    assert {how for how in ended.values() if how.startswith("ended")} == {"ended: crashed"}


@pytest.mark.parametrize("isolation", ["room", "lock"])
@pytest.mark.parametrize("abi", range(1, landlock.version() + 1))
def test_files_hold_under_each_version_of_landlock_or_nothing_is_graded(person: Any, isolation: str, abi: int) -> None:
    if isolation == "room" and room_problem():
        pytest.skip(room_problem())
    found = _attacked(person, isolation, str(abi))
    if isolation == "lock" and person.user != 0 and abi < landlock.KEEPS_FILES:
        assert list(found) == ["no worker"]
        assert found["no worker"].startswith(f"Landlock version {abi}")
    else:
        assert len(found) > 20
        assert [title for title, how in found.items() if not how] == []


def test_the_table_in_the_docs_is_what_was_seen() -> None:
    if not all(way in SEEN for way in WAYS):
        pytest.skip("not every isolation and user can be tried here")
    begin, end = "<!-- attacks -->\n", "<!-- end of attacks -->"
    text = DOCS.read_text(encoding="utf-8")
    table = text.partition(begin)[2].partition(end)[0]
    seen = "".join(f"{line}\n" for line in _table())
    if os.environ.get("GRADPROOF_WRITE_DOCS"):
        DOCS.write_text(text.replace(begin + table + end, begin + seen + end), encoding="utf-8")
        return
    assert _kinds(table) == _kinds(seen), "GRADPROOF_WRITE_DOCS=1 writes it anew"


def _kinds(table: str) -> list[list[str]]:
    """Return a table without what differs from kernel to kernel: by which error something was refused."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    held = ("bounded", "ended")
    return [[row[0], *("held" if cell.startswith(held) else "refused" for cell in row[1:])] for row in rows[2:]]


@functools.cache
def _table() -> tuple[str, ...]:
    heads = [f"{isolation}, {user}" for isolation, user in WAYS]
    rows = [f"| {' | '.join(['attack', *heads])} |", f"| {' | '.join(['---'] * (len(heads) + 1))} |"]
    titles = [title for title in SEEN[WAYS[0]] if title != AS_IT_WAS]
    rows += [f"| {' | '.join([title, *(SEEN[way][title] for way in WAYS)])} |" for title in titles]
    return tuple(rows)
