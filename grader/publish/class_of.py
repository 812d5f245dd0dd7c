"""The class in a folder, as it is published: everybody with their mark, and what they have seen of it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from grader.book.marks import final_marks, open_book
from grader.cohort.class_folder import ClassFolder
from grader.publish.outgoing import Student
from grader.publish.published import published
from grader.roster.assigned import read_assigned
from grader.roster.attempts import read_attempts
from grader.roster.people import Person
from grader.roster.written import read_roster


def students_in(folder: Path) -> list[Student]:
    """Return everybody who is on the roster or has handed in. Raises UsageError where no class was graded."""
    roster, before = read_roster(folder), published(open_book(folder))
    accounts = defaultdict[str, set[tuple[str, str]]](set)
    assigned = read_assigned(folder, roster)
    for one in read_attempts(folder):
        # An account of a group is nobody's own, and what staff have assigned may have come by anybody's.
        if one.platform and len(one.people) == 1 and not one.group and one.submission not in assigned:
            accounts[one.people[0]].add((one.platform, one.account))
    return [
        Student(
            roster.by_id(mark.person) or Person(mark.person), mark, before.get(mark.person, ()),
            frozenset(accounts[mark.person]),
        )
        for mark in final_marks(folder)
    ]  # fmt: skip


def pictures_of(folder: Path) -> dict[tuple[str, str], Path]:
    """Return the folder with what checks kept of each submission, by its name and the SHA-256 of the work."""
    known = ClassFolder(folder)
    files = [path.stem for path in known.results.glob("*.json") if known.kept(path.stem).is_dir()]
    read = {name: result for name in files if (result := known.read_result(name))}
    return {(one.submission, one.provenance.submission_sha256): known.kept(name) for name, one in read.items()}
