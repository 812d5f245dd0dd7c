"""What an earlier run has found of files that have not changed: taken over then, and only then."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from grader.intake import remembered
from grader.intake.bounds import MAX_DEPTH
from grader.intake.remembered import Memory, Seen
from grader.intake.stage import Joined, Place, Staged

FOUND = Seen(Staged("x", "d1", ("a.py",), ("note",), "c1", frozenset({"a.py"}), {"b": "why"}, "rest"), "", "cs1")


@pytest.fixture(autouse=True)
def a_file_is_settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_TICK_SECONDS", 0.0)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox" / "cs1"
    folder.mkdir(parents=True)
    (folder / "a.py").write_text("x = 1\n", encoding="utf-8")
    return folder


def looks(memory: Memory, place: Place, found: Seen = FOUND) -> list[Seen]:
    """Return what had to be looked for, and check that the answer is what was found."""
    looked: list[Seen] = []

    def look() -> Seen:
        looked.append(found)
        return found

    assert memory.of(place, look) == found
    return looked


def kept(work: Place, file: Path, about: str = "x") -> None:
    memory = Memory(file, about)
    assert looks(memory, work)
    memory.keep()


def test_what_has_not_changed_is_not_looked_for_again(work: Path, tmp_path: Path) -> None:
    kept(work, tmp_path / "memory")
    memory = Memory(tmp_path / "memory", "x")
    assert looks(memory, work) == []
    memory.keep()
    assert looks(Memory(tmp_path / "memory", "x"), work) == []


@pytest.mark.parametrize("place", [Seen(None, "no Python file"), Seen(None, "", "cs2")])
def test_a_problem_is_remembered_too(place: Seen, work: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", "x")
    assert looks(memory, work, place)
    memory.keep()
    assert looks(Memory(tmp_path / "memory", "x"), work, place) == []


def rewritten(work: Path) -> None:
    before = (work / "a.py").stat()
    time.sleep(0.02)
    (work / "a.py").write_text("x = 2\n", encoding="utf-8")
    os.utime(work / "a.py", ns=(before.st_atime_ns, before.st_mtime_ns))


def added(work: Path) -> None:
    (work / "b.py").write_text("", encoding="utf-8")


def renamed(work: Path) -> None:
    (work / "a.py").rename(work / "b.py")


def closed(work: Path) -> None:
    (work / "a.py").chmod(0o600)


def linked(work: Path) -> None:
    os.link(work / "a.py", work.parent / "outside.py")


@pytest.mark.parametrize("change", [rewritten, added, renamed, closed, linked])
def test_every_change_is_noticed(change: object, work: Path, tmp_path: Path) -> None:
    """Catches: a file of the same size and with its old date taken for the old file."""
    assert callable(change)
    kept(work, tmp_path / "memory")
    change(work)
    assert looks(Memory(tmp_path / "memory", "x"), work)


def test_of_what_is_one_hand_in_each_part_counts(work: Path, tmp_path: Path) -> None:
    other = work.parent / "b.py"
    other.write_text("", encoding="utf-8")
    both = Joined("x", (work / "a.py", other), ("a.py", "b.py"))
    kept(both, tmp_path / "memory")
    assert looks(Memory(tmp_path / "memory", "x"), both) == []
    time.sleep(0.02)
    other.write_text("y\n", encoding="utf-8")
    assert looks(Memory(tmp_path / "memory", "x"), both)


def test_another_rubric_or_another_grader_remembers_nothing(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(work, tmp_path / "memory")
    assert looks(Memory(tmp_path / "memory", "y"), work)
    monkeypatch.setattr(remembered, "_code", lambda: "other")
    assert looks(Memory(tmp_path / "memory", "x"), work)


def test_what_was_just_written_is_looked_at_again(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches: a file that is written twice within one tick of the file system's clock."""
    monkeypatch.setattr(remembered, "_TICK_SECONDS", 3600.0)
    kept(work, tmp_path / "memory")
    assert looks(Memory(tmp_path / "memory", "x"), work)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"about": "x"}', '{"about": 1, "found": []}'])
def test_a_memory_that_cannot_be_read_is_none(text: str, work: Path, tmp_path: Path) -> None:
    (tmp_path / "memory").write_text(text, encoding="utf-8")
    assert looks(Memory(tmp_path / "memory", "x"), work)


def test_what_is_gone_is_looked_for(work: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", "x")
    assert looks(memory, work.parent / "nothing")
    memory.keep()
    assert looks(Memory(tmp_path / "memory", "x"), work.parent / "nothing")


def test_size_and_digest_of_a_file_are_remembered(work: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", "x")
    assert memory.facts(work / "a.py", lambda: ("6", "abc")) == ("6", "abc")
    memory.keep()
    again = Memory(tmp_path / "memory", "x")
    assert again.facts(work / "a.py", lambda: ("", "")) == ("6", "abc")
    assert looks(again, work / "a.py")  # which is another question


def test_what_lies_deeper_or_has_more_names_than_a_hand_in_may_is_not_remembered(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches: a file that is too deep to be looked at changes, and what was found before is taken over."""
    deepest = work.joinpath(*"d" * (MAX_DEPTH - 1))
    deepest.mkdir(parents=True)
    (deepest / "a.py").touch()
    kept(work, tmp_path / "memory")
    assert looks(Memory(tmp_path / "memory", "x"), work) == []
    monkeypatch.setattr(remembered, "MAX_NAMES", MAX_DEPTH + 2)  # the folders, both files, and `work` itself
    assert looks(Memory(tmp_path / "memory", "x"), work) == []
    monkeypatch.setattr(remembered, "MAX_NAMES", MAX_DEPTH + 1)
    assert looks(Memory(tmp_path / "memory", "x"), work)
    monkeypatch.undo()
    monkeypatch.setattr(remembered, "_TICK_SECONDS", 0.0)
    (deepest / "d").mkdir()
    (deepest / "d" / "a.py").touch()
    kept(work, tmp_path / "memory")
    assert looks(Memory(tmp_path / "memory", "x"), work)
