"""The final marks of a class: what follows from its book, its roster and the rubric in the book."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from grader.book.attempts import BookedAttempt, HandMark
from grader.book.database import has_book
from grader.book.feedback import closing_text, feedback_text
from grader.book.final_mark import FinalMark
from grader.book.history import Book, BookRecord, Conflict, RecordKind, Slot, is_forgotten, slot_of
from grader.book.settling import Decisions, Scheme, settle
from grader.cohort.class_run import read_class_run
from grader.core.decimals import decimal_text
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.course.rubric.model import Rubric
from grader.roster.people import Roster
from grader.roster.written import read_roster


def open_book(root: Path) -> Book:
    """Return the book of a class folder. Raises UsageError if nothing was graded into it."""
    run = read_class_run(root)
    if run is None or not has_book(root):
        found = "no book" if run else "no run"
        todo = "grade a class into it with `grader batch … --out DIR`"
        raise UsageError("this folder does not contain the results of a class", where=root, found=found, todo=todo)
    return Book.at(root, run.assignment)


def final_marks(root: Path, *, feedback: bool = True) -> list[FinalMark]:
    """Return the final marks of everybody on the roster and everybody who handed in, sorted by id.

    Without `feedback` its text is omitted, which takes longer than everything else for a large class.
    Raises UsageError if there is no book.
    """
    marks = BookedClass(open_book(root), read_roster(root))
    found = marks.final()
    if not feedback:
        return found
    return [
        replace(one, feedback=feedback_text(root, one, marks.file_of(one)), closing=closing_text(one)) for one in found
    ]


class BookedClass:
    """A class as it is in its book at one moment."""

    def __init__(self, book: Book, roster: Roster, more: Iterable[BookRecord] = ()) -> None:
        """Read the book, as if it had some `more` records. Raises UsageError if nothing was recorded in it."""
        self._assignment, self.roster = book.assignment, roster
        current = book.current() | {slot_of(record): record for record in more}
        rubric = current.get(Slot(RecordKind.RUBRIC))
        if rubric is None:
            raise UsageError("nothing is recorded in this book", todo="run `grader batch` again, which records it")
        self.rubric = Rubric.model_validate(json.loads(rubric.value["rubric"]))
        self._scheme = Scheme(self.rubric)
        self._by_person = defaultdict[str, list[BookRecord]](list)
        self._results: dict[tuple[str, str], BookRecord] = {}
        self._marks = defaultdict[str, dict[str, HandMark]](dict)
        for record in (one for one in current.values() if one.value):
            if record.kind is RecordKind.RESULT:
                self._results[record.submission, record.about] = record
            elif record.kind is RecordKind.MARK:
                self._marks[record.submission][record.about] = HandMark(_fraction(record.value["marks"]), record.why)
            elif record.person:
                self._by_person[record.person].append(record)
        self._conflicts = book.conflicts()
        self._marked_before = self._marks_of_earlier_works(book)

    def final(self) -> list[FinalMark]:
        """Return everybody's final mark, sorted by id."""
        return [self.final_of(person) for person in self.people]

    @property
    def people(self) -> list[str]:
        """The ids of everybody on the roster and of everybody about whom something is recorded, sorted.

        People whose data were deleted are not included.
        """
        recorded = {person for person in self._by_person if not is_forgotten(person)}
        return sorted({person.id for person in self.roster} | recorded)

    @property
    def submissions(self) -> list[str]:
        """The names of all hand-ins."""
        return list(dict.fromkeys(name for name, _ in self._results))

    def work_of(self, submission: str) -> str | None:
        """Return the SHA-256 of the work that was last handed in under a name; None for an unknown name."""
        return next((work for name, work in reversed(self._results) if name == submission), None)

    def final_of(self, person: str) -> FinalMark:
        """Return the final mark of one person."""
        attempts = self.attempts_of(person)
        return settle(self._scheme, person, attempts, self._decisions(person, attempts))

    def attempts_of(self, person: str) -> list[BookedAttempt]:
        """Return what a person has handed in."""
        hand_ins = (one for one in self._by_person.get(person, ()) if one.kind is RecordKind.HAND_IN)
        return [self._attempt(one) for one in hand_ins]

    def deadline_of(self, person: str) -> datetime | None:
        """Return a person's deadline by rubric and roster; None if there is no deadline."""
        everybodys, known = self.rubric.submissions.deadline, self.roster.by_id(person)
        return known.deadline(self._assignment, everybodys) if everybodys and known else everybodys

    def file_of(self, mark: FinalMark) -> str:
        """Return the SHA-256 of the result document from which a mark follows, "" for none."""
        result = self._results.get((mark.submission, mark.work))
        return str(result.value.get("file", "")) if result else ""

    def _marks_of_earlier_works(self, book: Book) -> dict[tuple[str, str], dict[str, HandMark]]:
        """Return what was entered for works that another of the same name has followed, by name and SHA-256.

        The latest work of a name has the marks that are valid now, including those entered for an earlier one.
        """
        followed = {(name, work) for name, work in self._results if work and work != self.work_of(name)}
        found: dict[tuple[str, str], dict[str, HandMark]] = {about: {} for about in followed}
        for one in book.history() if followed else ():
            about = (one.submission, one.value.get("work", ""))
            if one.kind is RecordKind.MARK and about in found:
                found[about][one.about] = HandMark(_fraction(one.value["marks"]), one.why)
        return found

    def _attempt(self, record: BookRecord) -> BookedAttempt:
        result = self._results.get((record.submission, record.about))
        found = None
        if result is not None and "criteria" in result.value:
            ended: Mapping[str, tuple[str, str]] = result.value["criteria"]
            found = {name: (Outcome(outcome), _fraction(marks)) for name, (outcome, marks) in ended.items()}
        time, since = record.value.get("time"), record.value.get("since")
        latest = self._marks.get(record.submission, {})
        return BookedAttempt(
            record.submission,
            record.about,
            datetime.fromisoformat(time) if time else None,
            record.value.get("late"),
            record.value.get("number"),
            datetime.fromisoformat(since) if since else record.at,
            found,
            self._marked_before.get((record.submission, record.about), latest),
            result.why if result else "",
            record.value.get("people", 1),
            bool(result is not None and result.value.get("fault")),
        )

    def _decisions(self, person: str, attempts: Iterable[BookedAttempt]) -> Decisions:
        records = self._by_person.get(person, ())
        of = {kind: [one for one in records if one.kind is kind] for kind in RecordKind}
        given = {
            kind: {one.about: HandMark(Fraction(one.value["marks"]), one.why) for one in of[kind]}
            for kind in (RecordKind.OVERRIDE, RecordKind.ADJUSTMENT)
        }
        chosen = next((str(one.value["work"]) for one in of[RecordKind.CHOICE]), "")
        everybodys, deadline = self.rubric.submissions.deadline, self.deadline_of(person)
        if deadline is not None:
            granted = (datetime.fromisoformat(one.value["until"]) for one in of[RecordKind.EXTENSION])
            deadline = max([deadline, *granted])
        names = {one.submission for one in attempts}
        told = tuple(
            contradiction_words(one) for one in self._conflicts
            if one.wanted.person == person or (one.wanted.submission in names and one.wanted.kind is RecordKind.MARK)
        )  # fmt: skip
        return Decisions(
            given[RecordKind.OVERRIDE], given[RecordKind.ADJUSTMENT], chosen, deadline, deadline != everybodys, told
        )


@functools.cache  # a class has few different marks, many times each
def _fraction(text: str) -> Fraction:
    return Fraction(text)


def contradiction_words(conflict: Conflict) -> str:
    """Return e.g. ``For sums.proof ada has entered 1 and bob 2, neither knowing of the other: …``."""
    wanted, holds = conflict.wanted, conflict.holds
    what = wanted.about or wanted.kind.value.replace("_", " ")
    return (
        f"For {what} {holds.who} has entered {_said(holds)} and {wanted.who} {_said(wanted)}, without knowing of the "
        "other: enter the right marks again."
    )


def _said(record: BookRecord) -> str:
    value = record.value.get("marks", record.value.get("until", record.value.get("work", "nothing")))
    return decimal_text(Fraction(value)) if "marks" in record.value else str(value)
