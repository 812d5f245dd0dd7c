"""Decisions of staff about a person, checked against roster, rubric and hand-ins, and recorded with who and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.book.history import Book, BookRecord, Conflict, RecordKind, Slot
from grader.book.marks import BookedClass, open_book
from grader.core.decimals import decimal_text, parse_signed
from grader.core.errors import UsageError
from grader.core.moments import demand_moment
from grader.core.text import did_you_mean, listed, printable
from grader.course.rubric.model import Criterion
from grader.roster.written import read_roster


@dataclass(frozen=True)
class Decider:
    """Somebody who decides, with the open book of a class folder."""

    book: Book
    known: BookedClass
    people: frozenset[str]
    who: str

    @classmethod
    def of(cls, root: Path, who: str) -> Decider:
        """Return a decider for a class folder. Raises UsageError if it has no book."""
        book, roster = open_book(root), read_roster(root)
        known = BookedClass(book, roster)
        return cls(book, known, frozenset(known.people), who)

    def override(self, person: str, criterion: str, marks: str | None, why: str) -> list[Conflict]:
        """Record marks of a person for a criterion, whatever was found; None withdraws an earlier override."""
        asked = self._criterion(criterion)
        value = {} if marks is None else {"marks": self._within(marks, asked)}
        return self._add(RecordKind.OVERRIDE, value, why, person=self.person(person), about=asked.id)

    def adjust(self, person: str, label: str, marks: str | None, why: str) -> list[Conflict]:
        """Record marks to add to a person's total, or to deduct, under a label that the person reads."""
        value = {} if marks is None else {"marks": decimal_text(_number(marks))}
        if not label.strip():
            raise UsageError("an adjustment needs a label that the student reads", expected="e.g. `Oral exam`")
        return self._add(RecordKind.ADJUSTMENT, value, why, person=self.person(person), about=label.strip())

    def extend(self, person: str, until: str | None, why: str) -> list[Conflict]:
        """Record a later deadline for a person; None withdraws it."""
        value = {} if until is None else {"until": demand_moment(until).isoformat()}
        return self._add(RecordKind.EXTENSION, value, why, person=self.person(person))

    def idle_extension(self, person: str, until: str) -> str:
        """Return why a later deadline would change nothing, or "" if it may change something."""
        one, policy = self.person(person), self.known.rubric.policy
        deadline = self.known.deadline_of(one)
        if deadline is None:
            return "This changes nothing: the assignment has no deadline."
        if policy is None or policy.late is None:
            return "This changes nothing: the rubric has no rule for late work."
        if demand_moment(until) <= deadline:
            return f"This changes nothing: {one} has time until {deadline.isoformat()} anyway."
        return ""

    def choose(self, person: str, submission: str | None, why: str) -> list[Conflict]:
        """Record which hand-in of a person counts; None returns to the rule."""
        one = self.person(person)
        value = {} if submission is None else {"work": self._work(one, submission)}
        return self._add(RecordKind.CHOICE, value, why, person=one)

    def mark(self, submission: str, criterion: str, marks: str | None, why: str) -> list[Conflict]:
        """Record the marks of a hand-in for a criterion that a person marks; the next run shows them in to_mark.csv."""
        asked = self._criterion(criterion)
        if not asked.manual and marks is not None:
            instead = "use `grader book override` to give other marks than the checks do"
            raise UsageError("this criterion is not one that a person marks", found=asked.id, todo=instead)
        work = self.known.work_of(submission)
        if work is None:
            todo = self._theirs(submission) or did_you_mean(submission, self.known.submissions)
            raise UsageError("no hand-in has this name", found=printable(submission), todo=todo)
        value = {} if marks is None else {"marks": self._within(marks, asked), "work": work}
        return self._add(RecordKind.MARK, value, why, submission=submission, about=asked.id)

    def _add(
        self, kind: RecordKind, value: Mapping[str, Any], why: str, person: str = "", submission: str = "",
        about: str = "",
    ) -> list[Conflict]:  # fmt: skip
        if not why.strip() and kind is not RecordKind.MARK:
            raise UsageError("a decision needs a reason", todo="give it with --why")
        seen = self.book.current(kind).get(Slot(kind, person, submission, about))
        number = seen.number if seen else 0
        return self.book.add([BookRecord(kind, value, self.who, person, submission, about, why.strip(), number)])

    def person(self, text: str) -> str:
        """Return the id of the person who is meant. Raises UsageError if nobody or several could be."""
        if text in self.people:
            return text
        meant = self.known.roster.find(text)
        if meant is not None:
            return meant.id
        todo = did_you_mean(text, self.people) or "see who there is with `grader book show DIR`"
        raise UsageError("nobody on the roster or in the book has this name", found=printable(text), todo=todo)

    def _theirs(self, text: str) -> str | None:
        """Return which hand-ins to name instead of a person; None if nobody is meant, or there are none."""
        known = self.known.roster.find(text)
        names = {one.submission for one in self.known.attempts_of(known.id if known else text)}
        return f"name a hand-in of this person: {listed(f'`{name}`' for name in sorted(names))}" if names else None

    def _criterion(self, name: str) -> Criterion:
        criteria = {criterion.id: criterion for criterion in self.known.rubric.criteria}
        if name not in criteria:
            todo = did_you_mean(name, criteria) or f"one of {', '.join(criteria)}"
            raise UsageError("the rubric has no such criterion", found=printable(name), todo=todo)
        return criteria[name]

    def _within(self, marks: str, criterion: Criterion) -> str:
        given, least = _number(marks), min(criterion.marks, Fraction())
        if not least <= given <= criterion.most:
            expected = f"from {decimal_text(least)} to {decimal_text(criterion.most)}"
            raise UsageError(
                f"these marks cannot be given for {criterion.id}", found=printable(marks), expected=expected
            )
        return decimal_text(given)

    def _work(self, person: str, submission: str) -> str:
        attempts = {one.submission: one.digest for one in self.known.attempts_of(person)}
        by_digest = {one.digest[:12]: one.digest for one in self.known.attempts_of(person) if one.digest}
        if submission in by_digest:
            return by_digest[submission]
        if submission not in attempts:
            expected = f"one of {', '.join(attempts)}" if attempts else "somebody who has handed in"
            raise UsageError(f"{person} has no such hand-in", found=printable(submission), expected=expected)
        return attempts[submission]


def _number(text: str) -> Fraction:
    try:
        return parse_signed(text.strip().removeprefix("+").replace(",", ".", 1))
    except ValueError as error:
        raise UsageError("these are not marks", found=printable(text), expected="a number such as 2 or −0.5") from error
