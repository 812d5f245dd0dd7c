"""What belongs together in an inbox: everything that one student handed in is one hand-in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from grader.core.text import clean_name
from grader.intake.discover import InboxEntry, shortened, unique
from grader.intake.identify import roll_number
from grader.intake.names import is_archive, is_called, is_source, stem
from grader.intake.platforms.upload import Upload
from grader.intake.stage import Joined


def together(
    entries: Sequence[InboxEntry], uploads: Mapping[str, Upload], pattern: str | None, also: Collection[str] = ()
) -> list[InboxEntry | Joined]:
    """Return the entries of an inbox, those of one student joined, in the order of the first of each.

    `uploads` contains what a learning platform says about entries of the inbox, by their names. It joins what the
    platform marks as one student's (attachments, a folder of files and one of text), and a file that is not a
    submission by itself, or has a name in `also`, with the work that has the same name except for the suffix. What the
    rubric's `pattern` attributes to two students stays separate.
    """
    groups = _by_account(entries, uploads, pattern)
    groups += _companions([entry for entry in entries if not any(entry in group for group in groups)], also)
    taken = {entry.name for entry in entries}
    joined = {group[0].path: _joined(group, uploads, taken) for group in groups}
    inner = {entry.path for group in groups for entry in group[1:]}
    return [joined.get(entry.path, entry) for entry in entries if entry.path not in inner]


def _by_account(
    entries: Sequence[InboxEntry], uploads: Mapping[str, Upload], pattern: str | None
) -> list[list[InboxEntry]]:
    groups: dict[str, list[tuple[int, InboxEntry]]] = defaultdict(list)
    for entry in entries:
        if one := uploads.get(entry.path.name):
            groups[one.account].append((one.number, entry))
    found = [[entry for _, entry in sorted(group, key=lambda one: (one[0], one[1].name))] for group in groups.values()]
    return [group for group in found if len(group) > 1 and len(_rolls(group, pattern)) <= 1]


def _rolls(group: Sequence[InboxEntry], pattern: str | None) -> set[str]:
    return {roll for entry in group if (roll := roll_number([entry.path.name], pattern))}


def _companions(entries: Sequence[InboxEntry], also: Collection[str]) -> list[list[InboxEntry]]:
    """Return each work that is directly in the inbox with the other files of its name."""
    works, others = defaultdict[str, list[InboxEntry]](list), defaultdict[str, list[InboxEntry]](list)
    for entry in entries:
        name = entry.path.name
        is_file = entry.path.is_file() and not entry.path.is_symlink()
        if is_file and not is_source(name) and not is_archive(name) and (entry.problem or is_called(name, also)):
            others[PurePosixPath(name).stem].append(entry)
        elif not entry.problem:
            works[stem(name)].append(entry)
    return [[*works[name], *found] for name, found in others.items() if len(works.get(name, ())) == 1]


def _joined(group: Sequence[InboxEntry], uploads: Mapping[str, Upload], taken: set[str]) -> Joined:
    paths = tuple(entry.path for entry in group)
    told = [uploads.get(path.name) for path in paths]
    account = next((one.account for one in told if one), "")
    name = unique(shortened(clean_name(account)), taken) if account else group[0].name
    taken.add(name)
    called = tuple((one.called if one else "") or path.name for one, path in zip(told, paths, strict=True))
    return Joined(name, paths, called)
