"""An inbox looked through before anything is graded: what can be graded, whose it is, what stands twice."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import GraderFault, SubmissionError
from grader.submission.discover import Entry, discover, in_one_line
from grader.submission.identify import Author, author, tops
from grader.submission.stage import Joined, Place, Staged, stage
from grader.submission.together import together
from grader.worker.versions import first_version


@dataclass(frozen=True)
class HandIn:
    """One thing in an inbox: what staging found of it (None with a `problem`), whose it is, what is odd.

    `fault` tells that the problem is the grader's own, `sheet_of` which roll number its answer sheet gives, if any.
    `remarks` tell that it is misnamed, that its student handed in more, or that others handed in the same.
    """

    name: str
    path: Place
    staged: Staged | None
    problem: str
    student: str
    fault: bool = False
    remarks: tuple[str, ...] = ()
    sheet_of: str = ""


# Which roll number the answer sheet gives in a hand-in that lies staged in a folder; empty where none does.
ReadRoll = Callable[[Path, Staged], str]


def survey(
    inbox: Path, pattern: str | None, also: Collection[str] = (), read_roll: ReadRoll = lambda folder, staged: ""
) -> list[HandIn]:
    """Return all that an inbox holds, hidden files left out, in order.

    `pattern` is how the rubric wants hand-ins to be named, `also` the names (globs) of files that
    are work beside sources. `read_roll` tells the roll number on an answer sheet.
    Raises UsageError for what is no inbox.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        entries = together(discover(inbox, also), pattern, also)
        found = [_hand_in(entry, inbox, Path(folder), pattern, also, read_roll) for entry in entries]
    for key, said in ((_student, "same student as"), (_contents, "same contents as"), (_version, "a version of")):
        found = _with_twins(found, key, said)
    return [_with_owners(hand_in, found) for hand_in in found]


def _hand_in(
    entry: Entry | Joined, inbox: Path, scratch: Path, pattern: str | None, also: Collection[str], read_roll: ReadRoll
) -> HandIn:
    staged, fault, sheet_of = None, False, ""
    place, problem = (entry, "") if isinstance(entry, Joined) else (entry.path, entry.problem or "")
    if not problem:
        try:
            staged = stage(place, scratch, also)
            sheet_of = read_roll(scratch, staged)
        except SubmissionError as error:
            problem = in_one_line(error)
        except GraderFault as error:  # it must not keep the others from being graded
            problem, fault = f"the grader failed, which is not the student's fault: {in_one_line(error)}", True
    whose = author_of(place if isinstance(place, Joined) else place.relative_to(inbox), staged, pattern)
    odd = ("misnamed: its name has no roll number in the form that the rubric asks for",) if whose.misnamed else ()
    return HandIn(entry.name, place, staged, problem, whose.student, fault, () if problem else odd, sheet_of)


def author_of(place: Place, staged: Staged | None, pattern: str | None) -> Author:
    """Return whose work it is that lies at a place in the inbox, by its path there, and what is staged of it."""
    around = [path.name for path in place.paths] if isinstance(place, Joined) else [*reversed(place.parts)]
    return author([*around, *(tops(staged.sources) if staged else ())], pattern)


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


def _with_owners(hand_in: HandIn, found: list[HandIn]) -> HandIn:
    """Add the names of those that have the same student's answer sheet and are another's, or nobody's known."""
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
    # Where a student is known, that says more.
    return (first_version(hand_in.name) or hand_in.name) if hand_in.staged and not hand_in.student else None
