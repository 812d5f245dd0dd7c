"""Examines an inbox before anything is graded: what can be graded, whose it is, what occurs twice."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.core.errors import GraderFault, SubmissionError
from grader.core.text import clean_name
from grader.intake.discover import InboxEntry, discover, in_one_line, unique
from grader.intake.export import Export
from grader.intake.identify import Author, author, roll_number, tops
from grader.intake.owners import Clue, HandInOwner, Owners
from grader.intake.platforms.upload import Upload
from grader.intake.remembered import Memory, Seen
from grader.intake.stage import Joined, Place, Staged, stage
from grader.intake.together import together
from grader.roster.people import Roster
from grader.worker.reading.versions import first_version


@dataclass(frozen=True)
class HandIn:
    """One entry of an inbox: what staging found in it (None with a `problem`), whose it is, what is odd.

    `fault` means that the problem is the grader's own; `sheet_of` is the roll number on its answer sheet, if any.
    `remarks` say that it is misnamed, that its student handed in more, or that others handed in the same. `upload` is
    what a learning platform says about it, `owner` the people on the roster who own it; `student` is their ids, else
    what a name shows. `export` is the number of the export that contains it, and `again` the places of the same hand-in
    in later ones.
    """

    name: str
    path: Place
    staged: Staged | None
    problem: str
    student: str
    fault: bool = False
    remarks: tuple[str, ...] = ()
    sheet_of: str = ""
    upload: Upload | None = None
    owner: HandInOwner = field(default_factory=HandInOwner)
    export: int = 0
    again: tuple[Place, ...] = ()


# Returns the roll number on the answer sheet in a staged hand-in; empty if there is none.
ReadRoll = Callable[[Path, Staged], str]


@dataclass(frozen=True)
class Wanted:
    """What is looked for in hand-ins.

    `pattern` is how the rubric wants them to be named, `also` the names (globs) of files that are work besides sources.
    `read_roll` finds the roll number on an answer sheet, `owners` says who is in the class, `memory` what earlier runs
    found in files that have not changed since.
    """

    pattern: str | None = None
    also: Collection[str] = ()
    read_roll: ReadRoll = lambda folder, staged: ""
    owners: Owners = field(default_factory=Owners)
    memory: Memory = field(default_factory=Memory)


def survey(exports: Sequence[Export], wanted: Wanted) -> list[HandIn]:
    """Return everything in the exports, the oldest export first, in order, without hidden files.

    What a later export contains unchanged is one hand-in with the earlier. Raises UsageError for what is not an inbox.
    """
    found: list[HandIn] = []
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        for number, export in enumerate(exports):
            entries = together(
                discover(export.folder, wanted.also, export.own), export.uploads, wanted.pattern, wanted.also
            )
            found += [_hand_in(entry, export, number, Path(folder), wanted) for entry in entries]
    found = _with_people(_apart(_once(found)), wanted)
    for key, said in ((_student, "same student as"), (_contents, "same contents as"), (_version, "a version of")):
        found = _with_twins(found, key, said)
    return [_with_owners(hand_in, found) for hand_in in found]


def _hand_in(entry: InboxEntry | Joined, export: Export, number: int, scratch: Path, wanted: Wanted) -> HandIn:
    place, problem = (entry, "") if isinstance(entry, Joined) else (entry.path, entry.problem or "")
    fault, seen = False, Seen(problem=problem)
    if not problem:
        try:
            seen = wanted.memory.of(place, lambda: _look(place, scratch, wanted))
        except GraderFault as error:  # it must not keep the others from being graded
            told = f"the grader failed, which is not the student's fault: {in_one_line(error)}"
            fault, seen = True, Seen(problem=told)
    first = place.paths[0] if isinstance(place, Joined) else place
    upload = export.uploads.get(first.name)
    return HandIn(
        entry.name, place, seen.staged, seen.problem, "", fault, sheet_of=seen.sheet_of, upload=upload, export=number
    )


def _look(place: Place, scratch: Path, wanted: Wanted) -> Seen:
    """Return the contents of a hand-in, or why it is none."""
    try:
        staged = stage(place, scratch, wanted.also)
        return Seen(staged, sheet_of=wanted.read_roll(scratch, staged))
    except SubmissionError as error:
        return Seen(problem=in_one_line(error))


def _once(found: list[HandIn]) -> list[HandIn]:
    """Return the hand-ins, with unchanged ones of later exports added to the earlier one.

    Returning to what was handed in at first is handing in once more.
    """
    kept: list[HandIn] = []
    latest: dict[tuple[str, ...], int] = {}
    for one in found:
        at = latest.get(_called(one))
        if at is not None and kept[at].export < one.export and _is_same(kept[at], one):
            kept[at] = replace(kept[at], again=(*kept[at].again, one.path))
        else:
            latest[_called(one)] = len(kept)
            kept.append(one)
    return kept


def _is_same(before: HandIn, one: HandIn) -> bool:
    what = [(each.staged.digest if each.staged else "", each.problem) for each in (before, one)]
    return what[0] == what[1] and not one.fault


def _called(one: HandIn) -> tuple[str, ...]:
    """Return what a hand-in is called in its export, where names are unique."""
    return tuple(path.name for path in (one.path.paths if isinstance(one.path, Joined) else (one.path,)))


def _apart(found: list[HandIn]) -> list[HandIn]:
    """Return the hand-ins under unique names: two exports may give two things the same name."""
    taken: set[str] = set()
    named = []
    for one in found:
        name = unique(one.name, taken)
        taken.add(name)
        named.append(replace(one, name=name))
    return named


def _with_people(found: list[HandIn], wanted: Wanted) -> list[HandIn]:
    """Add whose each hand-in is, and a remark if it is misnamed or belongs to nobody on the roster."""
    clues = [_clue(one, wanted.pattern) for one in found]
    owners = wanted.owners.of(clues)
    named = []
    for one, clue, owner in zip(found, clues, owners, strict=True):
        whose = _author(clue, wanted.pattern)
        odd = ["misnamed: its name has no roll number in the form that the rubric asks for"] if whose.misnamed else []
        if owner.why and not owner.people:
            odd.append(f"on no roster: {owner.why}" if len(wanted.owners.roster) else owner.why)
        elif owner.people:
            odd = [f"{owner.why}: is it {owner.people[0]}'s?"] if owner.why else []
        student = "; ".join(owner.people) or _nobodys(clue, whose, owner, wanted.owners.roster)
        named.append(replace(one, student=student, owner=owner, remarks=() if one.problem else tuple(odd)))
    return named


def _clue(one: HandIn, pattern: str | None) -> Clue:
    names = _names_of(one)
    return Clue(one.name, one.upload, names, roll_number(names, pattern))


def _nobodys(clue: Clue, whose: Author, owner: HandInOwner, roster: Roster) -> str:
    """Return what tables call the student of a hand-in with an unknown owner: nobody who is on the roster.

    What names show counts unless it is in doubt; otherwise the platform's account does.
    """
    told = whose.student if len(roster) or not owner.why else ""
    account = clean_name(clue.upload.account) if clue.upload else ""
    return next((one for one in (told, account) if one and not roster.by_id(one)), "")


def _author(clue: Clue, pattern: str | None) -> Author:
    return author(clue.names, pattern, clue.upload.student if clue.upload else "")


def author_of(place: Path, staged: Staged | None, pattern: str | None) -> Author:
    """Return whose work is at a place in the inbox, by its path there and by the names in its copy."""
    return author([*reversed(place.parts), *(tops(staged.sources) if staged else ())], pattern)


def _names_of(one: HandIn) -> list[str]:
    return [*_called(one), *(tops(one.staged.sources) if one.staged else ())]


def _with_twins(found: list[HandIn], key: Callable[[HandIn], str | None], said: str) -> list[HandIn]:
    """Add to each hand-in the names of those that have the same key."""
    groups: dict[str, list[str]] = defaultdict(list)
    keys = {hand_in.name: key(hand_in) for hand_in in found}
    for name, value in keys.items():
        if value:
            groups[value].append(name)
    told = []
    for hand_in in found:
        twins = [name for name in groups.get(keys[hand_in.name] or "", ()) if name != hand_in.name]
        told.append(_with_remark(hand_in, said, twins))
    return told


def _with_owners(hand_in: HandIn, found: Iterable[HandIn]) -> HandIn:
    """Add the names of those with the same student's answer sheet that belong to others or to nobody known."""
    others = [one for one in found if one.sheet_of == hand_in.sheet_of and one is not hand_in] * bool(hand_in.sheet_of)
    theirs = [one.name for one in others if not one.student or one.student != hand_in.student]
    return _with_remark(hand_in, f"it holds the answer sheet of {hand_in.sheet_of}, as does", theirs)


def _with_remark(hand_in: HandIn, said: str, names: list[str]) -> HandIn:
    remark = f"{said} {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
    return replace(hand_in, remarks=(*hand_in.remarks, remark)) if names else hand_in


def _student(hand_in: HandIn) -> str | None:
    return hand_in.student.casefold() if hand_in.staged else None


def _contents(hand_in: HandIn) -> str | None:
    return hand_in.staged.contents if hand_in.staged else None


def _version(hand_in: HandIn) -> str | None:
    # If a student is known, that is more informative.
    return (first_version(hand_in.name) or hand_in.name) if hand_in.staged and not hand_in.student else None
