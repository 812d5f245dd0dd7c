"""Exports that come as archives: unpacked once, beside the results, and ours alone."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from grader.core.errors import UsageError
from grader.intake.opening import opened


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("ada/a.py", "ada/more/b.py", "ben.py"):
            archive.writestr(name, "x = 1\n")
    return path


def test_an_archive_is_unpacked_and_a_folder_is_taken_as_it_is(export: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    unpacked, folder = opened([export, tmp_path / "folder"], tmp_path / "out")
    assert sorted(path.name for path in unpacked.folder.iterdir()) == ["ada", "ben.py"]
    assert unpacked.folder.is_relative_to(tmp_path / "out")
    assert folder.folder == tmp_path / "folder"
    assert (unpacked.called, folder.called) == ("export", "folder")


def test_what_an_archive_holds_belongs_to_whoever_grades(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches: files that the user who unpacked them can still change; the target of a link that is given away."""
    given: dict[str, tuple[int, int, bool]] = {}

    def chown(path: str | Path, user: int, group: int, *, follow_symlinks: bool = True) -> None:
        given[Path(path).name] = (user, group, follow_symlinks)

    monkeypatch.setattr("os.chown", chown)
    (one,) = opened([export], tmp_path / "out")
    assert {path.name: given.pop(path.name) for path in one.folder.rglob("*")} == dict.fromkeys(
        ("ada", "more", "a.py", "b.py", "ben.py"), (os.getuid(), os.getgid(), False)
    )
    assert [*given.values()] == [(os.getuid(), os.getgid(), True)]  # the folder itself, which had another name then


def test_what_is_no_export_is_told(tmp_path: Path) -> None:
    (tmp_path / "class.rar").touch()
    (tmp_path / "class.csv").touch()
    told = {"class.rar": "unpack it and give the folder", "class.csv": None, "nothing": None}
    for name, todo in told.items():
        with pytest.raises(UsageError, match="this is not an inbox") as error:
            opened([tmp_path / name], tmp_path / "out")
        assert error.value.todo == todo
