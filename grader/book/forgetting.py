"""Deletes a person's data: names and texts in the book, the row on the roster, the files of their hand-ins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from grader.book.deciding import Decider
from grader.book.history import RecordKind
from grader.book.recording import document
from grader.book.regrading import STAGING
from grader.cohort.class_folder import ClassFolder
from grader.core.file_names import file_names
from grader.core.files import locked, remove_whole
from grader.handmarking.mark_list import backup_of, take_out
from grader.handmarking.matching import matched
from grader.handmarking.to_mark import ToMarkLine
from grader.roster.assigned import assigned_file, read_assigned, write_assigned
from grader.roster.people import Roster
from grader.roster.written import read_roster, roster_file, write_roster

_LEFT = (
    "Not deleted: the inbox, and data on platforms. The tables still contain the person until the next "
    "`grader batch`: remove the hand-in from the inbox first."
)


def forget_person(root: Path, text: str, *, sure: bool) -> Iterator[str]:
    """Delete what identifies a person, and yield what was deleted, or what would be, unless `sure`.

    Marks and who gave them are kept, under a number, as are files of a hand-in that others share. All files that were
    written for platforms are deleted: `grader publish` generates them again.
    """
    decider = Decider.of(root, "")
    person = decider.person(text)
    attempts = decider.known.attempts_of(person)
    results = decider.book.current(RecordKind.RESULT)
    files = file_names(decider.known.submissions)
    with locked(root):
        alone = decider.book.forget(person, sure=False)
        kept = [
            document(root, str(record.value["file"]))
            for slot, record in results.items()
            if slot.submission in alone and "file" in record.value
        ]
        done = "" if sure else "would be "
        yield f"{person}: {len(attempts)} hand-ins, of which {len(alone)} {done}emptied with their files"
        if sure:
            _take_out_of_lists(root, decider, alone)  # first: a list that cannot be read must not stop it half-way
            _take_out_of_assigned(root, person, alone)
            for path in (*kept, root / STAGING):
                remove_whole(path)
            for name in alone:
                ClassFolder(root).forget(files[name])
            remove_whole(ClassFolder(root).published)
            if roster_file(root).exists():
                write_roster(root, Roster(tuple(one for one in read_roster(root) if one.id != person)))
            decider.book.forget(person)  # last: without the book nothing shows which files are the person's
    yield _LEFT if sure else "Nothing was changed; add --yes to do it."


def _take_out_of_lists(root: Path, decider: Decider, submissions: Collection[str]) -> None:
    """Remove the lines about some hand-ins from to_mark.csv and from its backup."""
    criteria = [criterion.id for criterion in decider.known.rubric.criteria]
    works = {name: decider.known.work_of(name) or "" for name in decider.known.submissions}

    def theirs(lines: Sequence[ToMarkLine]) -> set[ToMarkLine]:
        about = matched(lines, criteria, works).about
        named = {line for line in lines if line.submission in submissions}
        return named.union(*(same for (name, _), same in about.items() if name in submissions))

    path = ClassFolder(root).to_mark
    for one in (path, backup_of(path)):
        take_out(one, theirs)


def _take_out_of_assigned(root: Path, person: str, submissions: Collection[str]) -> None:
    """Remove a person, and what only they have handed in, from assigned.csv: nobody could be meant by it any more."""
    if not assigned_file(root).exists():
        return
    assigned = read_assigned(root, read_roster(root))
    others = {name: tuple(one for one in people if one != person) for name, people in assigned.items()}
    write_assigned(root, {name: people for name, people in others.items() if people and name not in submissions})
