"""The warm process: imports what is allowed once, then forks a confined worker on request.

No student code ever runs in it. Over its control channel (a SEQPACKET socket on descriptor 0) it receives JSON
requests, and answers each with one JSON reply: ``fork`` (with the worker's end of its own channel), ``usage`` of a
worker (CPU seconds, bytes and files on disk) and ``end`` (kill and reap it, and clear its folder). A worker that writes
too much while nobody asks about it is stopped until somebody asks. What cannot be done because the machine lacks
something is answered by ``{"fault": words}``.
"""

from __future__ import annotations

import array
import contextlib
import gc
import json
import os
import resource
import signal
import socket
import sys
import time
from typing import Any

from ..confine import landlock, removal, scratch, seccomp
from ..confine.confine import Confinement, can_become, confine
from ..confine.resources import address_space_in_use
from ..running import failure
from ..running.importing import lay_out
from ..running.serve import Server
from ..wire.codec import READY
from .preload import preload, seed, settle
from .rehearsal import rehearse, rehearse_drawing, rehearse_models

COUNTED_FILES = 2_000
WATCH_SECONDS = 0.05
# How long a worker that has closed its channel may take to exit.
WAIT_SECONDS = 2.0


class Zygote:
    """Forks workers; knows each one's scratch folder by its pid."""

    def __init__(self, control: socket.socket, setting: dict[str, Any]) -> None:
        self._control = control
        self._scratch: str = setting["scratch"]
        self._home = os.environ["HOME"]
        self._reads_past_modes: bool = setting["reads_past_modes"]
        self._watched: tuple[int, int, int] | None = None  # a worker, and how many bytes and files it may write
        self._clean = False
        # Determined here once, because each fork would copy the pages that it needs.
        self._used_bytes = address_space_in_use()
        self._server = Server(3, 3, self._home)
        seccomp.prepared()
        writable = [self._scratch, "/dev/null"] if setting["writes"] else ["/dev/null"]
        self._rules = landlock.ruleset([*setting["readable"], "/dev/urandom"], writable, setting["landlock"])

    def run(self) -> None:
        """Answer requests until the parent closes the control channel."""
        while True:
            self._control.settimeout(None if self._watched is None else WATCH_SECONDS)
            try:
                message, ancillary, _, _ = self._control.recvmsg(65_536, socket.CMSG_SPACE(4))
            except TimeoutError:
                self._look()
                continue
            if not message:
                return
            request = json.loads(message)
            descriptors = array.array("i")
            for _, _, data in ancillary:
                descriptors.frombytes(data)
            try:
                answer = getattr(self, f"_{request.pop('do')}")(*descriptors, **request)
            except OSError as error:
                answer = {"fault": repr(error)}
            self._control.send(json.dumps(answer).encode())

    def _look(self) -> None:
        """Stop the worker if it writes too much while nobody asks about it; the next query reveals the reason."""
        assert self._watched is not None
        pid, most_bytes, most_files = self._watched
        size, files = removal.measure(self._scratch, COUNTED_FILES)
        if size > most_bytes or files > most_files:
            os.kill(pid, signal.SIGSTOP)
            self._watched = None

    def _fork(
        self, descriptor: int, variables: dict[str, str], disk_bytes: int, files: int, **limits: Any
    ) -> dict[str, Any]:
        if not self._clean:
            self._clear()
        self._clean = False
        confinement = Confinement(**limits, reads_past_modes=self._reads_past_modes, used_bytes=self._used_bytes)
        resources = confinement.resources()  # before the fork, because whatever a worker touches first is a page copied
        pid = os.fork()
        if pid == 0:
            if variables:
                os.environ.update(variables)
            self._become_worker(descriptor, confinement, resources)
        os.close(descriptor)
        self._watched = pid, disk_bytes, files
        return {"pid": pid}

    def _become_worker(self, descriptor: int, limits: Confinement, resources: list[tuple[int, int]]) -> None:
        try:
            os.dup2(descriptor, 3)
            os.dup2(0, 2)  # output of C code must not fill a pipe that nobody reads
            rules = os.dup2(self._rules, 4)
            os.closerange(rules + 1, 1 << 12)
            os.chdir(self._home)
            confine(limits, resources, rules)
            os.write(3, READY)
        except BaseException as error:
            os.write(3, f"\0{error!r}".encode())
            os._exit(1)
        self._server.serve()
        os._exit(0)

    def _usage(self, pid: int) -> dict[str, Any]:
        cpu = 0.0
        with contextlib.suppress(OSError):
            cpu = time.clock_gettime((~pid << 3) | 2)  # the process's CPU clock, see clock_getcpuclockid(3)
        size, files = removal.measure(self._scratch, COUNTED_FILES)
        return {"cpu": cpu, "disk": size, "files": files}

    def _end(self, pid: int, kill: bool) -> dict[str, Any]:
        """Reap a worker, killing it first if requested or if it does not exit by itself; remove what it wrote."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not kill and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(0.001)
            kill = time.monotonic() >= deadline
        if kill:
            os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
        if self._watched is not None and self._watched[0] == pid:
            self._watched = None
        memory = max(0, used.ru_maxrss - resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024
        with contextlib.suppress(OSError):  # the next fork tries again, and reports it
            self._clear()
        cpu = used.ru_utime + used.ru_stime
        return {"status": os.waitstatus_to_exitcode(status), "cpu": cpu, "memory": memory, "killed": kill}

    def _clear(self) -> None:
        """Empty the workers' folder, which the next one must not see, and whose disk space others need."""
        with contextlib.suppress(OSError):
            os.rmdir(self._home)  # most leave it empty
        removal.empty(self._scratch)
        os.mkdir(self._home)
        os.chmod(self._home, 0o777)
        self._clean = True


def main(setting: dict[str, Any]) -> None:
    """Become the warm process that `setting` describes; returns when the parent is gone."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us cleanly
    sys.path[:] = setting["path"]
    home = os.path.join(setting["scratch"], "home")  # of one worker after the other, and of what is imported here
    os.environ.update(HOME=home, TMPDIR=home, MPLCONFIGDIR=home)
    private = can_become(setting["user"], setting["reads_past_modes"])
    setting["writes"] = setting["in_room"] or scratch.bound(
        setting["scratch"], setting["disk_bytes"], keeps_uid=not (setting["user"] and private)
    )
    if not setting["writes"]:
        failure.nothing_can_be_written_to(home)
    os.mkdir(home)
    failed = preload(setting["preload"])
    settle()
    rehearse(setting["scratch"])
    if "matplotlib" in setting["preload"]:
        rehearse_drawing()
    if "torch" in sys.modules:
        rehearse_models()
    seed()
    lay_out()
    gc.collect()
    gc.freeze()  # what is shared with forked workers stays shared
    zygote = Zygote(control, setting)
    told = {"ready": not failed, "failed": failed, "private": private, "writes": setting["writes"]}
    control.send(json.dumps(told).encode())
    zygote.run()
