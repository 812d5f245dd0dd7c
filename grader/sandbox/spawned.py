"""Workers without a lock, for machines that have none: a fresh interpreter for each, nothing is confined.

Only used if `--isolation process` is chosen explicitly. Resource limits apply if the system has them.
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

from grader.core import memory_limit
from grader.core.errors import GraderFault
from grader.sandbox.folder import JobFolder
from grader.sandbox.limits import MEBI, Limits
from grader.sandbox.owner import Ended, Used
from grader.sandbox.packages import PackageSet
from grader.sandbox.scheduler import Scheduling, scheduling
from grader.sandbox.warm import START_SECONDS, environment
from grader.worker.wire.codec import READY

# How long a worker that has closed its channel may take to exit.
WAIT_SECONDS = 2.0


class SpawnedWorker:
    """A worker in an interpreter of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        _await_ready(process)
        self._cpu_before = self._cpu()  # what the imports used is not the submission's
        self.channel, far = socket.socketpair()
        far.sendall(READY)
        # Threads carry the bytes, because waiting for a pipe with a time limit is not possible on Windows.
        with far:
            for carry in (_from_socket, _from_pipe):
                threading.Thread(target=carry, args=(process, far.dup()), daemon=True).start()

    def receive(self, most: int) -> bytes:
        """Return what it sent."""
        return self.channel.recv(most)

    def usage(self) -> tuple[Used, Scheduling | None]:
        """Return its CPU seconds if the system reports them; disk use and threads are not watched."""
        return Used(self._cpu() - self._cpu_before, 0, 0), scheduling(self._process.pid)

    def _cpu(self) -> float:
        try:
            return time.clock_gettime((~self._process.pid << 3) | 2)
        except (OSError, AttributeError):
            return 0.0

    def end(self, *, kill: bool) -> Ended:
        """Wait for its end, or end it."""
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
        # The number of threads is not limited: everything that the user runs would count.
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
        folder.boot("forking.alone", links),
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
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    said = _pipe(process.stdout).read(len(READY))
    timer.cancel()
    if said != READY:
        process.kill()
        raise GraderFault("a worker's process cannot import what the question allows")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both were opened with PIPE
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
