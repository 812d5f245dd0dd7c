"""A warm process and the workers forked from it, as the trusted side sees them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from grader.checks.asking.channel import plainest
from grader.core import memory_limit
from grader.core.errors import GraderFault, MissingPackage
from grader.sandbox import cgroup, outer
from grader.sandbox.folder import JobFolder
from grader.sandbox.limits import MEBI, Limits
from grader.sandbox.owner import Ended, Used
from grader.sandbox.packages import PackageSet, interpreter, library_path, shared_libraries, standard_library
from grader.sandbox.scheduler import Scheduling, scheduling

# Importing torch takes five seconds on an idle machine, and several jobs may start at once.
START_SECONDS = 300.0
ANSWER_SECONDS = 30.0
# The time zone, and what determines torch's choice of instructions: the processor and its features.
PLAIN_FILES = (Path("/etc/localtime"), Path("/proc/cpuinfo"))
CREDENTIALS = struct.Struct("=iII")  # the number of a process, its user, its group: unix(7)


class WorkerProcess(Protocol):
    """A running worker."""

    channel: socket.socket

    def receive(self, most: int) -> bytes:
        """Return at most `most` bytes of what it sent; b"" once it has closed its channel."""

    def usage(self) -> tuple[Used, Scheduling | None]:
        """Return what it has used so far, and what the scheduler reports, if it does."""

    def end(self, *, kill: bool) -> Ended:
        """Wait for its end, or end it."""


class WarmProcess:
    """A process that has imported a package set and forks confined workers from itself.

    `in_room` puts it into a bubblewrap room of its own; each worker always has the inner lock. A `plain` one uses only
    the most basic instructions. `writes` says whether workers may write files: if nothing limits them, they may not.
    """

    def __init__(
        self, folder: JobFolder, packages: PackageSet, *, in_room: bool, limits: Limits, plain: bool = False
    ) -> None:
        from grader.worker.confine import landlock  # only Linux can import this, and also `confine`
        from grader.worker.confine.confine import private_user

        self._scratch = folder.scratch()
        self._group = cgroup.group(limits.memory_mb * MEBI, limits.threads)
        links = folder.packages(packages.entries)
        own = [links, folder.staging, folder.sample, folder.code]
        readable = [*standard_library(), *shared_libraries(), *packages.entries]
        passed = [*map(Path, library_path()[1:]), *packages.entries, folder.root]
        setting = {
            "path": [*library_path(), str(links)],
            "preload": list(packages.imports),
            "scratch": str(self._scratch),
            "disk_bytes": limits.disk_mb * MEBI,
            "in_room": in_room,
            "landlock": landlock.version(),
            "readable": [str(path) for path in [*readable, links, *own[1:3], *PLAIN_FILES]],
            "user": private_user(),
            "reads_past_modes": not in_room and not _readable_by_all(passed),
        }
        words = [interpreter(), "-s", "-S", "-P", "-B", "-X", "utf8"]
        words += ["-c", folder.boot("forking.boot", links), json.dumps(setting)]
        if in_room:
            words = [*_room(packages, own, self._scratch, limits.disk_mb), *words]
        self._control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far, memory_limit.unlimited():
            self._process = subprocess.Popen(
                words,
                stdin=far.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment(plain=plain),
                cwd="/",
                start_new_session=True,
            )
        try:
            self._be_grouped()
            self._user = private_user if self._demand_ready() else lambda: 0
            if not (in_room or self._user() or (abi := landlock.version()) >= landlock.KEEPS_FILES):
                raise GraderFault(
                    "a worker could empty files of this user",
                    found=f"Landlock version {abi}; from {landlock.KEEPS_FILES} (Linux 6.2) on a worker cannot",
                )
        except BaseException:
            self.close()
            raise

    def _be_grouped(self) -> None:
        """Join the control group, if there is one; do without if that fails."""
        if self._group is not None:
            with contextlib.suppress(OSError):
                self._group.take(self._process.pid)

    def has_outgrown(self) -> bool:
        """Return whether the kernel has killed a worker for lack of memory in its own group, since the last call."""
        return self._group is not None and self._group.has_killed()

    def _demand_ready(self) -> bool:
        """Return whether workers get a user of their own. Raises MissingPackage for what cannot be imported."""
        hello = self._receive(START_SECONDS)
        if not hello["ready"]:
            raise MissingPackage(
                "packages that a question allows cannot be imported here",
                found="; ".join(f"{name}: {said}" for name, said in hello["failed"].items()),
                todo=f"pip install --force-reinstall {' '.join(hello['failed'])}",
            )
        self.writes = bool(hello["writes"])
        return bool(hello["private"])

    def fork(self, limits: Limits, variables: Mapping[str, str] | None = None) -> ForkedWorker:
        """Return a new worker, confined, with nothing loaded, and with these additional environment variables."""
        near, far = socket.socketpair()
        with far:
            # With the first byte, the kernel then reports the worker's process number on this side, in a room or not.
            near.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            request = {
                "do": "fork",
                "memory_bytes": limits.memory_mb * MEBI,
                "cpu_seconds": limits.worker_cpu_seconds,
                "file_bytes": limits.file_mb * MEBI,
                "open_files": limits.open_files,
                "threads": limits.threads,
                "disk_bytes": limits.disk_mb * MEBI,
                "files": limits.files,
                "user": self._user(),
                "variables": dict(variables or {}),
            }
            try:
                return ForkedWorker(self, near, self._forked(request, far))
            except GraderFault:
                near.close()
                raise

    def _forked(self, request: dict[str, Any], channel: socket.socket) -> int:
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], [channel.fileno()])
        except OSError as error:
            raise self._died() from error
        return int(self._receive(ANSWER_SECONDS)["pid"])

    def ask(self, do: str, **arguments: Any) -> Any:
        """Send one request and return its answer."""
        try:
            self._control.send(json.dumps({"do": do, **arguments}).encode())
        except OSError as error:
            raise self._died() from error
        return self._receive(ANSWER_SECONDS)

    def close(self) -> None:
        """End the warm process; its workers die with it."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._group is not None:
            self._group.close()
        if self._process.stderr:
            self._process.stderr.close()

    def _receive(self, seconds: float) -> Any:
        self._control.settimeout(seconds)
        try:
            message = self._control.recv(65_536)
        except OSError as error:
            raise self._died() from error
        if not message:
            raise self._died()
        answer = json.loads(message)
        if "fault" in answer:
            raise GraderFault("the warm process that workers are forked from has an error", found=answer["fault"])
        return answer

    def _died(self) -> GraderFault:
        self.close_input()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        said = b""
        if self._process.poll() is not None and self._process.stderr:
            said = self._process.stderr.read(4_000)
        return GraderFault(
            "the warm process that workers are forked from has ended or does not answer",
            found=said.decode(errors="replace").strip() or f"exit status {self._process.returncode}",
            todo="run `grader doctor`; it tries the jail step by step",
        )

    def close_input(self) -> None:
        """Shut the control channel, which ends the warm process cleanly."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)


class ForkedWorker:
    """A worker forked from a warm process."""

    def __init__(self, warm: WarmProcess, channel: socket.socket, pid: int) -> None:
        self.channel = channel
        self._warm = warm
        self._pid = pid
        self._pid_here: int | None = None

    def receive(self, most: int) -> bytes:
        """Return what it sent; the first part includes the number of its process."""
        if self._pid_here is not None:
            return self.channel.recv(most)
        part, ancillary, _, _ = self.channel.recvmsg(most, socket.CMSG_SPACE(CREDENTIALS.size))
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                self._pid_here = CREDENTIALS.unpack(data)[0]
                self.channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        return part

    def usage(self) -> tuple[Used, Scheduling | None]:
        """Return what it has used so far."""
        told = scheduling(self._pid_here) if self._pid_here else None
        return Used(**self._warm.ask("usage", pid=self._pid), threads=told.threads if told else 0), told

    def end(self, *, kill: bool) -> Ended:
        """Close the channel and wait for the worker's end, or end it."""
        if not kill:  # otherwise a worker that is about to be killed would wake up first, to exit by itself
            self.channel.close()
        try:
            ended = Ended(**self._warm.ask("end", pid=self._pid, kill=kill))
            return replace(ended, beyond_memory=self._warm.has_outgrown()) if ended.status < 0 and not kill else ended
        finally:
            self.channel.close()


def _room(packages: PackageSet, own: list[Path], scratch: Path, disk_mb: int) -> list[str]:
    program = outer.bubblewrap()
    if program is None:
        raise GraderFault("the outer room was chosen, but bubblewrap is not installed", todo="run `grader doctor`")
    libraries = {Path(path) for path in library_path()[1:]}
    folders = {path for path in libraries if not any(other in path.parents for other in libraries)}
    executable = Path(interpreter())
    readable = [*sorted(folders), *shared_libraries(), *packages.entries, executable, *PLAIN_FILES]
    return outer.command(program, [p for p in readable if p.exists()], own, scratch, disk_mb * MEBI)


def environment(*, plain: bool = False) -> dict[str, str]:
    """Return the environment variables of a process that will run student code, with `plain` instructions or not."""
    # Nothing from staff's environment is passed on; a fixed hash seed gives sets the same order every time.
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    return {"PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **threads,
            **(plainest() if plain else {})}  # fmt: skip


def _readable_by_all(paths: list[Path]) -> bool:
    """Return whether everybody can pass through each folder on the way to what a worker reads."""
    return all(parent.stat().st_mode & 0o001 for path in paths for parent in path.resolve().parents)
