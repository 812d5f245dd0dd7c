"""What dask's workers are told to do: describe themselves, take a course, open stations, grade.

These functions are found on a worker by their names, and take and return bytes, text and numbers. Each thread of a
worker has a station of its own (`grader.cluster.station`).
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import platform
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grader
from grader.cluster.course_copy import CourseCopy
from grader.core.files import remove_whole
from grader.course.folder import Course
from grader.results.result import Provenance
from grader.sandbox.affinity import has_cpu_quota

GRACE_SECONDS = 10.0
SOURCE, HOST = "source of gradproof", "host"


def describe() -> dict[str, str]:
    """Return what marks depend on, of this machine and what is installed here."""
    of = Provenance.of(rubric_sha256="", suites_sha256="", submission_sha256="")
    marks = of.model_dump(exclude={"rubric_sha256", "suites_sha256", "submission_sha256"})
    return {**marks, SOURCE: _source(), HOST: platform.node()}


@cache
def _source() -> str:
    """Return a digest of the grader's own source: two states of it may have one version."""
    folder = Path(grader.__path__[0])
    files = sorted(path for path in folder.rglob("*.py"))
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:12]


def has_course(digest: str) -> bool:
    """Tell whether this worker has a copy of a course already."""
    return _folder(digest).is_dir()


def take_course(digest: str, data: bytes, assignment: str) -> list[str]:
    """Lay out a copy of a course; return the SHA-256 of the assignment's rubric and suites as they are there."""
    whole = _folder(digest)
    if not whole.is_dir():
        unfinished = whole.with_name(f"{whole.name}.writing")
        remove_whole(unfinished)
        CourseCopy(digest, data).lay_out(unfinished)
        unfinished.rename(whole)
    course = Course.find(whole)
    rubric = course.rubric(assignment)
    return [course.rubric_sha256(rubric), course.suites_sha256(rubric)]


def _folder(digest: str) -> Path:
    from distributed import get_worker

    # Of dask's own: it goes with the worker, also where that is killed and another one is started.
    local = Path(get_worker().local_directory).absolute()
    if os.geteuid() == 0:
        local.chmod(0o711)  # started as root, a confined process has a user id of its own
    return local / f"gradproof-course-{digest[:16]}"


@dataclass(frozen=True)
class _StationSpec:
    """What a station is opened with; `cpu` spreads those of a machine over its CPUs, if they can be told apart."""

    order: bytes
    course: Path
    cpu: int | None


class _Station:
    """This end of a station."""

    def __init__(self, spec: _StationSpec) -> None:
        self._spec = spec
        self._start()

    def _start(self) -> None:
        spec = self._spec
        self._connection, theirs = multiprocessing.Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "grader.cluster.station", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            )  # fmt: skip
        cpu = "" if spec.cpu is None else str(spec.cpu)
        with suppress(OSError):  # if it has died, the answer says so
            for part in (spec.order, os.fsencode(spec.course), cpu.encode()):
                self._connection.send_bytes(part)

    def heard(self) -> bytes:
        """Return the next answer; that of a fault where the station has died."""
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            self._ended()
            died = f"the station that graded died (exit code {self._process.returncode})"
            return json.dumps({"fault": died}).encode()

    def asked(self, request: bytes) -> bytes:
        """Return the answer to a request; of a station that has ended meanwhile, that of another one in its place."""
        if self._process.poll() is not None:
            self._start()
            if json.loads(opened := self.heard()):
                return opened
        with suppress(OSError):  # it is heard of below
            self._connection.send_bytes(request)
        return self.heard()

    def end(self) -> None:
        """Tell the process to end, and to take down what it has begun; nobody waits for that."""
        self._process.terminate()

    def _ended(self) -> None:
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        self._process.kill()
        self._process.wait()


_STATIONS: dict[tuple[str, int], _Station] = {}


def open_station(run: str, number: int, order: bytes, course_digest: str) -> bytes:
    """Open a station of a run; return the answer to its trial: empty, or the error that keeps it from grading."""
    cpu = None if has_cpu_quota() else number
    station = _STATIONS[run, number] = _Station(_StationSpec(order, _folder(course_digest), cpu))
    if json.loads(opened := station.heard()):
        station.end()
    return opened


def grade(run: str, number: int, request: bytes) -> bytes:
    """Return the answer to an attempt at a submission."""
    return _STATIONS[run, number].asked(request)


def end_run(run: str) -> None:
    """End all stations of a run, whatever they are at."""
    for key in [key for key in _STATIONS if key[0] == run]:
        _STATIONS.pop(key).end()
