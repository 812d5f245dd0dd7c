"""The backstop, on files as a kernel shows them: no group could be delegated where these were written."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from grader.core.outcome import Outcome, Owner
from grader.sandbox import cgroup
from grader.sandbox.limits import MEBI, Limits
from grader.sandbox.owner import Ended, of_exit

EVENTS = "low 0\nhigh 0\nmax 12\noom 2\noom_kill {}\noom_group_kill 0\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What `systemd-run --user --scope -p Delegate=yes` leaves: a group with controllers that it does not give out."""
    scope = tmp_path / "user.slice" / "run-1.scope"
    scope.mkdir(parents=True)
    (scope / "cgroup.controllers").write_text("cpuset cpu io memory hugetlb pids rdma misc\n")
    (scope / "cgroup.subtree_control").write_text("\n")
    (scope / "cgroup.procs").write_text(f"{os.getpid()}\n")
    (tmp_path / "own").write_text("0::/user.slice/run-1.scope\n")
    return tmp_path


def _delegated(tree: Path) -> Path | None:
    return cgroup.delegated(tree, tree / "own")


def test_the_grader_steps_aside_and_controllers_are_given_out(tree: Path) -> None:
    scope = tree / "user.slice" / "run-1.scope"
    assert _delegated(tree) == scope
    assert (scope / "cgroup.subtree_control").read_text() == "+memory +pids\n"
    assert (scope / cgroup.LEAF / "cgroup.procs").read_text() == f"{os.getpid()}\n"


def test_a_job_finds_what_another_has_set_up(tree: Path) -> None:
    scope = tree / "user.slice" / "run-1.scope"
    (scope / "cgroup.subtree_control").write_text("memory pids\n")
    (tree / "own").write_text(f"0::/user.slice/run-1.scope/{cgroup.LEAF}\n")
    assert _delegated(tree) == scope
    assert not (scope / cgroup.LEAF).exists()


@pytest.mark.parametrize("lack", ["controllers", "version 1", "strangers", "no files", "nonsense"])
def test_where_it_cannot_be_had_nothing_is_touched(tree: Path, lack: str) -> None:
    scope = tree / "user.slice" / "run-1.scope"
    if lack == "controllers":
        (scope / "cgroup.controllers").write_text("cpu io\n")
    if lack == "version 1":
        (tree / "own").write_text("8:pids:/\n4:memory:/x\n")
    if lack == "strangers":
        (scope / "cgroup.procs").write_text(f"{os.getpid()}\n1\n")
    if lack == "no files":
        (scope / "cgroup.controllers").unlink()
    if lack == "nonsense":
        (scope / "cgroup.procs").write_text("x\n")
    assert _delegated(tree) is None
    assert not (scope / cgroup.LEAF).exists()


def test_its_limits_lie_above_those_that_decide_marks(tree: Path) -> None:
    limits = Limits()
    made = cgroup.make(tree, limits.memory_mb * MEBI, limits.threads)
    assert made is not None
    assert int((made.folder / "memory.max").read_text()) > 2 * limits.memory_mb * MEBI
    assert int((made.folder / "pids.max").read_text()) > limits.threads
    made.take(77)
    assert (made.folder / "cgroup.procs").read_text() == "77\n"


def test_a_kill_for_want_of_memory_is_told_once(tree: Path) -> None:
    made = cgroup.make(tree, MEBI, 1)
    assert made is not None
    assert not made.has_killed()  # there is no file yet
    for killed, told in ((0, False), (1, True), (1, False), (3, True)):
        (made.folder / "memory.events").write_text(EVENTS.format(killed))
        assert made.has_killed() is told
    (made.folder / "memory.events").write_text("nonsense\n")
    assert not made.has_killed()


def test_a_group_that_cannot_be_made_is_none(tree: Path) -> None:
    assert cgroup.make(tree / "absent", MEBI, 1) is None


def test_close_kills_what_is_left(tree: Path) -> None:
    made = cgroup.make(tree, MEBI, 1)
    assert made is not None
    made.close()
    assert (made.folder / "cgroup.kill").read_text() == "1\n"


def test_whose_it_is_that_a_worker_was_killed() -> None:
    killed, limits = Ended(-signal.SIGKILL, 0.0), Limits()
    assert of_exit(killed, limits).owner is Owner.MACHINE
    by_its_group = of_exit(Ended(-signal.SIGKILL, 0.0, beyond_memory=True), limits)
    assert (by_its_group.owner, by_its_group.outcome) == (Owner.STUDENT, Outcome.OUT_OF_MEMORY)
