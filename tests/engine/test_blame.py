"""Whose fault it is that a check could not be carried out: only the student's own costs marks (docs/blame.md)."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.checks.asking.channel import Aborted, StudentStopped
from grader.checks.figures.gifs import read_gif
from grader.cohort import batch
from grader.cohort.reports import Report
from grader.core import helper
from grader.core.errors import GraderFault, UsageError
from grader.core.helper import UsedUp, run_helper
from grader.core.outcome import Outcome, Owner
from grader.course.question_spec import QuestionSpec
from grader.intake.stage import stage
from grader.intake.survey import HandIn
from grader.sandbox import outer as room
from grader.sandbox import probe
from grader.sandbox.folder import JobFolder
from grader.sandbox.jailed import JailedQuestion, SentProgram
from grader.sandbox.limits import MEBI, Budget, Limits
from grader.sandbox.owner import Ended, Ending, Spent, Used, of_exit, of_limits
from grader.sandbox.packages import package_set
from grader.sandbox.sandbox import Jail
from grader.sandbox.scheduler import Scheduling
from grader.sandbox.warm import WarmProcess
from grader.sandbox.watch import WorkerClocks
from grader.worker.confine.confine import Confinement

ROOT = Path(__file__).parents[2]
LOCKED = pytest.mark.skipif(bool(probe.lock_problem()), reason=probe.lock_problem())
LIMITS = Limits(cpu_seconds=0.25, memory_mb=256)
MOMENTUM = ("reference/optimizers.py", "--course", ".", "-a", "iith-ai5100-2023-a3", "--only", "optimizers.momentum*")


# ── the table ─────────────────────────────────────────────────────────────────────────────────────

ENDED = {
    "CPU limit of the kernel": (Ended(-signal.SIGXCPU, 0.1), Owner.STUDENT, Outcome.TIMED_OUT),
    "killed with its CPU time used up": (Ended(-signal.SIGKILL, 100.0), Owner.STUDENT, Outcome.TIMED_OUT),
    "killed with its memory used up": (
        Ended(-signal.SIGKILL, 0.1, memory=250 * MEBI), Owner.STUDENT, Outcome.OUT_OF_MEMORY,
    ),
    "went on with its channel closed": (Ended(-signal.SIGKILL, 0.1, killed=True), Owner.STUDENT, Outcome.CRASHED),
    "killed by somebody": (Ended(-signal.SIGKILL, 0.1), Owner.MACHINE, Outcome.BROKEN),
    "crashed": (Ended(-signal.SIGSEGV, 0.1), Owner.STUDENT, Outcome.CRASHED),
    "left": (Ended(0, 0.1), Owner.STUDENT, Outcome.CRASHED),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDED)
def test_an_end_is_whose_the_kernel_says(case: str) -> None:
    ended, owner, outcome = ENDED[case]
    ending = of_exit(ended, LIMITS)
    assert (ending.owner, ending.outcome) == (owner, outcome)


# Of a check with 5.5 s of wall time.
SPENT = {
    "little": (Used(0.1, 0, 0), Spent(0.1, 1.0, 0.0), None),
    "too much CPU time": (Used(0.3, 0, 0), Spent(0.3, 0.3, 0.0), (Owner.STUDENT, False)),
    "too much disk": (Used(0.1, 65 * MEBI, 1), Spent(0.1, 0.1, 0.0), (Owner.STUDENT, False)),
    "too many threads": (Used(0.1, 0, 0, 33), Spent(0.1, 0.1, 0.0), (Owner.STUDENT, False)),
    "slept": (Used(0.1, 0, 0), Spent(0.1, 5.7, 0.1, 5.4), (Owner.STUDENT, True)),
    "slept on a busy machine": (Used(0.1, 0, 0), Spent(0.1, 7.6, 2.0, 5.0), (Owner.STUDENT, True)),
    # Each time that it wakes up it has to wait for others: what it slept is its own all the same.
    "asked again and again on a busy machine": (Used(0.1, 0, 0), Spent(0.1, 30.0, 24.4, 5.0), (Owner.STUDENT, True)),
    "was kept from running": (Used(0.1, 0, 0), Spent(0.1, 10.0, 8.0, 0.1), None),
    "was kept from running without end": (Used(0.1, 0, 0), Spent(0.1, 56.0, 54.0, 1.0), (Owner.MACHINE, False)),
    "slept, and was kept from running without end": (
        Used(0.1, 0, 0), Spent(0.1, 56.0, 51.0, 4.9), (Owner.MACHINE, False),
    ),
    # As where a virtual machine is not let run: the kernel in it tells of no delay.
    "neither slept nor ran": (Used(0.1, 0, 0), Spent(0.1, 5.7, 0.0, 1.0), (Owner.MACHINE, False)),
    "nobody knows": (Used(0.1, 0, 0), Spent(0.1, 5.6, None), (Owner.MACHINE, False)),
}  # fmt: skip


@pytest.mark.parametrize("case", SPENT)
def test_a_clock_that_ran_out_is_charged_to_who_used_it(case: str) -> None:
    used, spent, expected = SPENT[case]
    ending = of_limits(used, spent, LIMITS)
    assert (ending and (ending.owner, ending.again)) == expected


def test_only_the_student_is_stopped_with_an_outcome() -> None:
    with pytest.raises(StudentStopped):
        Ending(Owner.STUDENT, "", Outcome.CRASHED).stop()
    for owner in set(Owner) - {Owner.STUDENT}:
        with pytest.raises(Aborted) as aborted:
            Ending(owner, "").stop()
        assert aborted.value.again is (owner is not Owner.STAFF)


def test_time_in_which_the_grader_itself_did_not_run_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    budget = Budget()
    watch = WorkerClocks(budget)
    watch.start()
    now += 3600  # stopped by a debugger, say
    watch.count()
    assert watch.look(Used(0.0, 0, 0), Scheduling(0.0, 1, held=False)).wall <= 1.0
    assert budget.wall_seconds >= 299.0


def test_time_in_which_a_worker_was_kept_from_running_is_not_taken_from_the_submission() -> None:
    budget = Budget()
    watch = WorkerClocks(budget)
    watch.start()
    watch.charge(8.0)
    spent = watch.look(Used(0.0, 0, 0), Scheduling(5.0, 1, held=False))
    assert (round(spent.wall), spent.kept_waiting, spent.asleep) == (8, 5.0, 0.0)
    assert round(budget.wall_seconds) == 297
    watch.charge(1.0)
    assert round(watch.look(Used(0.0, 0, 0), Scheduling(5.0, 1, held=False, asleep=True)).asleep) == 1


# ── workers ───────────────────────────────────────────────────────────────────────────────────────

CODE = """
import os, time, threading

