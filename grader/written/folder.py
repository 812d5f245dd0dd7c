"""The folder written/SUBMISSION/: what was handed in for a person to mark, under plain names."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from grader.files import remove_whole, write_whole
from grader.result import Result
from grader.written.gather import Written


def write_written(folder: Path, result: Result, written: Iterable[Written]) -> None:
    """Write what was handed in, and remove what a result does not name; what it names of an earlier run stays.

    Raises UsageError where that cannot be done.
    """
    named = {one.file for one in result.all_handed_in}
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name not in named:
            remove_whole(file)
    for one in written:
        write_whole(folder / one.file, one.data)
    with suppress(OSError):  # it is not there, or something still lies in it
        folder.rmdir()


def all_copied(folder: Path, result: Result) -> bool:
    """Tell whether everything that a result names lies in the folder."""
    return all((folder / one.file).is_file() for one in result.all_handed_in)
