"""Files that checks kept of a submission, mostly pictures, for the person who marks by hand."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.core.files import remove_whole, write_whole
from grader.core.outcome import CheckResult
from grader.results.result import Result


@dataclass(frozen=True)
class Kept:
    """One file: the criterion whose check kept it, its plain name, and its bytes, which are untrusted."""

    criterion: str
    name: str
    data: bytes


def kept_by(checks: Iterable[CheckResult]) -> tuple[Kept, ...]:
    """Return what some checks kept; of two files with the same name and criterion, the later one."""
    found = {(each.check.criterion, name): data for each in checks for name, data in each.kept}
    return tuple(Kept(criterion, name, data) for (criterion, name), data in found.items())


def write_kept(folder: Path, kept: Iterable[Kept]) -> None:
    """Write the files of one submission to ``folder/CRITERION/NAME``."""
    for each in kept:
        write_whole(folder / each.criterion / each.name, each.data)


def remove_others(folder: Path, result: Result) -> None:
    """Remove from the folder of one submission what its result does not name."""
    named = {(criterion.id, name) for criterion in result.criteria for name in criterion.kept}
    for criterion in folder.iterdir() if folder.is_dir() else ():
        for file in criterion.iterdir():
            if (criterion.name, file.name) not in named:
                remove_whole(file)
        with suppress(OSError):  # something is still in it
            criterion.rmdir()
    with suppress(OSError):  # it does not exist, or something is still in it
        folder.rmdir()


def all_there(folder: Path, result: Result) -> bool:
    """Return whether `folder` contains every file that a result names."""
    return all((folder / each.id / name).is_file() for each in result.criteria for name in each.kept)