def slow(tell):
    tell()
    time.sleep(0.5)
    return 7

def write(size):
    with open("file", "wb") as file:
        file.write(bytes(size))
    return size
"""


@contextmanager
def question(sample: Callable[[], str] | None = None, code: str = CODE) -> Iterator[tuple[JailedQuestion, list[int]]]:
    """Give a question in the lock, and the numbers of its workers, the last one last."""
    pids: list[int] = []
    with JobFolder() as folder:
        (folder.staging / "work.py").write_text(code, encoding="utf-8")
        warm = WarmProcess(folder, package_set(()), in_room=False, limits=LIMITS)

        def fork(how: object) -> Any:
            worker = warm.fork(LIMITS)
            pids.append(worker._pid)
            return worker

        program = SentProgram(str(folder.staging), ("work.py",), QuestionSpec("work", ("slow", "write")))
        opened = JailedQuestion(fork, program, LIMITS, Budget(), sample=sample or (lambda: ""))
        try:
            yield opened, pids
        finally:
            opened.close()
            warm.close()


def _ends(opened: JailedQuestion, tell: Callable[[], object]) -> BaseException | None:
    try:
        opened.call(("slow",), (tell,), {}, keep_arguments=False)
    except (StudentStopped, Aborted) as error:
        return error
    return None


def kill_last(pids: list[int], number: int) -> None:
    os.kill(pids[-1], number)


@LOCKED
def test_a_worker_that_others_kill_or_stop_is_not_the_students() -> None:
    for number, words in ((signal.SIGKILL, "SIGKILL"), (signal.SIGSTOP, "kept from running")):
        with question() as (opened, pids):
            error = _ends(opened, partial(kill_last, pids, number))
            assert isinstance(error, Aborted)
            assert error.owner is Owner.MACHINE
            assert error.again
            assert words in error.message
            assert _ends(opened, lambda: None) is None  # and the next one answers


@LOCKED
def test_a_warm_process_that_dies_is_the_graders_fault() -> None:
    with question() as (opened, pids):
        error = _ends(opened, lambda: os.kill(_parent(pids[-1]), signal.SIGKILL))
    assert isinstance(error, Aborted)
    assert error.owner is Owner.GRADER


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])


@LOCKED
def test_code_that_looks_again_and_again_is_the_students_though_others_want_to_run() -> None:
    code = CODE.replace("time.sleep(0.5)", "[time.sleep(0.0005) for _ in iter(int, 1)]")
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        with question(code=code) as (opened, _):
            error = _ends(opened, lambda: None)
    finally:
        for process in busy:
            process.kill()
            process.wait()
        os.sched_setaffinity(0, allowed)
    assert isinstance(error, StudentStopped), error
    assert error.outcome == Outcome.TIMED_OUT


@LOCKED
def test_what_ends_a_worker_before_it_is_confined_is_the_machines() -> None:
    with JobFolder() as folder:
        (folder.staging / "work.py").write_text(CODE, encoding="utf-8")
        warm = WarmProcess(folder, package_set(()), in_room=False, limits=LIMITS)
        broken = replace(LIMITS, file_mb=1 << 60)  # which no kernel takes
        program = SentProgram(str(folder.staging), ("work.py",), QuestionSpec("work", ("slow",)))
        opened = JailedQuestion(lambda how: warm.fork(broken), program, LIMITS, Budget())
        try:
            error = _ends(opened, lambda: None)
        finally:
            warm.close()
    assert isinstance(error, Aborted)
    assert error.owner is Owner.MACHINE
    assert "cannot be confined" in error.message


CRASHES = {"at load": "import os\nslow = os.abort()\n", "in a call": CODE.replace("tell()", "os.abort()")}


@LOCKED
@pytest.mark.parametrize("when", CRASHES)
def test_a_crash_is_charged_only_where_the_sample_works(when: str) -> None:
    for problem, kind in (("", StudentStopped), ("no sample works", Aborted)):
        with question(partial(str, problem), CRASHES[when]) as (opened, _):
            error = _ends(opened, lambda: None)
            assert type(error) is kind
            assert problem in str(error)


@LOCKED
def test_room_on_disk_is_given_back_when_a_worker_ends() -> None:
    with question() as (opened, pids):
        opened.call(("write",), (MEBI,), {}, keep_arguments=False)
        # What workers write to may be mounted where only they and their warm process see it.
        warm = Path(f"/proc/{pids[-1]}/stat").read_text().rpartition(")")[2].split()[1]
        scratch = Path(f"/proc/{warm}/root{os.readlink(f'/proc/{pids[-1]}/cwd')}").parent
        assert sum(file.stat().st_size for file in scratch.rglob("*") if file.is_file()) == MEBI
        opened.close()
        assert [path.name for path in scratch.rglob("*")] == ["home"]


def test_what_else_a_user_runs_does_not_count_as_a_workers_threads() -> None:
    wanted = dict(Confinement(1 << 30, 1, 1 << 20, 64, threads=32).resources())
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    assert wanted[resource.RLIMIT_NPROC] == (8192 if hard == resource.RLIM_INFINITY else min(hard, 8192))


# ── which isolation ───────────────────────────────────────────────────────────────────────────────


@LOCKED
def test_auto_takes_what_the_sample_works_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.sandbox.outer.command", lambda *_: ["/bin/false"])
    monkeypatch.setattr("grader.sandbox.outer.bubblewrap", lambda: "/bin/false")
    tried = probe.open_jail("auto")
    tried.jail.close()
    assert tried.jail.isolation == "lock"
    with pytest.raises(UsageError, match="'room' does not work"):
        probe.open_jail("room")


@LOCKED
def test_what_cannot_be_confined_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jail, "problem", lambda *_: "a worker could read")
    with pytest.raises(UsageError, match="cannot be confined") as refused:
        probe.open_jail("auto")
    assert "a worker could read" in str(refused.value)
    found = probe.probe()
    assert found.best is None


@LOCKED
def test_packages_that_are_not_there_are_told_and_keep_no_others_from_being_tried() -> None:
    lacking, there = probe.Needs(("nunpy",)), probe.Needs(("numpy",))
    tried = probe.open_jail("auto", needs=[lacking, there])
    tried.jail.close()
    assert list(tried.lacks) == [lacking]
    assert "pip install nunpy" in tried.lacks[lacking]


def test_a_room_shows_what_is_asked_for_of_packages_beside_the_standard_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    (site / "numpy").mkdir(parents=True)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    words = room.command("bwrap", [site / "numpy", tmp_path], [], Path("/scratch"), MEBI)
    mounted = [words[at + 1] for at, word in enumerate(words) if word in {"--ro-bind", "--tmpfs"}]
    ours = [path for path in mounted if path.startswith(str(tmp_path))]
    assert ours == [str(tmp_path), str(site), str(site / "numpy")]  # a later one lies on top


# ── the disk, and processes of ours ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EMFILE])
def test_a_copy_that_fails_is_ours_and_nothing_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "into").mkdir()
    for name in ("one.py", "two.py"):
        (tmp_path / "work" / name).write_text("x = 1\n", encoding="utf-8")
    opens = Path.open

    def full(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == tmp_path / "into" / "two.py":
            raise OSError(number, os.strerror(number))
        return opens(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(GraderFault, match="which is not its fault"):
        stage(tmp_path / "work", tmp_path / "into")


def test_other_files_than_those_surveyed_are_not_taken_for_them(tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    work = tmp_path / "work.py"
    work.write_text("x = 1\n", encoding="utf-8")
    staged = stage(work, tmp_path / "into")
    result = _result(staged.digest)
    report = Report(work, result)
    hand_in = HandIn("work", work, staged, "", "")
    assert batch._of_what_was_surveyed(hand_in, report) is report
    moved = batch._of_what_was_surveyed(replace(hand_in, staged=replace(staged, digest="0" * 64)), report)
    assert moved.result is None
    assert "not what the inbox held" in moved.fault


def _result(digest: str) -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(provenance=SimpleNamespace(submission_sha256=digest))


HELPERS = {
    "is killed": ("import os; os.kill(os.getpid(), 9)", GraderFault),
    "has no time": ("import time; time.sleep(60)", GraderFault),
    "crashes": ("import os; os.abort()", UsedUp),
    "uses up its CPU time": ("import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass", UsedUp),
}


@pytest.mark.parametrize("case", HELPERS)
def test_a_helper_that_fails_is_its_inputs_fault_only_by_its_own_limits(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, kind = HELPERS[case]
    if case == "has no time":
        monkeypatch.setattr(helper, "WAIT_SECONDS", 0.2)
    with pytest.raises(kind):
        run_helper((sys.executable, "-S", "-c", code), 1)


def test_a_gif_that_there_is_no_time_for_is_not_a_bad_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "WAIT_SECONDS", 0.001)
    with pytest.raises(Aborted) as aborted:
        read_gif(b"GIF89a")
    assert aborted.value.owner is Owner.MACHINE


# ── machines ──────────────────────────────────────────────────────────────────────────────────────

WITHOUT_CAPABILITIES = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
ROOTLESS = ("unshare", "-U", "-r")
SMALL_DISK = ("unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=2m none "$0" && TMPDIR="$0" exec "$@"')


@pytest.fixture
def small() -> Iterator[str]:
    """A folder to mount a small disk on that any user may pass."""
    folder = Path(tempfile.mkdtemp(prefix="gradproof-small-"))
    folder.chmod(0o755)
    yield str(folder)
    folder.rmdir()


def _run(before: tuple[str, ...], *words: str, module: str = "grader") -> subprocess.CompletedProcess[str]:
    """Run a module of ours below what is to be put before it; skip where this user may not do that."""
    if not shutil.which(before[0]) or subprocess.run([*before, "true"], capture_output=True, check=False).returncode:
        pytest.skip(f"this user may not use {before[0]}")
    command = [*before, sys.executable, "-m", module, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@LOCKED
@pytest.mark.parametrize("before", [WITHOUT_CAPABILITIES, ROOTLESS], ids=["without capabilities", "rootless"])
def test_the_reference_earns_full_marks_or_is_not_graded(before: tuple[str, ...]) -> None:
    done = _run(before, "run", *MOMENTUM, "--json", "-")
    if done.returncode == 0:
        assert json.loads(done.stdout)["marks"] == "3"
    else:
        assert done.returncode in {2, 3}
        assert "to do" in done.stderr
    doctor = _run(before, "doctor")
    assert "Traceback" not in doctor.stdout + doctor.stderr
    assert (doctor.returncode == 0) == (done.returncode == 0)


@LOCKED
def test_the_reference_earns_full_marks_on_a_small_disk(small: str) -> None:
    done = _run((*SMALL_DISK, small), "run", *MOMENTUM, "--json", "-")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["marks"] == "3"


RUBRIC = """\
assignment: written
title: Written
marks: 1
suites: {hidden: [tests/hidden/test_written.py]}
questions:
  - id: written.much
    title: A file
    module: written
    names: [much]
    packages: [numpy]
    criteria:
      - {id: written.much.size, title: its size, marks: 1}
