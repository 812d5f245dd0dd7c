"""The table of platforms: every known kind of export, and what all of them say about one folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from grader.intake.platforms.canvas import CANVAS
from grader.intake.platforms.gradescope import GRADESCOPE
from grader.intake.platforms.moodle import MOODLE
from grader.intake.platforms.repositories import REPOSITORIES
from grader.intake.platforms.upload import Listing, NameForm, Platform, Upload

# What no platform has made: its facts come from a list that somebody wrote, or from the names alone.
LISTED = Platform(
    key="listed",
    title="Google Drive, and whatever else, with a list",
    export="a folder or archive of any names, and a table `file,student[,time]` (`--list FILE`)",
    who="as the table says; several rows for one file are a group",
    when="as the table says",
    attempt="as the names say: `hw (1).py` follows `hw.py`",
    lacks="everything that the table does not say",
)
BY_HAND = Platform(
    key="",
    title="By hand",
    export="a folder or archive with a file, folder or archive for each hand-in",
    who="the rubric's pattern (`submissions.name`); with a roster, an id in the name",
    when="not told",
    attempt="as the names say: `hw (1).py` follows `hw.py`",
    lacks="everything but names",
)
PLATFORMS: tuple[Platform, ...] = (MOODLE, CANVAS, GRADESCOPE, REPOSITORIES, LISTED, BY_HAND)


def platform(key: str) -> Platform:
    """Return a platform by its key."""
    return next(one for one in PLATFORMS if one.key == key)


def upload(name: str) -> Upload | None:
    """Return what the name of an entry directly in an export says about its upload, or None."""
    return next(iter(_readings(name)), None)


def listing(folder: Path, names: Iterable[str]) -> Listing:
    """Return what is known about the entries of an export: from a file of the platform's, else from their names.

    If a student named a file in another platform's form, the platform with the most matching names counts.
    """
    by_file = (one.listing(folder) for one in PLATFORMS if one.listing)
    said = next((told for told in by_file if told is not None), Listing({}))
    everything = list(names)
    readings = {name: found for name in everything if (found := _readings(name))}
    usual = Counter(one.platform for found in readings.values() for one in found)
    uploads = {name: max(found, key=lambda one: usual[one.platform]) for name, found in readings.items()}
    for one in (one for one in PLATFORMS if 2 * usual[one.key] > len(everything)):
        more = {name: _read(one.among_its_own, one.key, name) for name in everything if name not in uploads}
        uploads |= {name: told for name, told in more.items() if told is not None}
    return Listing({**uploads, **said.uploads}, said.own)


def _readings(name: str) -> list[Upload]:
    """Return the meanings of a name in the forms of each platform, at most one for each."""
    of_each = (_read(one.forms, one.key, name) for one in PLATFORMS)
    return [told for told in of_each if told is not None]


def _read(forms: Iterable[NameForm], platform: str, name: str) -> Upload | None:
    return next(filter(None, (form.read(name, platform) for form in forms)), None)


def looks_like_one(folder: Path, names: Iterable[str]) -> bool:
    """Return whether a folder is a platform's export, judging by a file of the platform's or by a name in it."""
    return bool(listing(folder, names).uploads)


def of_several_accounts(names: Sequence[str]) -> bool:
    """Return whether most of these names are in one platform's form, for at least two accounts."""
    told = [one for name in names for one in _readings(name)]
    return any(
        2 * len(own) > len(names) and len({one.account for one in own}) > 1
        for own in ([one for one in told if one.platform == each.key] for each in PLATFORMS)
    )


def facts() -> list[Mapping[str, str]]:
    """Return the rows of the table in docs/platforms.md."""
    return [
        {"Platform": one.title, "Export": one.export, "Who": one.who, "When": one.when, "Attempt": one.attempt,
         "Not there": one.lacks}
        for one in PLATFORMS
    ]  # fmt: skip
