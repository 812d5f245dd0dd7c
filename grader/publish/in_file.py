"""A class and a platform's own file: whose row is which, and what to do about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from grader.publish.matching import Identifiers, Matches, label_of
from grader.publish.outgoing import Left, Outgoing, Reason, Sent, Student, Wishes, ready

# What to do about a student whose row is at a line.
Decide = Callable[[Student, int], Sent | Left]


def decided(
    students: Sequence[Student],
    matches: Matches,
    people: Mapping[int, Identifiers],
    wishes: Wishes,
    decide: Decide,
    warnings: Sequence[str],
) -> Outgoing:
    """Return what is published: what `decide` says about those who get a mark now and have a row."""
    now, left = ready(students, wishes)
    sent = list[Sent]()
    for student in now:
        line = matches.lines.get(student.person.id)
        if line is None:
            left.append(Left(student, Reason.SEVERAL if student in matches.several else Reason.NOT_THERE))
        elif isinstance(one := decide(student, line), Sent):
            sent.append(one)
        else:
            left.append(one)
    others = tuple(label_of(people[line]) for line in matches.others)
    return Outgoing(tuple(sent), tuple(left), tuple(warnings), others)
