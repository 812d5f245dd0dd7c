"""Every limit, reached once: it ends the criterion in which it was reached and costs nothing else.

A submission is right but for one call of one function. The function's other criterion, which runs after
it in the same question, and the other question must be passed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from grader.checks.asking.channel import Elsewhere, StudentStopped
from grader.course.question_spec import QuestionSpec
from grader.sandbox.folder import JobFolder
from grader.sandbox.jailed import JailedQuestion, SentProgram
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.packages import package_set
from grader.sandbox.probe import lock_problem, room_problem
from grader.sandbox.warm import ForkedWorker, WarmProcess

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PRINTED_LIMIT = 16_000

RUBRIC = """\
assignment: sums
title: Sums
marks: 6
suites: {hidden: [tests/hidden/test_sums.py]}
limits: {cpu_seconds: 0.5, memory_mb: 256}
questions:
  - id: sums.double
    title: Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria:
      - {id: sums.double.seven, title: of seven, marks: 1}
      - {id: sums.double.eight, title: of eight, marks: 2}
  - id: sums.triple
    title: Three times a number
    module: sums
    names: [triple]
    packages: [numpy]
    criteria:
      - {id: sums.triple.value, title: of seven, marks: 3}
"""

SUITE = '''\
import numpy as np

from grader.checks import criterion


def seven(*anything, left=(), right=(), times=1):
    for _ in range(times):
        np.multiply.outer(left, right)
    return 7


@criterion("sums.double.seven")
def test_twice_seven(submission):
    """Return twice what is asked for."""
    for doubled in map(submission.double, [seven]):
        assert doubled == 14


@criterion("sums.double.eight")
def test_twice_eight(submission):
    """Return twice what is asked for."""
    assert submission.double(lambda *anything: 8) == 16


@criterion("sums.triple.value")
def test_triple(submission):
    """Return three times the number."""
    assert submission.triple(7) == 21
'''

SUBMISSION = """\
import ctypes, itertools, os, re, signal, struct, subprocess, sys, threading, time
import numpy as np

def hostile(ask):
{in_call}

def double(ask):
    number = ask()
    return hostile(ask) if number == 7 else 2 * number

def triple(number):
    return 3 * number
