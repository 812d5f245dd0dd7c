"""inbox.csv by itself: a line for everything in an export that was not graded with what it lies in, and why."""

from __future__ import annotations

import csv
import hashlib
import os
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from grader.cohort import inbox_table
from grader.cohort.inbox_table import COLUMNS, write_inbox
from grader.intake.export import Export
from grader.intake.remembered import Memory
from grader.intake.survey import HandIn, Wanted, survey
from grader.results.class_list import Row
from grader.results.result import Result

RESULT = Result.from_json(Path(__file__).with_name("results").joinpath("0.1.0.json").read_text(encoding="utf-8"))
TOOLS = "left behind by tools, not part of the work"


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")


def lines(
    exports: list[Export], folder: Path, *, ungraded: Collection[str] = (), meanwhile: Callable[[], object] = list
) -> dict[str, dict[str, str]]:
    """Return the lines of inbox.csv by their paths, where all that could be graded was, but for some."""
    found = survey(exports, Wanted())
    rows = {one.name: _row(one, one.name not in ungraded) for one in found}
    meanwhile()
    write_inbox(exports, found, rows, Memory(), folder / "inbox.csv")
    with (folder / "inbox.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [*table[0]] == [*COLUMNS]
    by_path = {line["path"]: line for line in table}
    assert len(by_path) == len(table)
    return by_path


def _row(one: HandIn, graded: bool) -> Row:
    return Row(one.name, RESULT, one.problem) if graded and one.staged else Row(one.name, None, one.problem or "why")


def told(line: dict[str, str]) -> tuple[str, ...]:
    return tuple(line[name] for name in ("kind", "student", "submission", "status", "reason"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    put(folder, "ada/sums.py", "ada/.git/config", "ben.py", "cat/notes.txt", "dan.txt", ".eve/sums.py", "gus.py")
    put(folder, "fay_12_456_q1.py", "fay_12_457_q2.py", "hal/more/sums.py")
    (tmp_path / "answers.py").touch()
    os.link(tmp_path / "answers.py", folder / "fay_12_458_q3.py")
    (folder / "ada" / "link.py").symlink_to(folder / "ben.py")
    os.mkfifo(folder / "ivy.py")
    with zipfile.ZipFile(folder / "joe.zip", "w") as archive:
        for name in ("sums.py", "../out.py", "__MACOSX/sums.py"):
            archive.writestr(name, "")
    (folder / "kim").mkdir()
    with zipfile.ZipFile(folder / "kim" / "code.zip", "w") as archive:
        for name in ("sums.py", "../out.py"):
            archive.writestr(name, "")
    put(folder, "kim/report.md")
    return folder


def test_everything_has_a_line_or_was_graded_with_what_it_lies_in(inbox: Path, tmp_path: Path) -> None:
    found = lines([Export.of(inbox)], tmp_path, ungraded={"gus", "hal"})
    one = "one hand-in with"
    assert {path: told(line) for path, line in found.items()} == {
        ".eve": ("folder", "", "", "hidden", "hidden files are not graded: rename it if it is work"),
        ".eve/sums.py": ("file", "", "", "hidden", "hidden files are not graded: rename it if it is work"),
        "ada": ("folder", "", "ada", "graded", ""),
        "ada/.git/config": ("file", "", "ada", "not taken", TOOLS),
        "ada/link.py": ("link", "", "ada", "not taken", "a symbolic link, which is never followed"),
        "ben.py": ("file", "", "ben", "graded", ""),
        "cat": ("folder", "", "cat", "refused", found["cat"]["reason"]),
        "cat/notes.txt": ("file", "", "cat", "refused", "as all of cat"),
        "dan.txt": ("file", "", "dan.txt", "refused", found["dan.txt"]["reason"]),
        "fay_12_456_q1.py": ("file", "fay", "fay_12", "graded", f"{one} fay_12_457_q2.py and fay_12_458_q3.py"),
        "fay_12_457_q2.py": ("file", "fay", "fay_12", "graded", f"{one} fay_12_456_q1.py and fay_12_458_q3.py"),
        "fay_12_458_q3.py": (
            "file", "fay", "fay_12", "not taken", "a hard link to a file that is also outside: hand in a copy",
        ),
        "gus.py": ("file", "", "gus", "not graded", "why"),
        "hal": ("folder", "", "hal", "not graded", "why"),
        "hal/more/sums.py": ("file", "", "hal", "not graded", "as all of hal"),
        "ivy.py": ("no ordinary file", "", "ivy", "refused", found["ivy.py"]["reason"]),
        "joe.zip": ("file", "", "joe", "graded", ""),
        "joe.zip!/../out.py": (
            "member of an archive", "", "joe", "not taken", "a path that leads out of the archive",
        ),
        "joe.zip!/__MACOSX": ("member of an archive", "", "joe", "not taken", TOOLS),
        "kim": ("folder", "", "kim", "graded", ""),
        "kim/code.zip!/../out.py": (
            "member of an archive", "", "kim", "not taken", "a path that leads out of the archive",
        ),
    }  # fmt: skip


def test_size_and_digest_are_those_of_files_that_are_not_too_large(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (inbox / "ben.py").read_bytes()
    for most, digest in ((len(content), hashlib.sha256(content).hexdigest()), (len(content) - 1, "")):
        monkeypatch.setattr(inbox_table, "_MAX_HASHED", most)
        found = lines([Export.of(inbox)], tmp_path)
        assert (found["ben.py"]["bytes"], found["ben.py"]["sha256"]) == (str(len(content)), digest)
        assert (found["ada"]["bytes"], found["ada"]["sha256"]) == ("", "")
        assert (found["joe.zip!/../out.py"]["bytes"], found["joe.zip!/../out.py"]["sha256"]) == ("", "")


def test_what_comes_or_goes_while_a_class_is_graded_is_told(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    put(inbox, "ada.py", "ben.py")
    found = lines([Export.of(inbox)], tmp_path, meanwhile=lambda: put(inbox, "cat/sums.py"))
    later = "it came after grading had begun: the next run grades it"
    assert told(found["cat"]) == ("folder", "", "", "not graded", later)
    assert told(found["cat/sums.py"]) == ("file", "", "", "not graded", later)


def test_what_lies_unchanged_in_a_later_export_is_told_there(tmp_path: Path) -> None:
    for day, names in (("mon", ("ada.py", "ben.txt")), ("tue", ("ada.py", "ben.txt", "cat.py"))):
        put(tmp_path / day, *names)
    exports = [Export(tmp_path / day, tmp_path / day, called=day) for day in ("mon", "tue")]
    found = lines(exports, tmp_path)
    again = "the same hand-in as in an earlier export: "
    assert {path: told(line)[2:] for path, line in found.items()} == {
        "mon/ada.py": ("ada", "graded", ""),
        "mon/ben.txt": ("ben.txt", "refused", found["mon/ben.txt"]["reason"]),
        "tue/ada.py": ("ada", "graded", f"{again}ada"),
        "tue/ben.txt": ("ben.txt", "not graded", f"{again}ben.txt"),
        "tue/cat.py": ("cat", "graded", ""),
    }


def test_of_more_names_than_a_hand_in_may_have_not_all_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "inbox", "ada/sums.py", "ben.py", *(f"ada/data/{number}.txt" for number in range(5)))
    for most, all_of_it in ((7, True), (6, False)):
        monkeypatch.setattr(inbox_table, "MAX_NAMES", most)
        found = lines([Export.of(tmp_path / "inbox")], tmp_path, ungraded={"ada"})
        assert ("ada/…" in found) is not all_of_it
        if not all_of_it:
            assert told(found["ada/…"])[2:] == ("ada", "not taken", "more than 6 names: the others are not listed")


def test_what_an_export_lost_when_it_was_unpacked_and_what_lies_beside_it_is_told(tmp_path: Path) -> None:
    put(tmp_path / "root", "class/ada.py", "readme.txt")
    export = Export(tmp_path / "root", tmp_path / "root" / "class", left_out={"b.py": "damaged", "a.py": "encrypted"})
    found = lines([export], tmp_path)
    assert [(path, *told(line)) for path, line in found.items()] == [
        ("class/ada.py", "file", "", "ada", "graded", ""),
        ("readme.txt", "file", "", "", "not graded", "it came after grading had begun: the next run grades it"),
        ("a.py", "member of an archive", "", "", "not taken", "encrypted"),
        ("b.py", "member of an archive", "", "", "not taken", "damaged"),
    ]
