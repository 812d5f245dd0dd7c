"""What a worker is held to, in each isolation, for root and for an ordinary user.

A submission tries all that it must not do (jail_attempts.py) and tells what it is and has. As root, the
same is done once more by the user nobody, with a Python that this user can reach.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.course.question_spec import QuestionSpec
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import lock_problem, room_problem
from grader.sandbox.sandbox import Jail
from grader.sandbox.warm import environment
from grader.worker.confine import calls, removal, seccomp
from grader.worker.confine.confine import FIRST_PRIVATE_USER

PROGRAM = "jail_attempts.py"
MOST_SECONDS = 20
SHARED = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"))
READ_ANY_FILE = 1 << 2
# These end the process, or would replace or freeze it, if they were allowed; tried by name instead.
NOT_BARE = {"fork", "vfork"}
# Commands of calls that are allowed with others: signals from the kernel, leases, watching folders, sizes of pipes,
# typing for a terminal, attributes of files, being looked into, filters of its own.
DANGEROUS = {
    "fcntl": (8, 10, 15, 1024, 1026, 1031),
    "ioctl": (0x8901, 0x8902, 0x5412, 0x40086602, 0x40049409),
    "prctl": (1, 4, 22, 0x59616D61),
    "madvise": (12, 100, 101),
}
# Refused even to those whose the files are.
OWN_FILES = ("change the mode", "change the owner", "change the date", "mark")

pytestmark = pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())


@dataclass(frozen=True)
class Trial:
    """What a worker could do, what it is, and what was there before and after."""

    isolation: str
    ordinary: bool
    refusals: dict[str, str]
    facts: dict[str, Any]
    before: list[str]
    after: list[str]
    left_behind: list[str]


@pytest.fixture(scope="module", params=["room", "lock"])
def trial(request: pytest.FixtureRequest, person: Any, folder: Path) -> Trial:
    """One worker of one isolation, having tried everything."""
    if request.param == "room" and room_problem():
        pytest.skip(room_problem())
    targets = [folder / request.param / str(person.user) / "secret.txt", person.folder / "secret.txt"]
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("canary")
        for path in (target, target.parent):  # the user's own, so that modes protect nothing
            os.chown(path, person.user, person.user if person.user else os.getgid())
    before = _surroundings(targets, person)
    process = person.start(PROGRAM, request.param)
    answer, complaint = process.communicate(json.dumps([list(map(str, targets)), *_calls()]))
    assert process.returncode == 0, complaint
    told = json.loads(answer)
    left = [path.name for path in person.folder.iterdir() if path not in targets]
    return Trial(
        request.param, person.user != 0, told["attempts"], told["facts"], before, _surroundings(targets, person), left
    )


def _calls() -> tuple[dict[str, int], dict[str, list[int]]]:
    """Return denied system calls: numbers by name, and number and arguments by name."""
    if platform.machine() not in seccomp.ARCHITECTURES:
        return {}, {}
    column, _ = seccomp.ARCHITECTURES[platform.machine()]
    bare = {name: numbers[column] for name, numbers in calls.DENIED.items() if name not in NOT_BARE}
    bare["clone"], bare["clone3"] = calls.CLONE[column], calls.CLONE3[column]
    bare["one not yet invented"] = calls.NEWEST_KNOWN + 100
    bare["one that nobody needs"] = calls.NEWEST_KNOWN
    with_arguments = {"tgkill of another": [calls.TGKILL[column], 1, 1, 0]}
    with_arguments["prlimit of another"] = [calls.PRLIMIT[column], 1, 0, 0, 0]
    for name, values in DANGEROUS.items():
        command = calls.COMMANDS[name]
        for value in values:
            arguments = [0] * command.argument + [value]
            with_arguments[f"{name} with {value:#x}"] = [command.numbers[column], *arguments]
    return {name: number for name, number in bare.items() if number >= 0}, with_arguments


def _surroundings(targets: list[Path], person: Any) -> list[str]:
    """Return what a worker might have changed: shared folders' names, IPC, the targets."""
    names = [f"{folder}/made-by-a-worker" for folder in SHARED if (folder / "made-by-a-worker").exists()]
    files = [
        f"{path} {path.stat().st_mode:o} {path.stat().st_uid} {path.stat().st_mtime_ns} {path.read_text()}"
        for target in targets
        for path in sorted(target.parent.iterdir())
        if path.is_file()
    ]
    return [*names, *person.ipc(), *files]


def test_everything_that_is_tried_is_refused(trial: Trial) -> None:
    assert len(trial.refusals) > 100
    assert [name for name, refusal in trial.refusals.items() if not refusal] == []


def test_system_calls_are_refused_by_the_filter_and_not_for_their_arguments(trial: Trial) -> None:
    refusals = {name: refusal for name, refusal in trial.refusals.items() if name.startswith("call ")}
    absent = {"call clone3", "call one not yet invented", "call one that nobody needs"}
    unknown = {name for name in refusals if name.startswith("call ioctl")}  # as a file answers that has no such command
    others = refusals.keys() - absent - unknown
    assert {refusals[name] for name in others} == {"PermissionError 1"}
    assert {refusals[name] for name in unknown} == {"OSError 25"}
    assert {refusals[name] for name in absent} == {"OSError 38"}


