"""The marks that a person has entered in to_mark.csv, added to what a submission has earned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from grader.core.decimals import decimal_text, parse_marks, parse_signed
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.core.text import did_you_mean, listed, printable
from grader.course.rubric.model import Criterion, Rubric
from grader.handmarking.matching import matched
from grader.handmarking.to_mark import ToMarkLine, lines_of
from grader.results.class_list import Row
from grader.results.marks import Given, marked
from grader.results.result import Result

_EARLIER = "marked before it was handed in anew"
_DELETE = "delete the row if it is not needed"


class EnteredMarks:
    """What was entered for criteria that a person marks: taken from lines of a to_mark.csv, matched and checked.

    `unreadable` lists the marks that cannot be given, each in words; `problems` lists these and every other line that
    does not count, with its row, what was found, and what to do.
    """

    def __init__(self, rubric: Rubric, lines: Iterable[ToMarkLine], digests: Mapping[str, str]) -> None:
        """Take the lines; `digests` gives the SHA-256 of each submission's work by its name, or "" if it is unknown."""
        self._criteria = {criterion.id: criterion for criterion in rubric.criteria}
        self._digests = digests
        self._matched = matched(lines, self._criteria, digests)
        self._given: dict[str, dict[str, tuple[Given, str]]] = {}
        self.unreadable: list[str] = []
        self.problems: list[str] = []
        for submission, criterion in self._matched.about:
            self._take(submission, self._criteria[criterion])
        self.problems += [_told([line], self._unmatched(line)) for line in self._matched.other if line.is_entered]

    @property
    def given(self) -> Mapping[str, Mapping[str, tuple[Given, str]]]:
        """The marks that can be given, by submission and criterion, each with the SHA-256 of the work it was for."""
        return self._given

    def demand_readable(self, path: Path) -> None:
        """Raise UsageError naming every mark that cannot be given; `path` is the file that contains them."""
        if self.unreadable:
            todo = "correct these marks; nothing was graded or written"
            raise UsageError("marks that cannot be given", where=path, found="; ".join(self.unreadable), todo=todo)

    def added(self, row: Row) -> Row:
        """Return a row whose result has the marks entered for it.

        Its remark names those that are for another hand-in, and those that do not count now.
        """
        given = self._given.get(row.name, {})
        if not given:
            return row
        if row.result is None:
            return _remarked(row, [f"marked by hand, which does not count without a result: {', '.join(given)}"])
        result = marked(row.result, {criterion: entry for criterion, (entry, _) in given.items()})
        now = row.result.provenance.submission_sha256
        ended = {c.id: c.outcome for c in result.criteria}
        earlier = [name for name, (_, of) in given.items() if ended.get(name) is Outcome.MARKED and of != now]
        told = [f"{_EARLIER}: {', '.join(earlier)}"] if earlier else []
        return _remarked(replace(row, result=result), [*told, *_idle(result, given)])

    def lines(self, rows: Iterable[Row]) -> list[ToMarkLine]:
        """Return the lines of the next to_mark.csv: by question, in the rubric's order, then by submission.

        What a person wrote is kept, even if there is nothing to mark any more, it cannot be matched, or two lines
        contradict each other.
        """
        lines = {(line.submission, line.criterion): [line] for row in rows for line in lines_of(row)}
        for about in self._matched.about:
            entered = self._matched.entries(about)
            if about in lines and entered:
                lines[about] = [lines[about][0].with_entry(old) for old in entered]
            elif entered:
                lines[about] = entered
        place = {criterion: number for number, criterion in enumerate(self._criteria)}
        ordered = sorted(lines.items(), key=lambda entry: place[entry[0][1]])
        kept = [line for _, same in ordered for line in same] + [o for o in self._matched.other if o.is_entered]
        return [replace(line, row=row) for row, line in enumerate(kept, start=2)]

    def missing_in(self, later: Iterable[ToMarkLine]) -> list[ToMarkLine]:
        """Return the lines with an entry for something that no line of a later state of the list is about."""
        now = matched(later, self._criteria, self._digests)
        raw = {(line.submission, line.criterion) for line in now.other}
        gone = [
            line for about in self._matched.about if about not in now.about for line in self._matched.entries(about)
        ]
        other = (line for line in self._matched.other if (line.submission, line.criterion) not in raw)
        return [*gone, *(line for line in other if line.is_entered)]

    def _take(self, submission: str, criterion: Criterion) -> None:
        entered = self._matched.entries((submission, criterion.id))
        if len(entered) > 1:
            self.problems.append(_told(entered, "they contradict each other, so none counts; keep one"))
            return
        for line in (line for line in entered if line.marks.strip()):
            try:
                given = Given(_marks(line.marks, criterion), line.remark)
            except ValueError as error:
                self.unreadable.append(f"`{printable(line.marks, limit=40)}` {error}: {_about(line)}")
                self.problems.append(_told([line], f"its marks do not count: {error}; correct them"))
            else:
                self._given.setdefault(submission, {})[criterion.id] = given, line.submission_sha256

    def _unmatched(self, line: ToMarkLine) -> str:
        if line.criterion not in self._criteria:
            near = did_you_mean(line.criterion, self._criteria)
            return f"the rubric has no criterion with this name{f', {near}' if near else ''}; correct it, or {_DELETE}"
        near = did_you_mean(line.submission, self._digests)
        return f"no submission here has this name{f', {near}' if near else ''}; correct the name, or {_DELETE}"


def _remarked(row: Row, remarks: list[str]) -> Row:
    return replace(row, remark="; ".join(filter(None, [row.remark, *remarks])))


def _idle(result: Result, given: Iterable[str]) -> Iterator[str]:
    """Yield what was marked by hand although it is not needed now: what it requires did not pass, or is broken."""
    ended = {c.id: c.outcome.value.replace("_", " ") for c in result.criteria}
    for name in (name for name in given if ended.get(name) != Outcome.MARKED):
        yield f"marked by hand, which does not count now: {name} ({ended.get(name, 'not graded this time')})"


def _told(lines: list[ToMarkLine], what: str) -> str:
    """Return e.g. ``row 7, `2` for sums.proof.steps of ada: no submission here has this name``."""
    rows = listed(str(line.row) for line in lines)
    marks = listed(f"`{printable(line.marks.strip(), limit=40)}`" for line in lines)
    return f"{'row' if len(lines) == 1 else 'rows'} {rows}, {marks} for {_about(lines[0])}: {what}"


def _about(line: ToMarkLine) -> str:
    return f"{printable(line.criterion, limit=80)} of {printable(line.submission, limit=80)}"


def _marks(text: str, criterion: Criterion) -> Fraction:
    """Return marks as they were entered, with a point or a comma."""
    typed = text.strip().replace(",", ".", 1)
    marks = parse_signed(typed) if criterion.marks < 0 else parse_marks(typed)
    if marks > criterion.most:
        instead = f"; deducted marks are written with a minus, down to {decimal_text(criterion.marks)}"
        raise ValueError(
            f"is more than the {decimal_text(criterion.most)} that it is worth{instead * (criterion.marks < 0)}"
        )
    if marks < 0 and marks < criterion.marks:
        raise ValueError(f"deducts more than {decimal_text(criterion.marks)} allows")
    return marks
