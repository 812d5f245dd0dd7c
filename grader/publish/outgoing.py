"""What is published and what is not: each person's mark, and the reason if a platform does not get it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from grader.book.final_mark import FinalMark, Status
from grader.core.decimals import decimal_text
from grader.roster.people import Person


class Reason(StrEnum):
    """Why a mark is left out, as a sentence for staff."""

    TO_MARK = "a person has yet to mark something"
    UNDECIDED = "something could not be decided, which is not the student's fault"
    REFUSED = "what was handed in could not be graded"
    MISSING = "nothing was handed in"
    TOO_LATE = "what was handed in came too late to count"
    CONFLICT = "entries in the book contradict each other"
    SEEN = "students have seen another mark"
    NO_DECIMAL = "the mark is not a finite decimal"
    NOT_THERE = "the file has no row for this person"
    SEVERAL = "several rows, or several people, could be meant"
    NEGATIVE = "it is negative"
    TOO_MUCH = "it is above the maximum there"
    LOCKED = "the grade is locked there"
    CHANGED = "there is a grade that was not published from here"
    STALE = "the date of the grade there is in a language that the import cannot read"
    NOT_ASSIGNED = "it is not assigned to this person there"
    EXCUSED = "this person is excused there"


# These come of the state of the class, and nobody expects a mark yet.
OPEN = frozenset({Reason.TO_MARK, Reason.UNDECIDED, Reason.REFUSED, Reason.MISSING, Reason.TOO_LATE, Reason.CONFLICT})
# What to do about each, where that is not plain.
WHAT_TO_DO: Mapping[Reason, str] = {
    Reason.TO_MARK: "enter the marks in to_mark.csv and grade again",
    Reason.UNDECIDED: "see results/NAME.log",
    Reason.REFUSED: "ask for the work again, or enter marks",
    Reason.MISSING: "--zero-missing gives them 0",
    Reason.TOO_LATE: "--zero-missing gives them 0; `grader book choose` accepts a hand-in all the same",
    Reason.CONFLICT: "see `grader book`",
    Reason.SEEN: "--changed publishes the new one",
    Reason.NO_DECIMAL: "give the rubric a rule that rounds",
    Reason.NOT_THERE: "see whether they have left the course, or assign the hand-in to somebody else",
    Reason.SEVERAL: "say whose each is: `grader roster assign`, or the platform's number in roster.csv",
    Reason.NEGATIVE: "Moodle would skip it, because it has no negative marks: see `grader book adjust`",
    Reason.TOO_MUCH: "Moodle would skip it: raise the maximum grade there and download the worksheet again",
    Reason.LOCKED: "Moodle would skip it: unlock it in its gradebook and download the worksheet again",
    Reason.CHANGED: "--overwrite replaces it",
    Reason.STALE: "Moodle would skip it: tick “Allow updating records that have been modified more recently in Moodle”"
    " during the import and give --stale",
    Reason.NOT_ASSIGNED: "Canvas would skip it: assign it there and export the gradebook again",
    Reason.EXCUSED: "--overwrite replaces it",
}
OF_STATUS: Mapping[Status, Reason] = {
    Status.TO_MARK: Reason.TO_MARK,
    Status.UNDECIDED: Reason.UNDECIDED,
    Status.REFUSED: Reason.REFUSED,
    Status.MISSING: Reason.MISSING,
    Status.CONFLICT: Reason.CONFLICT,
}


@dataclass(frozen=True)
class Wishes:
    """Options of staff: each allows something that is otherwise left alone.

    `zero_missing` gives 0 to those who handed in nothing; `changed` publishes marks that differ from those that
    students have seen; `overwrite` replaces grades that were entered on the platform; `stale` writes those that Moodle
    skips unless a box is ticked during its import.
    """

    zero_missing: bool = False
    changed: bool = False
    overwrite: bool = False
    stale: bool = False


@dataclass(frozen=True)
class Student:
    """Somebody in the class with what they get: the roster's person, the final mark, and those published before.

    `accounts` are the platforms and what each calls the person in the export that their own work came in.
    """

    person: Person
    mark: FinalMark
    published: tuple[Fraction, ...] = ()
    accounts: frozenset[tuple[str, str]] = frozenset()

    @property
    def seen(self) -> Fraction | None:
        """The mark that was published last, which is what the student has seen."""
        return self.published[-1] if self.published else None

    @property
    def name(self) -> str:
        """The name if it is known; otherwise the id, without the number that a platform appends to a name."""
        return self.person.name or re.sub(r"_\d+$", "", self.person.id)

    @property
    def label(self) -> str:
        """The student's identity for staff: the name if it is known, and the id."""
        known = self.person.name and self.person.name != self.person.id
        return f"{self.person.name} ({self.person.id})" if known else self.person.id

    @property
    def total(self) -> str:
        """The mark as a decimal; "" if there is none, or it is not a finite decimal."""
        try:
            return "" if self.mark.total is None else decimal_text(self.mark.total)
        except ValueError:
            return ""


@dataclass(frozen=True)
class Left:
    """A mark that is left out, and why. `detail` says what was found there."""

    student: Student
    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class Sent:
    """A mark that is published: its text in the file, what is there now, and whether that differs."""

    student: Student
    text: str
    before: str = ""
    is_new: bool = True


@dataclass(frozen=True)
class Outgoing:
    """What becomes of a class: the marks that are published, those left out, and warnings about the file for staff.

    `others` are people who have a row in the file but are not known here.
    """

    sent: tuple[Sent, ...]
    left: tuple[Left, ...]
    warnings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def told(self) -> list[Student]:
        """Who may read feedback: not those whose mark is withheld."""
        return [*(one.student for one in self.sent), *(one.student for one in self.left if one.reason in OPEN)]

    @property
    def is_whole(self) -> bool:
        """Whether no mark of the class is left out."""
        return all(one.reason in OPEN for one in self.left)


def ready(students: Iterable[Student], wishes: Wishes) -> tuple[list[Student], list[Left]]:
    """Return who gets a mark now, and who does not because of the state of the class, on any platform."""
    found, left = list[Student](), list[Left]()
    for student in students:
        reason = _reason(student, wishes)
        if reason is None:
            found.append(student)
        else:
            left.append(Left(student, reason, _detail(student, reason)))
    return found, left


def _detail(student: Student, reason: Reason) -> str:
    if reason is Reason.SEEN and student.seen is not None:
        return f"{decimal_text(student.seen)}, now {student.total}"
    return " ".join(student.mark.rules) if reason is Reason.TOO_LATE else ""


def _reason(student: Student, wishes: Wishes) -> Reason | None:
    mark = student.mark
    zero = mark.status is Status.MISSING and wishes.zero_missing
    if mark.status is not Status.FINAL and not zero:
        return Reason.TOO_LATE if mark.came_too_late else OF_STATUS[mark.status]
    if not student.total:
        return Reason.NO_DECIMAL
    return Reason.SEEN if student.seen not in (None, mark.total) and not wishes.changed else None
