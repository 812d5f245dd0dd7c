"""The stubs that a kit was released with: what is still one of them is known not to be begun, without running it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.course.rubric.model import Question
from grader.worker.reading.plan import Prepared, prepare

# Appended to an assignment's id: the name of the file in rubrics/ that describes its stubs.
RELEASED = ".released.json"


@dataclass(frozen=True)
class ReleasedStubs:
    """The names that only raise NotImplementedError in each released file, by the digest of its text."""

    names: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, root: Path) -> ReleasedStubs:
        """Return what was released in a course's folder; nothing where a course is developed."""
        found: dict[str, frozenset[str]] = {}
        for file in sorted((root / "rubrics").glob(f"*{RELEASED}")):
            with suppress(OSError, ValueError, TypeError, AttributeError):
                entries = json.loads(file.read_text(encoding="utf-8"))
                found |= {digest: frozenset(names) for digest, names in entries.items()}
        return cls(found)

    def names_in(self, file: Path) -> frozenset[str] | None:
        """Return the names of the stubs in a file that is as it was released, or None for any other file."""
        try:
            return self.names.get(_digest(file.read_bytes()))
        except OSError:
            return None


class UntouchedWork:
    """Says which questions are as they were released in the scripts and notebooks `files` below `root`.

    That is known only where no other file can change it: see `holds`.
    """

    def __init__(self, root: Path, files: Iterable[str], released: ReleasedStubs) -> None:
        known = {label: released.names_in(root / label) for label in files} if released.names else {}
        self._stubs = frozenset(name for names in known.values() for name in names or ())
        self._others = [prepare(root / label, label) for label, names in known.items() if names is None]
        self._known: dict[str, bool] = {}

    def holds(self, question: Question) -> bool:
        """Return whether every check of a question would find a stub.

        All of its names are stubs in files that are as they were released. No other file binds one of them, may
        define or replace names in ways that no statement shows, or cannot be read. A sheet has other things to say.
        """
        if question.id not in self._known:
            names = {*question.names}
            alone = bool(names) and question.sheet is None
            self._known[question.id] = (
                alone and names <= self._stubs and not any(_may_bind(other, names) for other in self._others)
            )
        return self._known[question.id]


def _may_bind(file: Prepared, names: set[str]) -> bool:
    return file.dynamic or bool(file.broken) or not names.isdisjoint(file.binds(stubs=True))


def written(files: Iterable[Path]) -> str:
    """Return the text of a file that describes the stubs in `files`."""
    entries = {_digest(file.read_bytes()): sorted(_stubs(prepare(file, file.name))) for file in files}
    return json.dumps(entries, indent=1) + "\n"


def _stubs(file: Prepared) -> set[str]:
    return file.binds(stubs=True) - file.binds(stubs=False)


def _digest(content: bytes) -> str:
    # Git and editors on Windows change how lines end, and nothing else.
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