"""

# name: (what is done in one call, how its criterion may end)
IN_CALL: dict[str, tuple[str, set[str]]] = {
    "sleeps_deaf_to_signals": (
        """
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        time.sleep(3600)
        """,
        {"timed_out"},
    ),
    "waits_for_itself": ("threading.Event().wait()", {"timed_out"}),
    "locks_itself_out": (
        """
        lock = threading.Lock()
        lock.acquire(), lock.acquire()
        """,
        {"timed_out"},
    ),
    "stops_itself": ("os.kill(os.getpid(), signal.SIGSTOP)", {"raised"}),
    "kills_itself": ("os.kill(os.getpid(), signal.SIGKILL)", {"raised"}),
    "kills_itself_by_a_timer": (
        """
        event, timer = (ctypes.c_int * 16)(0, 0, signal.SIGKILL), (ctypes.c_int * 2)()
        if ctypes.CDLL(None, use_errno=True).timer_create(0, event, timer):
            raise PermissionError
        """,
        {"raised"},
    ),
    "lowers_its_own_limit_on_cpu_time": (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (0, 0))", {"raised"},
    ),
    "says_that_memory_is_short": ("raise MemoryError", {"out_of_memory"}),
    "says_that_the_disk_is_full": ("raise OSError(28, 'No space left on device')", {"raised"}),
    "drips_its_answer": (
        """
        os.write(3, struct.pack(">II", 1 << 20, 1 << 20))
        while True:
            os.write(3, bytes(1))
            time.sleep(0.01)
        """,
        {"timed_out"},
    ),
    "loops": ("while True: pass", {"timed_out"}),
    "loops_in_c": ("sum(itertools.repeat(1))", {"timed_out"}),
    "loops_in_a_regular_expression": ("re.match('(a+)+$', 'a' * 60 + 'b')", {"timed_out"}),
    "loops_in_threads": (
        """
        for _ in range(4):
            threading.Thread(target=sum, args=(itertools.repeat(1),)).start()
        time.sleep(3600)
        """,
        {"timed_out"},
    ),
    "tries_to_fork_for_ever": (
        """
        while True:
            try:
                os.fork()
            except OSError:
                pass
        """,
        {"timed_out"},
    ),
    "forks": ("os.fork()", {"raised"}),
    "starts_a_program": ("subprocess.run(['/bin/true'])", {"raised"}),
    "allocates_30_gb": ("bytearray(30 << 30)", {"out_of_memory"}),
    "allocates_a_30_gb_array": ("np.ones(30 << 27)", {"out_of_memory"}),
    "allocates_bit_by_bit": ("[np.empty(1 << 19) for _ in range(10**6)]", {"out_of_memory"}),
    "starts_thousands_of_threads": (
        "[threading.Thread(target=time.sleep, args=(60,)).start() for _ in range(5000)]", {"raised"},
    ),
    "opens_thousands_of_files": ("[open(os.devnull) for _ in range(5000)]", {"raised"}),
    "opens_thousands_of_pipes": ("[os.pipe() for _ in range(5000)]", {"raised"}),
    "writes_one_large_file": ("open('large', 'wb').write(bytes(100 << 20))", {"raised"}),
    "fills_the_disk": (
        """
        for number in itertools.count():
            with open(f"file{number}", "wb") as file:
                file.write(bytes(8 << 20))
        """,
        {"raised", "crashed"},
    ),
    "fills_the_disk_with_small_files": (
        """
        for number in itertools.count():
            open(f"file{number}", "w").close()
        """,
        {"crashed"},
    ),
    "fills_the_disk_with_folders": (
        """
        for number in itertools.count():
            os.mkdir(f"folder{number}")
        """,
        {"crashed"},
    ),
    "fills_the_disk_with_files_that_have_no_name": (
        """
        held = []
        while True:
            held.append(open("file", "wb"))
            os.unlink("file")
            held[-1].write(bytes(1 << 20))
        """,
        {"raised"},
    ),
    "fills_the_disk_at_once": (
        """
        with open("file", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, 8 << 20)
        """,
        {"raised"},
    ),
    "prints_200_mb": (
        """
        for _ in range(200):
            print("x" * (1 << 20))
        return 14
        """,
        {"passed"},
    ),
    "prints_200_mb_past_python": (
        """
        for _ in range(200):
            os.write(1, bytes(1 << 20)), os.write(2, bytes(1 << 20))
        return 14
        """,
        {"passed"},
    ),
    "returns_10_gb": ("return np.broadcast_to(0.0, 10 << 27)", {"raised"}),
    "returns_100_mb": ("return bytes(100 << 20)", {"raised"}),
    "returns_a_million_elements": ("return [0] * 10**6", {"raised"}),
    "returns_deep_nesting": (
        """
        nested = []
        for _ in range(100_000):
            nested = [nested]
        return nested
        """,
        {"raised"},
    ),
    "returns_a_list_of_itself": (
        """
        endless = []
        endless.append(endless)
        return endless
        """,
        {"raised"},
    ),
    "claims_a_huge_frame": ("os.write(3, struct.pack('>II', 1 << 31, 1 << 31))", {"crashed"}),
    "calls_back_for_ever": ("while True: ask()", {"timed_out"}),
    "calls_back_with_much_data": ("while True: ask(bytes(32 << 20))", {"crashed", "timed_out"}),
    "calls_back_with_what_broadcasts_to_3_gb": ("ask(left=np.ones(20_000), right=np.ones(20_000))", {"out_of_memory"}),
    "calls_back_with_work_for_minutes": ("ask(times=10**8)", {"timed_out"}),
    "ends_the_loop_of_the_check": ("raise StopIteration", {"raised"}),
    "recurses": ("hostile(ask)", {"raised"}),
    "recurses_without_limit": (
        """
        sys.setrecursionlimit(10**9)
        class Endless:
            def __repr__(self):
                return repr(self)
        repr(Endless())
        """,
        {"crashed", "out_of_memory", "raised"},
    ),
    "segfaults": ("ctypes.string_at(0)", {"crashed"}),
    "aborts": ("os.abort()", {"crashed"}),
    "closes_its_channel": ("os.close(3); time.sleep(3600)", {"crashed"}),
    "leaves_threads_behind": (
        """
        threading.Thread(target=sum, args=(itertools.repeat(1),)).start()
        return 14
        """,
        {"passed", "timed_out"},
    ),
    "leaves_files_behind": ("open('../file', 'w').write('x'); os.makedirs('a/b/c'); return 14", {"passed"}),
}  # fmt: skip

# name: (what the asked name is bound to while loading, how its whole question ends)
AT_LOAD: dict[str, tuple[str, str]] = {
    "loops_at_load": ("sum(itertools.repeat(1))", "timed_out"),
    "allocates_at_load": ("bytearray(30 << 30)", "out_of_memory"),
    "crashes_at_load": ("ctypes.string_at(0)", "crashed"),
    "exits_at_load": ("os._exit(0)", "crashed"),
    "raises_at_load": ("1 / 0", "raised"),
    "leaves_at_load": ("sys.exit(0)", "raised"),
}


def _submission(name: str) -> str:
    in_call = IN_CALL[name][0] if name in IN_CALL else "return 14"
    text = SUBMISSION.format(in_call=indent(dedent(in_call).strip(), "    "))
    return f"{text}\ndouble = {AT_LOAD[name][0]}\n" if name in AT_LOAD else text


def _isolations() -> list[str]:
    return [i for i in ("room", "lock") if not lock_problem() and not (i == "room" and room_problem())]


@pytest.fixture(scope="module")
def all_records() -> Iterator[dict[str, dict[str, Any]]]:
    """What became of each submission, by isolation and name. All isolations at once: much of it is waiting."""
    # Not pytest's own folder, which the private users of workers may not pass.
    with tempfile.TemporaryDirectory(prefix="gradproof-limits-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        names = [*IN_CALL, *AT_LOAD, "harmless"]
        files = {"rubrics/sums.yaml": RUBRIC, "tests/hidden/test_sums.py": SUITE}
        files |= {f"inbox/{name}/sums.py": _submission(name) for name in names}
        files["reference/sums.py"] = _submission("harmless")
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        started = {isolation: _start(root, isolation, names) for isolation in _isolations()}
        records = {}
        for isolation, process in started.items():
            assert process.wait() == 0
            graded = json.loads((root / f"{isolation}.json").read_text(encoding="utf-8"))
            records[isolation] = dict(zip(names, graded, strict=True))
            records[isolation][""] = {"left": [path.name for path in (root / isolation).iterdir()]}
        yield records


def _start(root: Path, isolation: str, names: list[str]) -> subprocess.Popen[bytes]:
    temporary = root / isolation
    temporary.mkdir()
    temporary.chmod(0o711)
    words = [sys.executable, HERE / "grade_several.py", root, "sums", isolation, root / f"{isolation}.json"]
    return subprocess.Popen(
        [*map(str, words), *(str(root / "inbox" / name) for name in names)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
    )


@pytest.fixture(params=["room", "lock"])
def records(request: pytest.FixtureRequest, all_records: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The records of one isolation, by the names of submissions; what was left behind under ''."""
    if request.param not in all_records:
        pytest.skip(f"no isolation {request.param} on this machine")
    return all_records[request.param]


