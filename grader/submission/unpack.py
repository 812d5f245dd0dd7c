"""An archive as a folder: unpacked by a process of its own, which gives up most of what it could use up.

The archive is read by the standard library, in a process that is limited in memory, CPU time and
file size: a header of half a gigabyte or a flaw of a decompressor ends that process and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from grader.errors import GraderFault, SubmissionError
from grader.helper import UsedUp, run_helper
from grader.submission.bounds import MAX_ARCHIVE_BYTES, UNPACKING_CPU_SECONDS, LeftOut, mib
from grader.submission.folder import Folder
from grader.text import printable

_COMMAND = (sys.executable, "-P", "-m", "grader.submission.archives")


@dataclass(frozen=True)
class Unpacked:
    """What was in an archive: the folder of its plain files, and what is not among them, with the reason."""

    folder: Path
    left_out: dict[str, str]
    notes: list[str]


@contextmanager
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Unpack the archive at `path` into a folder that is there within the `with` statement.

    Raises SubmissionError for an archive of which nothing can be used, GraderFault where this machine fails.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as scratch:
        try:
            with Folder.opened(os.path.realpath(path.parent)) as parent, parent.file(path.name) as (archive, status):
                if status.st_size > MAX_ARCHIVE_BYTES:
                    raise LeftOut(f"it is larger than {mib(MAX_ARCHIVE_BYTES)}")
                if status.st_nlink > 1:
                    raise LeftOut("it is a hard link that also lies outside: hand in a copy")
                report = _report(archive, scratch)
        except LeftOut as reason:
            raise _refused(path, str(reason)) from reason
        if report["refused"]:
            raise _refused(path, report["refused"])
        yield Unpacked(Path(scratch), report["left_out"], report["notes"])


def _report(archive: BinaryIO, into: str) -> dict[str, Any]:
    try:
        done = run_helper(_COMMAND, UNPACKING_CPU_SECONDS, stdin=archive, cwd=into)
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
