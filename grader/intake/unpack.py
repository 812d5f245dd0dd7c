"""Unpacks archives and makes large notebooks small, in a process of its own with few rights.

An archive is read by the standard library, in a process with limited memory, CPU time and file size: a
header that claims half a gigabyte or a bug in a decompressor ends only that process.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from grader.core.errors import GraderFault, SubmissionError, UsageError
from grader.core.helper import UsedUp, run_helper
from grader.core.text import printable
from grader.intake.bounds import (
    EXPORT_CPU_SECONDS,
    MAX_ARCHIVE_BYTES,
    MAX_EXPORT_BYTES,
    MAX_EXPORT_FILES,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_FILES,
    UNPACKING_CPU_SECONDS,
    LeftOut,
    mib,
)
from grader.intake.folder import Folder

_COMMAND = (sys.executable, "-P", "-m")
_ARCHIVES, _NOTEBOOKS = "grader.intake.archives", "grader.intake.outputs"


@dataclass(frozen=True)
class Unpacked:
    """The contents of an archive: the folder of its plain files, and what is not among them, with the reason.

    `bytes` is how much was read from it, `sources` how many scripts, notebooks and archives are among the files.
    """

    folder: Path
    left_out: dict[str, str]
    notes: list[str]
    bytes: int
    sources: int


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Unpack the archive at `path` into a folder that exists within the `with` statement.

    Raises SubmissionError for an archive of which nothing can be used, GraderFault if this machine fails.
    """
    with ExitStack() as stack:
        try:
            parent = stack.enter_context(Folder.opened(os.path.realpath(path.parent)))
            found = stack.enter_context(unpacked_in(parent, path.name))
        except LeftOut as reason:
            raise _refused(path, str(reason)) from reason
        yield found


@contextmanager
def unpacked_in(parent: Folder, name: str, limit: int = MAX_UNPACKED_BYTES) -> Iterator[Unpacked]:
    """Unpack an archive in a folder, at most `limit` bytes, into a folder that exists within the `with` statement.

    Raises LeftOut for an archive of which nothing can be used.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as scratch:
        with parent.file(name) as (archive, status):
            if status.st_size > MAX_ARCHIVE_BYTES:
                raise LeftOut(f"it is larger than {mib(MAX_ARCHIVE_BYTES)}")
            if status.st_nlink > 1:
                raise LeftOut("it is a hard link to a file that is also outside: hand in a copy")
            bounds = (limit, MAX_UNPACKED_FILES, UNPACKING_CPU_SECONDS)
            report = _report(archive, scratch, _ARCHIVES, UNPACKING_CPU_SECONDS, *bounds)
        if report["refused"]:
            raise LeftOut(report["refused"])
        yield Unpacked(Path(scratch), report["left_out"], report["notes"], report["bytes"], report["sources"])


def without_outputs(notebook: BinaryIO, most: int) -> tuple[bytes, str]:
    """Return a notebook of at most `most` bytes, without some of its outputs and pictures, and what it lacks.

    Raises LeftOut if its code and text alone are larger, or it is not a notebook.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as scratch:
        report = _report(notebook, scratch, _NOTEBOOKS, UNPACKING_CPU_SECONDS, most)
        if report["refused"]:
            raise LeftOut(report["refused"])
        return Path(scratch, "notebook").read_bytes(), report["left_out"]


def unpack_export(path: Path, into: Path) -> dict[str, str]:
    """Unpack the export of a whole class into an empty folder; return what is left out of it, with the reasons.

    Raises UsageError for an archive of which nothing can be used, GraderFault if this machine fails.
    """
    try:
        with path.open("rb") as archive:
            bounds = (MAX_EXPORT_BYTES, MAX_EXPORT_FILES, EXPORT_CPU_SECONDS)
            report = _report(archive, str(into), _ARCHIVES, EXPORT_CPU_SECONDS, *bounds)
        if report["refused"]:
            raise LeftOut(report["refused"])
    except (OSError, LeftOut) as reason:
        todo = "download it again, or unpack it and give the folder"
        raise UsageError("this export cannot be unpacked", where=path, found=str(reason), todo=todo) from reason
    left_out: dict[str, str] = report["left_out"]
    return left_out


def _report(file: BinaryIO, into: str, module: str, cpu_seconds: int, *arguments: int) -> dict[str, Any]:
    try:
        done = run_helper((*_COMMAND, module, *map(str, arguments)), cpu_seconds, stdin=file, cwd=into)
    except UsedUp as error:
        raise LeftOut("unpacking it takes more time or memory than is allowed") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise GraderFault("an archive could not be unpacked", found=said)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _refused(path: Path, why: str) -> SubmissionError:
    return SubmissionError(
        "this archive cannot be unpacked",
        where=printable(str(path)),
        found=why,
        todo="hand in your code and small data files as a .zip or .tar.gz",
    )
