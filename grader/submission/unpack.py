"""An archive as a folder, a large notebook as a small one: by a process of its own, which gives up most of what it
could use up.

An archive is read by the standard library, in a process that is limited in memory, CPU time and
file size: a header of half a gigabyte or a flaw of a decompressor ends that process and nothing else.
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

from grader.errors import GraderFault, SubmissionError
from grader.helper import UsedUp, run_helper
from grader.submission.bounds import MAX_ARCHIVE_BYTES, MAX_UNPACKED_BYTES, UNPACKING_CPU_SECONDS, LeftOut, mib
from grader.submission.folder import Folder
from grader.text import printable

_COMMAND = (sys.executable, "-P", "-m")
_ARCHIVES, _NOTEBOOKS = "grader.submission.archives", "grader.submission.outputs"


@dataclass(frozen=True)
class Unpacked:
    """What was in an archive: the folder of its plain files, and what is not among them, with the reason.

    `bytes` is how much was read out of it, `sources` how many scripts, notebooks and archives are among the files.
    """

    folder: Path
    left_out: dict[str, str]
    notes: list[str]
    bytes: int
    sources: int


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Unpack the archive at `path` into a folder that is there within the `with` statement.

    Raises SubmissionError for an archive of which nothing can be used, GraderFault where this machine fails.
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
    """Unpack an archive of a folder, at most `limit` bytes, into a folder that is there within the `with` statement.

    Raises LeftOut for an archive of which nothing can be used.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as scratch:
        with parent.file(name) as (archive, status):
            if status.st_size > MAX_ARCHIVE_BYTES:
                raise LeftOut(f"it is larger than {mib(MAX_ARCHIVE_BYTES)}")
            if status.st_nlink > 1:
                raise LeftOut("it is a hard link that also lies outside: hand in a copy")
            report = _report(archive, scratch, _ARCHIVES, str(limit))
        if report["refused"]:
            raise LeftOut(report["refused"])
        yield Unpacked(Path(scratch), report["left_out"], report["notes"], report["bytes"], report["sources"])


def without_outputs(notebook: BinaryIO, most: int) -> tuple[bytes, str]:
    """Return a notebook with as much of its outputs and pictures left out as it takes to have at most `most` bytes,
    and what that is, in words. Raises LeftOut where its code and text alone are larger, or it is not a notebook.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as scratch:
        report = _report(notebook, scratch, _NOTEBOOKS, str(most))
        if report["refused"]:
            raise LeftOut(report["refused"])
        return Path(scratch, "notebook").read_bytes(), report["left_out"]


def _report(file: BinaryIO, into: str, module: str, *arguments: str) -> dict[str, Any]:
    try:
        done = run_helper((*_COMMAND, module, *arguments), UNPACKING_CPU_SECONDS, stdin=file, cwd=into)
    except UsedUp as error:
        raise LeftOut("it uses up all that there is for unpacking one") from error
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
