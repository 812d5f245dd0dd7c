"""Workers without a lock, for machines that have none: a fresh interpreter for each, nothing confined.

Only what `--isolation process` asks for by name. Resource limits hold where the system has them.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO

from grader import memory_limit
from grader.errors import GraderFault
from grader.jail.folder import JobFolder
from grader.jail.limits import MEBI, Limits
from grader.jail.owner import Ended, Used
from grader.jail.packages import PackageSet
from grader.jail.scheduler import Scheduling, scheduling
from grader.jail.warm import START_SECONDS, environment
from grader.worker.wire import READY

# How long a worker that has closed its channel may take to end by itself.
WAIT_SECONDS = 2.0


class SpawnedWorker:
    """A worker in an interpreter of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        _await_ready(process)
        self._cpu_before = self._cpu()  # what the imports took is not the submission's
        self.channel, far = socket.socketpair()
        far.sendall(READY)
        # Threads carry the bytes, because a pipe cannot be waited for with a time limit on Windows.
        with far:
            for carry in (_from_socket, _from_pipe):
                threading.Thread(target=carry, args=(process, far.dup()), daemon=True).start()

    def receive(self, most: int) -> bytes:
        """Return what it sent."""
        return self.channel.recv(most)

    def usage(self) -> tuple[Used, Scheduling | None]:
        """Return its CPU seconds where the system tells them; disk use and threads are not watched."""
        return Used(self._cpu() - self._cpu_before, 0, 0), scheduling(self._process.pid)

    def _cpu(self) -> float:
        try:
            return time.clock_gettime((~self._process.pid << 3) | 2)
        except (OSError, AttributeError):
            return 0.0

    def end(self, *, kill: bool) -> Ended:
        """Wait for its end, or bring it about."""
        cpu = self._cpu() - self._cpu_before
        self.channel.close()
        if kill:
            self._process.kill()
        try:
            self._process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            kill = True
            self._process.kill()
            self._process.wait()
        return Ended(self._process.returncode, cpu, killed=kill)


def spawn(
    folder: JobFolder, packages: PackageSet, limits: Limits, *, plain: bool, variables: Mapping[str, str]
) -> SpawnedWorker:
    """Start a worker in a new interpreter, with these environment variables besides."""
    home, links = folder.scratch(), folder.packages(packages.entries)
    setting = {
        "home": str(home),
        "preload": list(packages.imports),
        "memory_bytes": limits.memory_mb * MEBI,
        # Not how many threads: all that the user runs would count.
        "limits": {
            "CPU": limits.worker_cpu_seconds,
            "FSIZE": limits.file_mb * MEBI,
            "NOFILE": limits.open_files,
            "CORE": 0,
        },
    }
    words = [
        sys.executable,
        "-s",
        "-S",
        "-P",
        "-B",
        "-X",
        "utf8",
        "-c",
        folder.boot("alone", links),
    ]
    own = {name: value for name, value in os.environ.items() if name.upper() == "SYSTEMROOT"}
    with memory_limit.unlimited():
        process = subprocess.Popen(
            [*words, json.dumps(setting)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env={**own, **environment(plain=plain), **variables}, cwd=home,
        )  # fmt: skip
    return SpawnedWorker(process)


def _await_ready(process: subprocess.Popen[bytes]) -> None:
    """Wait until the worker has imported its packages."""
    patience = threading.Timer(START_SECONDS, process.kill)
    patience.start()
    said = _pipe(process.stdout).read(len(READY))
    patience.cancel()
    if said != READY:
        process.kill()
        raise GraderFault("a worker's process cannot import what the question allows")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both were asked for with PIPE
    return stream


def _from_socket(process: subprocess.Popen[bytes], far: socket.socket) -> None:
    with far, contextlib.suppress(OSError), _pipe(process.stdin) as stdin:
        while part := far.recv(1 << 16):
            stdin.write(part)


def _from_pipe(process: subprocess.Popen[bytes], far: socket.socket) -> None:
    with far, contextlib.suppress(OSError):
        with contextlib.suppress(OSError), _pipe(process.stdout) as stdout:
            while part := stdout.read(1 << 16):
                far.sendall(part)
        far.shutdown(socket.SHUT_RDWR)