"""
SUITE = '''\
from grader.checks import criterion


@criterion("written.much.size")
def test_size(submission):
    """Write a file."""
    assert submission.much() == 4 << 20
'''
WRITES = """\
def much():
    with open("file", "wb") as file:
        return file.write(bytes(4 << 20))
"""


@LOCKED
def test_a_disk_that_is_too_small_for_what_is_allowed_costs_no_marks(small: str) -> None:
    with tempfile.TemporaryDirectory(prefix="gradproof-blame-") as folder:
        course = Path(folder)
        files = {"rubrics/written.yaml": RUBRIC, "tests/hidden/test_written.py": SUITE, "reference/written.py": WRITES}
        for path, text in files.items():
            (course / path).parent.mkdir(parents=True, exist_ok=True)
            (course / path).write_text(text, encoding="utf-8")
        words = ("run", str(course / "reference/written.py"), "-a", "written", "--course", folder, "--json", "-")
        # Without namespaces workers have no disk of their own.
        before = (*SMALL_DISK, small, sys.executable, str(Path(__file__).with_name("without_namespaces.py")))
        done = _run(before, *words, "--isolation", "lock")
        assert json.loads(done.stdout)["questions"][0]["criteria"][0]["outcome"] == "broken"
        assert done.returncode == 3
        assert "a fault of the machine" in done.stderr
        assert "No space left" in done.stderr


@LOCKED
def test_one_worker_killed_from_outside_costs_nothing() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "run", *MOMENTUM, "--isolation", "lock", "--json", "-"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    killed = threading.Event()
    threading.Thread(target=_kill_a_worker_of, args=(process.pid, killed), daemon=True).start()
    answer, _ = process.communicate(timeout=120)
    assert killed.is_set()
    assert json.loads(answer)["marks"] == "3"


def _kill_a_worker_of(pid: int, killed: threading.Event) -> None:
    while not killed.is_set() and Path(f"/proc/{pid}").exists():
        for process in _descendants(pid):
            if _is_confined(process):
                os.kill(process, signal.SIGKILL)
                killed.set()
                return
        time.sleep(0.001)


def _descendants(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _descendants(child)


def _is_confined(pid: int) -> bool:
    """Tell whether a process has a filter of system calls: workers have one, what starts them has not."""
    try:
        return "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return False
