"""to_mark.csv and the book: entries in the list are recorded, and records from elsewhere are written to the list.

The book remembers which record each line showed when the list was last written. A line that says something else has
been typed since, and replaces that record and no later one: where somebody has recorded another mark meanwhile, the
two are a conflict, and the list shows the valid one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from grader.book.history import Book, BookRecord, Conflict, RecordKind, Slot, is_forgotten
from grader.cohort.class_folder import ClassFolder
from grader.core.decimals import decimal_text
from grader.core.files import locked, write_whole
from grader.course.rubric.model import Rubric
from grader.handmarking.entries import EnteredMarks
from grader.handmarking.to_mark import ToMarkLine, as_bytes, content_of, lines_in


def take_entries(book: Book, root: Path, rubric: Rubric, who: str) -> list[Conflict]:
    """Record what was entered in to_mark.csv, and write to it what was recorded elsewhere; return the conflicts.

    Raises UsageError if the list cannot be read, or contains marks that cannot be given.
    """
    path = ClassFolder(root).to_mark
    if not path.exists():
        return []
    with locked(root):
        before = content_of(path)
        lines = lines_in(before, path)
        results = book.current(RecordKind.RESULT)
        works = {slot.submission: slot.about for slot in results if not is_forgotten(slot.submission)}
        entered = EnteredMarks(rubric, lines, works)
        entered.demand_readable(path)
        conflicts = book.add([*_typed(book, entered, lines, who)])
        current = book.current(RecordKind.MARK)
        after = [_shown(line, current) for line in lines]
        if after == lines or write_whole(path, as_bytes(after), unless=lambda: content_of(path) != before):
            shown = {(line.submission, line.criterion) for line in lines}
            book.list_marks([one for slot, one in current.items() if (slot.submission, slot.about) in shown])
    return conflicts


def _typed(book: Book, entered: EnteredMarks, lines: list[ToMarkLine], who: str) -> list[BookRecord]:
    """Return the entries of the list that are new since it was last written."""
    listed = book.listed_marks()
    records = []
    for submission, given in entered.given.items():
        for criterion, (mark, work) in given.items():
            seen = listed.get(Slot(RecordKind.MARK, submission=submission, about=criterion))
            value = {"marks": decimal_text(mark.marks), "work": work}
            if seen is None or (seen.value.get("marks"), seen.why) != (value["marks"], mark.remark):
                number = seen.number if seen else 0
                records.append(BookRecord(RecordKind.MARK, value, who, "", submission, criterion, mark.remark, number))
    emptied = {(line.submission, line.criterion) for line in lines if not line.is_entered}
    for slot, seen in listed.items():
        if (slot.submission, slot.about) in emptied and seen.value:
            records.append(BookRecord(RecordKind.MARK, {}, who, "", slot.submission, slot.about, replaces=seen.number))
    return records


def _shown(line: ToMarkLine, current: Mapping[Slot, BookRecord]) -> ToMarkLine:
    """Return a line with what the book has for it; what the book does not know stays as it was entered."""
    record = current.get(Slot(RecordKind.MARK, submission=line.submission, about=line.criterion))
    if record is None or not record.value:
        return line if record is None else replace(line, marks="", remark="")
    if _same(line, record):
        return line
    return replace(line, marks=record.value["marks"], remark=record.why)


def _same(line: ToMarkLine, record: BookRecord) -> bool:
    return line.marks.strip().replace(",", ".") == record.value["marks"] and line.remark == record.why
