"""The files of a submission as they were handed in, for checks that examine files and not code."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.checks.asking.channel import StudentStopped
from grader.core.errors import GraderFault
from grader.core.text import called
from grader.sheets import Form, Sheet
from grader.sheets.reading import read_sheet
from grader.sheets.spec import SheetSpec

MAX_BYTES = 256 * 1024
MAX_SEARCHED = 16 * 1024 * 1024


@dataclass(frozen=True)
class SubmittedFiles:
    """A submission's files below `root`, whose it is if that is known, and how to read its answer sheet.

    `lot` is the key for drawing what to examine if not everything can be; it is empty if everyone could know it.
    """

    root: Path
    files: tuple[str, ...]
    roll: str | None = None
    read: Callable[[SubmittedFiles], Sheet] | None = None
    lot: bytes = b""

    def text(self, name: str) -> str:
        """Return the text, of bounded size, of the file called `name`; of several, the one closest to the root.

        Raises StudentStopped if there is none.
        """
        found = called(name, self.files)
        if found is None:
            raise StudentStopped("not_implemented", f"MissingName: no file {name} was handed in")
        return _text(self.root / found)

    def holding(self, texts: Collection[str]) -> tuple[str, ...]:
        """Return the files, except sources, that contain one of `texts`: e.g. where a log was read from."""
        # Not deeper: for a single file on a student's computer, the folder may be a whole home folder.
        found = [path for way in ("*", "*/*") for path in self.root.glob(way) if path.suffix not in (".py", ".ipynb")]
        files = (path for path in found if path.is_file() and not path.is_symlink() and _holds(path, texts))
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in files))

    @cached_property
    def sheet(self) -> Sheet:
        """The answer sheet. Raises StudentStopped if none was handed in."""
        if self.read is None:
            raise GraderFault("a check asks for an answer sheet, and its question has none in the rubric")
        return self.read(self)


def read_by(spec: SheetSpec, handed_in: SubmittedFiles) -> Sheet:
    """Return the sheet that was handed in, as it was written."""
    form = Form(spec)
    return Sheet(form, read_sheet(handed_in.text(spec.file), form))


def _holds(path: Path, texts: Collection[str]) -> bool:
    content = _read(path, MAX_SEARCHED)
    return any(text.encode() in content for text in texts)


def _read(path: Path, most: int) -> bytes:
    # The file is a regular one, staging's copy or the student's own; no link is followed nevertheless.
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        return file.read(most)


def _text(path: Path) -> str:
    content = _read(path, MAX_BYTES)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # the encoding of older editors on Windows
