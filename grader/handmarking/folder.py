"""The folder written/SUBMISSION/: what was handed in for a person to mark, under plain names."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from grader.core.files import remove_whole, write_whole
from grader.handmarking.gather import GatheredWork
from grader.results.result import Result


def write_written(folder: Path, result: Result, written: Iterable[GatheredWork]) -> None:
    """Write what was handed in, and remove what a result does not name; files of an earlier run that it names stay.

    Raises UsageError if that is not possible.
    """
    named = {one.file for one in result.all_handed_in}
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name not in named:
            remove_whole(file)
    for one in written:
        write_whole(folder / one.file, one.data)
    with suppress(OSError):  # it does not exist, or something is still in it
        folder.rmdir()


def all_copied(folder: Path, result: Result) -> bool:
    """Return whether the folder contains everything that a result names."""
    return all((folder / one.file).is_file() for one in result.all_handed_in)
