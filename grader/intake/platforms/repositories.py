"""A folder of Git repositories: clones from GitHub Classroom (which has ended), Classroom 50, or anywhere else."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from grader.intake.platforms.upload import Listing, Platform, Upload

_OF_ASSIGNMENT = "-submissions"  # the ending that `gh classroom clone` gives the folder


def _listing(folder: Path) -> Listing | None:
    """Return whose the repositories in a folder are; None for a folder without any."""
    try:
        beside = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
        folders = [one for one in beside if one.is_dir()]
        repositories = [one.name for one in folders if (one / ".git").exists() and not _is_link(one)]
    except OSError:
        return None
    told = folder.name.removesuffix(_OF_ASSIGNMENT) + "-" if folder.name.endswith(_OF_ASSIGNMENT) else ""
    if 2 * len(folders) <= len(beside):
        return None
    if told and all(one.name.startswith(told) for one in folders):
        return Listing({one.name: _upload(one.name, one.name.removeprefix(told)) for one in folders})
    # One or two that students have packed with their .git are not a folder of clones.
    if 2 * len(repositories) <= len(beside):
        return None
    before = _common(repositories)
    return Listing({name: _upload(name, name.removeprefix(before)) for name in repositories})


def _is_link(path: Path) -> bool:
    return path.is_symlink() or (path / ".git").is_symlink()


def _upload(name: str, login: str) -> Upload:
    told = login if login != name else ""
    return Upload(name, platform="repositories", name=name, user=login, student=told)


def _common(names: list[str]) -> str:
    """Return the common beginning of all names of repositories, `hw1-` of `hw1-ada` and `hw1-ben`, or ""."""
    parts = zip(*(name.split("-")[:-1] for name in names), strict=False) if len(names) > 1 else ()
    return "".join(f"{same[0]}-" for same in takewhile(lambda several: len(set(several)) == 1, parts))


REPOSITORIES = Platform(
    key="repositories",
    title="Git repositories",
    export="a folder of clones: `ASSIGNMENT-submissions/ASSIGNMENT-LOGIN/` (GitHub Classroom, which ended in August "
    "2026), `CLASSROOM-ASSIGNMENT-LOGIN/` (Classroom 50), or any",
    who="the login at GitHub, behind what all names begin with",
    when="not told: the dates of commits are the student's to set",
    attempt="what is checked out",
    lacks="names, addresses, times, members of groups",
    known_by="github",
    listing=_listing,
)
