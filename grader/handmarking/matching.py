"""Which submission a line of to_mark.csv is about, even if a spreadsheet has mangled its name."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from grader.handmarking.to_mark import ToMarkLine

About = tuple[str, str]


@dataclass
class Matched:
    """Lines by the submission and the criterion that they are about, and those that are about nothing here."""

    about: dict[About, list[ToMarkLine]] = field(default_factory=dict)
    other: list[ToMarkLine] = field(default_factory=list)

    def entries(self, about: About) -> list[ToMarkLine]:
        """Return what a person has entered for a submission and criterion, each entry once."""
        lines = self.about.get(about, ())
        return list({(line.marks.strip(), line.remark.strip()): line for line in lines if line.is_entered}.values())


def matched(lines: Iterable[ToMarkLine], criteria: Collection[str], digests: Mapping[str, str]) -> Matched:
    """Match lines with submissions, of whose names `digests` gives the SHA-256 of their work, "" where there is none.

    A submission's own name goes first: another may have handed in the same work. Then the SHA-256 tells, of a
    submission that no line names; then a name that became what the line has: in another encoding, in other case,
    without blanks, with a `'`, with `?` for what an encoding lacks. What could be several is none.
    """
    known = _Known(criteria, digests)
    found, mangled = Matched(), list[ToMarkLine]()
    for line in lines:
        criterion = known.criterion(line)
        if criterion is not None and line.submission in digests:
            found.about.setdefault((line.submission, criterion), []).append(line)
        else:
            mangled.append(line)
    named = set(found.about)
    for line in mangled:
        criterion = known.criterion(line)
        submission = known.submission(line, [name for name, of in named if of == criterion])
        if criterion is None or submission is None:
            found.other.append(line)
        else:
            found.about.setdefault((submission, criterion), []).append(line)
    return found


class _Known:
    def __init__(self, criteria: Collection[str], digests: Mapping[str, str]) -> None:
        self._criteria = {_folded(criterion): criterion for criterion in criteria}
        self._digests = digests

    @cached_property
    def _by_digest(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, digest in self._digests.items():
            found.setdefault(digest, set()).add(name)
        found.pop("", None)
        return found

    @cached_property
    def _by_form(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in self._digests:
            for form in _forms(name):
                found.setdefault(_folded(form), set()).add(name)
        return found

    def criterion(self, line: ToMarkLine) -> str | None:
        return self._criteria.get(_folded(line.criterion))

    def submission(self, line: ToMarkLine, named: Collection[str]) -> str | None:
        """Return the one submission that a line can be about; `named` are those that other lines name."""
        same_work = self._by_digest.get(line.submission_sha256.strip().casefold(), set())
        alike = self._by_form.get(_folded(line.submission), set())
        for candidates in (same_work & alike, same_work - set(named), alike):
            if len(candidates) == 1:
                return next(iter(candidates))
        return None


def _forms(name: str) -> Iterator[str]:
    """Yield a name and what becomes of it where a program takes one encoding for another, once or twice."""
    yield name
    once = _as_cp1252(name.encode("utf-8", "replace"))
    yield from (once, _as_cp1252(once.encode("utf-8", "replace")))
    yield name.encode("cp1252", "replace").decode("cp1252")
    yield name.encode("cp1252", "replace").decode("utf-8", "replace")
    yield name.encode("ascii", "replace").decode()


def _as_cp1252(data: bytes) -> str:
    # Five bytes are nothing in that encoding; programs show them as control characters.
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def _folded(text: str) -> str:
    """Return a text without what spreadsheets change: case, blanks, control characters, a `'` before it."""
    if text.isascii() and text.isprintable():  # nearly all of them, and every line is matched several times
        return text.lower().replace(" ", "").lstrip("'")
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\ufffd", "?")
    kept = "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] != "C")
    return kept.lstrip("'")
