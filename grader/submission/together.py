"""What belongs together in an inbox: everything that one student handed in is one hand-in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from grader.submission.discover import Entry, shortened, unique
from grader.submission.identify import roll_number, upload
from grader.submission.names import clean_name, is_archive, is_called, is_source, stem
from grader.submission.stage import Joined


def together(entries: Sequence[Entry], pattern: str | None, also: Collection[str] = ()) -> list[Entry | Joined]:
    """Return the entries of an inbox, those of one student joined, in the order of the first of each.

    Joined are what a learning platform names as one student's (attachments, a folder of files and one of text), and
    a file that is not a submission by itself, or one of the names `also`, with the work that is called as it is but
    for the ending. What the rubric's `pattern` takes for two students' stays apart.
    """
    groups = _by_account(entries, pattern)
    groups += _companions([entry for entry in entries if not any(entry in group for group in groups)], also)
    taken = {entry.name for entry in entries}
    joined = {group[0].path: _joined(group, taken) for group in groups}
    inner = {entry.path for group in groups for entry in group[1:]}
    return [joined.get(entry.path, entry) for entry in entries if entry.path not in inner]


def _by_account(entries: Sequence[Entry], pattern: str | None) -> list[list[Entry]]:
    groups: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for entry in entries:
        if one := upload(entry.path.name):
            groups[one.account].append((one.number, entry))
    found = [[entry for _, entry in sorted(group, key=lambda one: (one[0], one[1].name))] for group in groups.values()]
    return [group for group in found if len(group) > 1 and len(_rolls(group, pattern)) <= 1]


def _rolls(group: Sequence[Entry], pattern: str | None) -> set[str]:
    return {roll for entry in group if (roll := roll_number([entry.path.name], pattern))}


def _companions(entries: Sequence[Entry], also: Collection[str]) -> list[list[Entry]]:
    """Return each work that lies directly in the inbox with the other files of its name."""
    works, others = defaultdict[str, list[Entry]](list), defaultdict[str, list[Entry]](list)
    for entry in entries:
        name = entry.path.name
        is_file = entry.path.is_file() and not entry.path.is_symlink()
        if is_file and not is_source(name) and not is_archive(name) and (entry.problem or is_called(name, also)):
            others[PurePosixPath(name).stem].append(entry)
        elif not entry.problem:
            works[stem(name)].append(entry)
    return [[*works[name], *found] for name, found in others.items() if len(works.get(name, ())) == 1]


def _joined(group: Sequence[Entry], taken: set[str]) -> Joined:
    paths = tuple(entry.path for entry in group)
    told = [upload(path.name) for path in paths]
    account = next((one.account for one in told if one), "")
    name = unique(shortened(clean_name(account)), taken) if account else group[0].name
    taken.add(name)
    called = tuple((one.called if one else "") or path.name for one, path in zip(told, paths, strict=True))
    return Joined(name, paths, called)