def test_files_of_the_same_user_keep_their_mode_owner_and_date(trial: Trial) -> None:
    own = {name: refusal for name, refusal in trial.refusals.items() if name.startswith(OWN_FILES)}
    assert set(own.values()) == {"PermissionError 1"}


def test_nothing_around_is_changed(trial: Trial) -> None:
    assert trial.after == trial.before


def test_nothing_is_left_of_the_job(trial: Trial) -> None:
    assert trial.left_behind == []


def test_a_worker_has_four_descriptors(trial: Trial) -> None:
    assert trial.facts["descriptors"] == [0, 1, 2, 3]


def test_a_worker_can_gain_no_privileges_and_cannot_be_looked_into(trial: Trial) -> None:
    assert (trial.facts["no_new_privs"], trial.facts["dumpable"], trial.facts["seccomp"]) == (1, 0, 2)


def test_a_worker_of_root_is_a_user_that_nobody_is(trial: Trial) -> None:
    users = set(trial.facts["user"])
    if trial.ordinary:
        assert max(users) < FIRST_PRIVATE_USER
        assert trial.facts["capabilities"] == 0
    else:
        assert min(users) >= FIRST_PRIVATE_USER
        assert trial.facts["capabilities"] & ~READ_ANY_FILE == 0


def test_limits_are_hard(trial: Trial) -> None:
    assert trial.facts["soft_is_hard"] == [True] * 6


def test_what_a_submission_needs_works(trial: Trial) -> None:
    assert trial.facts["own_folder_works"] == [True] * 3
    assert trial.facts["thread_works"]
    assert trial.facts["modules"] == ["numpy", "msgpack", "json", "sqlite3"]


def test_nothing_of_the_environment_is_handed_on(trial: Trial) -> None:
    own = {"HOME", "TMPDIR", "MPLCONFIGDIR"}
    # bubblewrap states the working directory, which is /.
    assert set(trial.facts["environment"]) - {"PWD"} == {*environment(), *own}


def test_a_room_shows_nothing_of_the_machine(trial: Trial) -> None:
    if trial.isolation != "room":
        pytest.skip("only the outer room hides what exists")
    assert trial.facts["host"] == "jail"
    assert trial.facts["pid"] < 100
    for path in ("/etc/passwd", "/proc/1/environ", "/dev/tty"):
        assert trial.refusals[f"open {path}"] == "FileNotFoundError 2"


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user's workers are that user and reach its folders")
def test_root_may_work_in_a_folder_that_nobody_else_may_pass(closed_person: Any) -> None:
    process = closed_person.start(PROGRAM, "lock")
    answer, complaint = process.communicate(json.dumps([[], {}, {}]))
    assert process.returncode == 0, complaint
    assert json.loads(answer)["facts"]["own_folder_works"] == [True] * 3


@pytest.mark.parametrize("isolation", ["room", "lock"])
def test_threads_of_the_same_user_elsewhere_do_not_count_as_a_workers(person: Any, isolation: str) -> None:
    if isolation == "room" and room_problem():
        pytest.skip(room_problem())
    answer, complaint = person.start(PROGRAM, isolation, "crowd").communicate()
    assert answer == "true", complaint


@pytest.mark.parametrize("isolation", ["room", "lock"])
def test_a_worker_does_not_outlive_a_grader_that_is_killed(person: Any, isolation: str) -> None:
    if isolation == "room" and room_problem():
        pytest.skip(room_problem())
    process = person.start(PROGRAM, isolation, "stay")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
        assert len(_processes_of(person.folder)) >= 2
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    patience = time.monotonic() + MOST_SECONDS
    while (alive := _processes_of(person.folder)) and time.monotonic() < patience:
        time.sleep(0.05)
    for number in alive:
        os.kill(number, signal.SIGKILL)
    removal.empty(str(person.folder))  # nobody was left to do so
    assert alive == []


def test_a_warm_process_that_dies_is_replaced_and_costs_the_next_question_nothing() -> None:
    with Jail("lock") as jail:
        (jail.staging / "sums.py").write_text("def double(number):\n    return 2 * number\n", encoding="utf-8")

        def twice_seven() -> object:
            question = jail.open(("sums.py",), QuestionSpec("sums", ("double",), ()), Limits(), Budget())
            try:
                return question.call(("double",), (7,), {}, keep_arguments=False)[0]
            finally:
                question.close()

        assert twice_seven() == 14
        for number in _processes_of(jail.staging.parent):
            os.kill(number, signal.SIGKILL)
        assert twice_seven() == 14


def _processes_of(folder: Path) -> list[int]:
    """Return the processes whose command line names a folder: warm processes and what they forked."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:  # it has ended meanwhile
            continue
    return found
