"""The folder written/SUBMISSION/: what was handed in for a person to mark, under plain names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from grader.files import remove_whole, write_whole
from grader.result import Result
from grader.written.gather import Written


def write_written(folder: Path, result: Result, written: Iterable[Written]) -> None:
    """Write what was handed in for the questions of a result, in place of what was there for them.

    What lies there for other questions stays. Raises UsageError where that cannot be done.
    """
    contents = {one.file: one.data for one in written}
    for question in result.questions:
        named = re.compile(rf"{re.escape(question.id)}(-\d+)?\.[a-z]+")
        for file in folder.iterdir() if folder.is_dir() else ():
            if named.fullmatch(file.name) and file.name not in contents:
                remove_whole(file)
    for name, data in contents.items():
        write_whole(folder / name, data)
    with suppress(OSError):  # it is not there, or something still lies in it
        folder.rmdir()


def all_copied(folder: Path, result: Result) -> bool:
    """Tell whether everything that a result names lies in the folder."""
    handed_in = [one for question in result.questions for one in question.handed_in or ()]
    return all((folder / one.file).is_file() for one in handed_in)
