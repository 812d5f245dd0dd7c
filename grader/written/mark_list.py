"""The file to_mark.csv while a class is graded: people edit it meanwhile, and nothing they typed is lost."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.class_list import Row
from grader.errors import UsageError
from grader.files import write_whole
from grader.rubric.model import Rubric
from grader.written.entries import Entries
from grader.written.to_mark import Line, as_bytes, content_of, lines_in

# Nobody saves a file so many times in a row while it takes milliseconds to write it.
_ATTEMPTS = 20
_A_MOMENT = 0.5


class MarkList:
    """A to_mark.csv: what was entered in it when it was read, and what is entered in it now."""

    def __init__(self, rubric: Rubric, path: Path, digests: Mapping[str, str]) -> None:
        """Read the list for submissions whose work has these SHA-256 by name.

        Raises UsageError where it cannot be read, or has marks that cannot be given.
        """
        self._rubric, self._path, self._digests = rubric, path, digests
        self._first = lines_in(content_of(path), path)
        self.entries = Entries(rubric, self._first, digests)
        self.entries.demand_readable(path)

    @property
    def problems(self) -> list[str]:
        """Every line that does not count, as it stands in the list now, with what was found and what to do."""
        return [f"{self._path}, {problem}" for problem in self.entries.problems]

    def write(self, rows: Sequence[Row]) -> None:
        """Write the list for the rows of a class, with what was entered since it was read; `entries` have that too.

        What the list was before stands in a .bak beside it. Raises UsageError where the list cannot be read any more:
        it stays as it is, and what was read at the beginning counts.
        """
        for _ in range(_ATTEMPTS):
            before, found = self._read()
            lines = self._now(found, rows)
            self.entries = Entries(self._rubric, lines, self._digests)
            if self._replaced(before, as_bytes(lines)):
                return
        raise UsageError("this file is written to all the time", where=self._path, todo="close what writes to it")

    def _read(self) -> tuple[bytes | None, list[Line]]:
        """Return what the list is now, as bytes and as lines; one that is just being saved a moment later."""
        try:
            content = content_of(self._path)
            return content, lines_in(content, self._path)
        except UsageError:
            time.sleep(_A_MOMENT)
            content = content_of(self._path)
            return content, lines_in(content, self._path)

    def _now(self, lines: list[Line], rows: Sequence[Row]) -> list[Line]:
        lost = Entries(self._rubric, self._first, self._digests).missing_in(lines)
        return Entries(self._rubric, [*lines, *lost], self._digests).lines(rows)

    def _replaced(self, before: bytes | None, after: bytes) -> bool:
        """Write the list anew, unless somebody has saved it since; tell whether that was done."""
        if after == before:
            return True
        if before is not None:
            write_whole(self._path.with_name(f"{self._path.name}.bak"), before)
        return write_whole(self._path, after, unless=lambda: content_of(self._path) != before)