def _outcomes(record: dict[str, Any]) -> list[str]:
    assert not record["error"]
    return [record["outcomes"][name] for name in ("sums.double.seven", "sums.double.eight", "sums.triple.value")]


@pytest.mark.parametrize("name", IN_CALL)
def test_a_limit_reached_in_a_call_costs_that_criterion_alone(records: dict[str, Any], name: str) -> None:
    first, *others = _outcomes(records[name])
    assert first in IN_CALL[name][1]
    assert others == ["passed", "passed"]


@pytest.mark.parametrize("name", AT_LOAD)
def test_what_fails_at_load_costs_that_question_alone(records: dict[str, Any], name: str) -> None:
    ends = AT_LOAD[name][1]
    assert _outcomes(records[name]) == [ends, ends, "passed"]


def test_the_same_submission_without_its_one_bad_call_passes(records: dict[str, Any]) -> None:
    assert _outcomes(records["harmless"]) == ["passed", "passed", "passed"]
    assert records["harmless"]["result"]["marks"] == "6"


def test_printed_output_is_kept_up_to_a_limit(records: dict[str, Any]) -> None:
    printed = records["prints_200_mb"]["checks"][0]["feedback"]["printed"]
    assert 0 < len(printed) <= PRINTED_LIMIT
    assert records["prints_200_mb_past_python"]["checks"][0]["feedback"]["printed"] == ""


def test_only_what_sleeps_and_waits_is_tried_again(records: dict[str, Any]) -> None:
    again = {name for name in [*IN_CALL, *AT_LOAD] if any(check["again"] for check in records[name]["checks"])}
    assert again == {"sleeps_deaf_to_signals", "waits_for_itself", "locks_itself_out", "drips_its_answer"}


def test_it_is_told_which_clock_decided(records: dict[str, Any]) -> None:
    slept = records["sleeps_deaf_to_signals"]["checks"][0]["feedback"]["kind"]
    assert "by the wall clock" in slept
    assert "the code slept or waited" in slept
    assert records["loops"]["checks"][0]["feedback"]["kind"] == "took too long: used more than 0.5 s of CPU time"


def test_nothing_is_left_behind(records: dict[str, Any]) -> None:
    assert records[""]["left"] == []


@pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())
@pytest.mark.parametrize("name", ["crashes_at_load", "loops_at_load"])
def test_what_fails_at_load_is_found_once(name: str) -> None:
    limits, forked = Limits(cpu_seconds=0.25, memory_mb=256), []
    with JobFolder() as folder:
        (folder.staging / "sums.py").write_text(_submission(name), encoding="utf-8")
        warm = WarmProcess(folder, package_set(("numpy",)), in_room=False, limits=limits)

        def fork(how: Elsewhere | None) -> ForkedWorker:
            forked.append(warm.fork(limits))
            return forked[-1]

        program = SentProgram(str(folder.staging), ("sums.py",), QuestionSpec("sums", ("double",)))
        question = JailedQuestion(fork, program, limits, Budget())
        try:
            messages = {_stopped(lambda: question.call(("double",), (), {}, keep_arguments=False)) for _ in range(3)}
        finally:
            question.close()
            warm.close()
    assert len(messages) == 1
    assert len(forked) == 1


def _stopped(act: Callable[[], object]) -> str:
    with pytest.raises(StudentStopped) as stopped:
        act()
    return stopped.value.message
