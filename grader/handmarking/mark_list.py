"""The file to_mark.csv while a class is graded: people may edit it meanwhile, and none of their entries is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.course.rubric.model import Rubric
from grader.handmarking.entries import EnteredMarks
from grader.handmarking.to_mark import ToMarkLine, as_bytes, content_of, lines_in
from grader.results.class_list import Row

# Nobody saves a file so many times in a row, since writing it takes only milliseconds.
_ATTEMPTS = 20
_A_MOMENT = 0.5


def backup_of(path: Path) -> Path:
    """Return the path of a to_mark.csv's backup, its state before it was last written."""
    return path.with_name(f"{path.name}.bak")


def take_out(path: Path, gone: Callable[[Sequence[ToMarkLine]], Collection[ToMarkLine]]) -> None:
    """Remove lines from a to_mark.csv, if it exists; `gone` returns which of its lines.

    Raises UsageError if it cannot be read or written.
    """
    for _ in range(_ATTEMPTS):
        before = content_of(path)
        lines = lines_in(before, path)
        left_out = gone(lines)
        kept = as_bytes(line for line in lines if line not in left_out)
        if not left_out or write_whole(path, kept, unless=partial(_is_saved_since, path, before)):
            return
    raise _busy(path)


class MarkList:
    """A to_mark.csv: the entries when it was read, and the entries now."""

    def __init__(self, rubric: Rubric, path: Path, digests: Mapping[str, str]) -> None:
        """Read the list for submissions whose work has these SHA-256 by name.

        Raises UsageError if it cannot be read, or has marks that cannot be given.
        """
        self._rubric, self._path, self._digests = rubric, path, digests
        self._first = lines_in(content_of(path), path)
        self.entries = EnteredMarks(rubric, self._first, digests)
        self.entries.demand_readable(path)

    @property
    def problems(self) -> list[str]:
        """Every line that does not count, as it is in the list now, with what was found and what to do."""
        return [f"{self._path}, {problem}" for problem in self.entries.problems]

    def write(self, rows: Sequence[Row]) -> None:
        """Write the list for the rows of a class, including entries since it was read; `entries` then has them too.

        The previous state of the list is in a .bak beside it. Raises UsageError if the list can no longer be read: then
        it stays as it is, and what was read at the beginning counts.
        """
        for _ in range(_ATTEMPTS):
            before, found = self._read()
            lines = self._now(found, rows)
            self.entries = EnteredMarks(self._rubric, lines, self._digests)
            if self._replaced(before, as_bytes(lines)):
                return
        raise _busy(self._path)

    def _read(self) -> tuple[bytes | None, list[ToMarkLine]]:
        """Return the present list, as bytes and as lines; if it is just being saved, a moment later."""
        try:
            content = content_of(self._path)
            return content, lines_in(content, self._path)
        except UsageError:
            time.sleep(_A_MOMENT)
            content = content_of(self._path)
            return content, lines_in(content, self._path)

    def _now(self, lines: list[ToMarkLine], rows: Sequence[Row]) -> list[ToMarkLine]:
        lost = EnteredMarks(self._rubric, self._first, self._digests).missing_in(lines)
        return EnteredMarks(self._rubric, [*lines, *lost], self._digests).lines(rows)

    def _replaced(self, before: bytes | None, after: bytes) -> bool:
        """Write the list again, unless somebody has saved it since; return whether that was done."""
        if after == before:
            return True
        if before is not None:
            write_whole(backup_of(self._path), before)
        return write_whole(self._path, after, unless=partial(_is_saved_since, self._path, before))


def _is_saved_since(path: Path, before: bytes | None) -> bool:
    return content_of(path) != before


def _busy(path: Path) -> UsageError:
    return UsageError(
        "this file is being written to all the time", where=path, todo="close the program that writes to it"
    )
