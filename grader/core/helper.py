"""Helper processes that parse strangers' files, and whose fault it is if one of them fails."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from grader.core.errors import GraderFault

# A helper's own limit on CPU time is far below this, so that only a problem of the machine can exceed it.
WAIT_SECONDS = 600.0


class UsedUp(Exception):
    """The file used up the helper's CPU time or memory, or crashed the decoder."""


def run_helper(command: Sequence[str], cpu_seconds: int, **how: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a helper that limits itself to `cpu_seconds` of CPU time; `how` is passed to `subprocess.run`.

    Raises UsedUp if it ended because of its own limits or a crash of its decoder, which is the input's fault, and
    GraderFault if it had no time to run or was killed by others.
    """
    before = _cpu_of_children()
    try:
        done = subprocess.run(command, capture_output=True, timeout=WAIT_SECONDS, check=False, **how)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise GraderFault("a process that parses files could not do its work", found=str(error)) from error
    killed = sys.platform != "win32" and done.returncode == -signal.SIGKILL
    if killed and _cpu_of_children() - before < 0.9 * cpu_seconds:
        raise GraderFault(
            "a process that parses files was killed from outside",
            found="SIGKILL, though its CPU time was not used up: by a person, or for lack of memory",
        )
    if done.returncode < 0:
        raise UsedUp
    return done


def _cpu_of_children() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
