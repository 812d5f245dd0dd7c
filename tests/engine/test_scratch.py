"""What workers write is bounded in every mode; where it cannot be, they write nothing, and nobody loses marks."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.checks.asking.channel import StudentStopped
from grader.course.question_spec import QuestionSpec
from grader.sandbox.jailed import JailedQuestion
from grader.sandbox.limits import MEBI, Budget, Limits
from grader.sandbox.probe import lacking
from grader.sandbox.sandbox import Jail
from grader.worker.confine.scratch import SMALL, is_small

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WRITES = """
import os, threading

def room():
    told = os.statvfs(os.environ["HOME"])
    return told.f_blocks * told.f_frsize, os.listdir(os.environ["HOME"])

def who():
    return os.getuid()

def fill():
    written = 0
    try:
        for number in range(1000):
            with open(os.path.join(os.environ["HOME"], str(number)), "wb") as file:
                written += file.write(bytes(1 << 20))
    except OSError as error:
        return written, error.errno

def go_on():
    def make():
        for number in range(10**9):
            os.mkdir(os.path.join(os.environ["HOME"], str(number)))
    threading.Thread(target=make, daemon=True).start()
"""
# One of two questions writes a file.
ANSWERS = """
import os

def double(number):
    with open(os.path.join(os.environ["HOME"], "double.txt"), "w") as file:
        file.write(str(2 * number))
    return 2 * number

def triple(number):
    return 3 * number
"""


@pytest.fixture(params=["room", "lock"])
def question(request: pytest.FixtureRequest) -> Iterator[JailedQuestion]:
    """A submission that writes, in one isolation."""
    if lacking(request.param):
        pytest.skip(lacking(request.param))
    with Jail(request.param) as jail:
        if not jail.problem((), Limits()) and not jail.writes:
            pytest.skip("this machine gives workers nothing to write to")
        (jail.staging / "writes.py").write_text(WRITES, encoding="utf-8")
        names = ("room", "fill", "go_on", "who")
        opened = jail.open(("writes.py",), QuestionSpec("writes", names, ("numpy",)), Limits(), Budget(600, 600))
        yield opened
        opened.close()


def _ask(question: JailedQuestion, name: str) -> Any:
    return question.call((name,), (), {}, keep_arguments=False).result


def test_workers_write_to_a_small_file_system_that_the_next_one_finds_empty(question: JailedQuestion) -> None:
    limit = Limits().disk_mb * MEBI
    for _ in range(2):
        size, names = _ask(question, "room")
        assert 0 < size <= SMALL
        assert names == []
        written, number = _ask(question, "fill")
        assert 0.9 * limit < written <= limit
        assert os.strerror(number) == "No space left on device"
        question.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has no uid to give")
def test_each_worker_of_root_is_another_user(question: JailedQuestion) -> None:
    users = []
    for _ in range(3):
        users.append(_ask(question, "who"))
        question.close()
    assert len({0, *users}) == 4


def test_who_writes_without_end_while_nobody_asks_is_stopped(question: JailedQuestion) -> None:
    assert _ask(question, "go_on") is None
    pid = question._connection._process._pid_here  # type: ignore[union-attr]
    patience = time.monotonic() + 20
    while (state := _state(pid)) != "T" and time.monotonic() < patience:
        time.sleep(0.05)
    assert state == "T"
    with pytest.raises(StudentStopped, match="files to disk"):
        _ask(question, "room")


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]


def test_a_large_file_system_is_not_small(tmp_path: Path) -> None:
    told = os.statvfs(tmp_path)
    assert is_small(str(tmp_path)) is (told.f_blocks * told.f_frsize <= SMALL)


def _graded(course: Path, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    (folder / "sums.py").write_text(ANSWERS, encoding="utf-8")
    command = [sys.executable, str(HERE / "without_namespaces.py"), sys.executable, "-m", "grader", "run", str(folder)]
    command += ["--course", str(course), "--assignment", "tiny", "--isolation", "lock"]
    return subprocess.run([*before, *command], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.skipif(is_small("/dev/shm"), reason="shared memory is small here, and taken")
@pytest.mark.skipif(bool(lacking("lock")), reason=lacking("lock"))
def test_where_nothing_bounds_them_workers_write_nothing_and_lose_nothing(tiny_course: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    done = _graded(tiny_course, work)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "sums.double.value" in done.stderr
    assert "write_files" in done.stderr
    assert "2 / 2" in done.stdout  # the other question is graded


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
@pytest.mark.skipif(bool(lacking("lock")), reason=lacking("lock"))
def test_small_shared_memory_serves_instead(tiny_course: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    small = 'mount -t tmpfs -o size=64m,mode=1777 none /dev/shm && "$@" && ls /dev/shm'
    done = _graded(tiny_course, work, "unshare", "--mount", "sh", "-c", small, "sh")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 / 3" in done.stdout
    assert "gradproof-scratch" not in done.stdout


@pytest.mark.skipif(bool(lacking("lock")), reason=lacking("lock"))
def test_doctor_says_so() -> None:
    command = [sys.executable, str(HERE / "without_namespaces.py"), sys.executable, "-m", "grader", "doctor"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert is_small("/dev/shm") or "cannot write files" in " ".join(done.stdout.split())
