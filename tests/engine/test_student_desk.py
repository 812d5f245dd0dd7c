"""What a student's `pytest` does wherever it is started, with pytest's own options, and from one run to the next."""

from __future__ import annotations

import contextlib
import ntpath
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath

import pytest

from grader.core.text import seen_from
from grader.course.rubric.load import load_rubric
from grader.pytest_side.assignments import near_a_course
from grader.pytest_side.edits import question_digests

FIRST_STEPS = Path(__file__).parents[2] / "grader" / "kit" / "first_steps"
SETTINGS = (
    "[pytest]\ntestpaths = tests/public\nnorecursedirs = first_steps .*\n"
    "addopts = --import-mode=importlib --disable-plugin-autoload -p grader.pytest_side.entry\n"
)
RUBRIC = """\
assignment: tiny
title: Sums
marks: 5
suites:
  public: [tests/public/test_sums.py]
questions:
  - id: sums.double
    title: (a) Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria:
      - {id: sums.double.value, title: it is twice the number, marks: 1}
      - {id: sums.double.arrays, title: arrays too, marks: 1.5}
  - id: sums.counter
    title: (b) A counter
    module: sums
    names: [Counter]
    packages: [numpy]
    criteria:
      - {id: sums.counter.value, title: it counts, marks: 2.5}
"""

PUBLIC = '''\
import numpy as np
from hypothesis import given, strategies as st

from grader.checks import assert_close, criterion


@criterion("sums.double.value")
def test_double_of_seven(submission):
    """Multiply seven by two.

    Catches: numbers made up.
    """
    assert submission.double(7) == 14


@criterion("sums.double.arrays")
@given(x=st.integers(1, 100))
def test_double_of_arrays(submission, x):
    """Multiply each number by two.

    Catches: three times.
    """
    got = submission.double(np.array([1.0, x]))
    assert_close(got, [2, 2 * x], what="the double", confusions={"You triple it.": [3, 3 * x]})


@criterion("sums.counter.value")
def test_counter_counts(submission):
    """Count one, two."""
    counter = submission.Counter(start=0)
    assert [counter.step(), counter.step() + 0] == [1, 2]
'''

STUB = '''\
import numpy as np


def double(x):
    """Return twice `x`."""
    raise NotImplementedError("sums.double")


class Counter:
    def __init__(self, start):
        raise NotImplementedError("sums.counter")
'''

SOLVED = """\
import numpy as np


def double(x):
    return x + x


class Counter:
    def __init__(self, start):
        self.n = start

    def step(self):
        self.n += 1
        return self.n
"""

WRONG = "def double(x): return 3 * x\n\n\nclass Counter:\n    def __init__(self, start): raise NotImplementedError\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A kit of the course of sums, in a folder of several."""
    return make_kit(tmp_path / "term" / "kit")


def make_kit(folder: Path) -> Path:
    for name, text in {
        "pytest.ini": SETTINGS,
        "rubrics/tiny.yaml": RUBRIC,
        "tests/public/test_sums.py": PUBLIC,
        "student/sums.py": SOLVED,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(kit: Path) -> Run:
    """Run pytest in a folder, by default the kit's, with nothing of this run around it."""

    def pytest_in(
        *arguments: str, folder: Path = kit, typed: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *arguments], cwd=folder, input=typed, capture_output=True, text=True,
            encoding="utf-8", check=False, env={**environment, "COLUMNS": "100", "PYTHONUTF8": "1", **variables},
        )  # fmt: skip

    return pytest_in


def write(kit: Path, text: str) -> None:
    (kit / "student" / "sums.py").write_text(text, encoding="utf-8")


def table(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the lines below the last header of marks, without bars and the way to a page."""
    lines = done.stdout.rpartition(" marks by these checks ")[2].splitlines()[1:]
    end = next(i for i, line in enumerate(lines) if "as a page" in line)
    return [re.sub("[█░]{8}(  )?", "", line).rstrip() for line in lines[:end] if line]


# ── where it is started ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("where", "arguments"),
    [
        (".", ["kit/tests/public/test_sums.py"]),
        (".", ["kit/tests/public/test_sums.py::test_double_of_seven"]),
        (".", ["kit"]),
        (".", []),
        (".", ["--rootdir", ".", "kit/tests/public"]),
        ("elsewhere", ["../kit"]),
        ("kit/student", []),
        ("kit/student", ["-q"]),
        ("kit/tests", []),
        ("kit/tests/public", ["test_sums.py"]),
    ],
)
def test_it_may_be_started_anywhere(run: Run, kit: Path, where: str, arguments: list[str]) -> None:
    """Catches: a course that is looked for around the terminal, and not around the checks."""
    (kit.parent / "elsewhere").mkdir()
    done = run(*arguments, folder=kit.parent / where)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sums.double" in table(done)[1]


def test_its_own_options_are_known_above_a_kit_too(run: Run, kit: Path) -> None:
    write(kit, WRONG)
    done = run("kit/tests/public", "--question", "sums.double", folder=kit.parent)
    assert table(done)[-1] == "        pytest kit --question sums.double"
    again = run("kit", "--question", "sums.double", folder=kit.parent)
    kit.rename(kit.with_name("my kit"))
    spaced = run("my kit", "--question", "sums.double", folder=kit.parent)
    assert table(spaced)[-1] == '        pytest "my kit" --question sums.double'
    assert [line for line in table(again) if "since" not in line] == table(done)


def test_two_kits_in_one_run_are_two_courses(run: Run, kit: Path) -> None:
    """Catches: suites of one name that are taken for one, and answers of one work for those of the other."""
    other = make_kit(kit.parent / "other")
    write(other, WRONG)
    done = run(folder=kit.parent)
    assert "2 failed, 3 passed, 1 not implemented" in done.stdout
    assert re.findall("by these checks +([0-9.]+)", done.stdout) == ["5", "0"]


def test_a_project_beside_a_kit_keeps_its_own_options_and_tests(run: Run, kit: Path) -> None:
    (kit.parent / "test_mine.py").write_text("def test_mine(): assert 1 == 2\n", encoding="utf-8")
    done = run(folder=kit.parent)
    assert "assert 1 == 2" in done.stdout
    assert "1 failed, 3 passed" in done.stdout


def test_no_course_is_near_where_there_is_none(tmp_path: Path, kit: Path) -> None:
    assert near_a_course(kit / "student", [])
    assert near_a_course(tmp_path, ["-q", "term/kit/tests/public/test_sums.py::test_x"])
    assert near_a_course(kit.parent, [])
    assert not near_a_course(tmp_path, ["-k", "x" * 5000])


# ── pytest's own options ──────────────────────────────────────────────────────────────────────────


def test_the_first_failure_stops_a_run_and_a_stub_does_not(run: Run, kit: Path) -> None:
    """Catches: `-x` that stops at the first stub, so that nothing can be worked on but in order."""
    suite = kit / "tests" / "public" / "test_sums.py"
    head, double, counter = re.split(r"\n\n\n(?=@criterion\(.sums.(?:double.value|counter))", PUBLIC.rstrip())
    suite.write_text("\n\n\n".join([head, counter, double]), encoding="utf-8")
    write(kit, WRONG)
    done = run("-x")
    assert "1 failed, 1 not implemented" in done.stdout
    assert done.returncode == 1
    write(kit, STUB)
    done = run("-x")
    assert "3 not implemented" in done.stdout
    assert done.returncode == 1


def test_last_failed_leaves_out_what_is_not_begun(run: Run, kit: Path) -> None:
    write(kit, WRONG)
    run()
    done = run("--lf")
    assert "rerun previous 2 failures" in done.stdout
    assert "not implemented" not in done.stdout.partition("marks by")[0]


def test_a_debugger_passes_over_stubs_and_stops_in_the_check(run: Run, kit: Path) -> None:
    write(kit, WRONG)
    done = run("--pdb", typed="p ('seven', submission.double(7))\nq\n", PYTHONBREAKPOINT="")
    assert "('seven', 21)" in done.stdout
    assert re.search(r"> .*test_sums\.py\(\d+\)test_double_of_seven\(\)", done.stdout)
    assert done.stdout.count("entering PDB") == 1


def test_several_processes_add_up_to_one_table(run: Run, kit: Path) -> None:
    write(kit, WRONG.replace("3 * x", "2 * x"))
    alone, together = run(), run("-p", "xdist", "-n", "2")
    assert table(together) == table(alone)
    assert "2 passed, 1 not implemented" in together.stdout
    assert "short test summary" not in together.stdout
    assert together.returncode == 1


def test_pictures_that_several_processes_draw_are_there(run: Run, kit: Path) -> None:
    """Catches: the process that prints, which takes away what the others have just drawn."""
    suite = PUBLIC
    for few, many in (("np.array([1.0, x])", "np.arange(8.0)"), ("[2, 2 * x]", "2 * np.arange(8.0)")):
        assert few in suite
        suite = suite.replace(few, many)
    (kit / "tests" / "public" / "test_sums.py").write_text(suite.replace("[3, 3 * x]", "[]"), encoding="utf-8")
    write(kit, WRONG)
    run()
    drawn = re.search("Picture: (.*)", run("-p", "xdist", "-n", "2").stdout)
    assert drawn is not None
    assert (kit / drawn[1]).is_file()


def test_warnings_are_left_out_where_that_is_asked_for(run: Run, kit: Path) -> None:
    write(kit, SOLVED.replace("return x + x", "np.log(np.zeros(1))\n    return x + x"))
    assert "divide by zero" in run().stdout
    assert "divide by zero" not in run("-W", "ignore").stdout
    assert run("-W", "error").returncode == 0


def test_a_kit_on_another_drive_of_windows_is_named_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches: a run that ends by ValueError, since no relative path leads from C: to D:."""
    monkeypatch.setattr(os.path, "relpath", ntpath.relpath)
    kit, here = PureWindowsPath("D:/kits/pa2"), PureWindowsPath("C:/Users/asha")
    assert seen_from(kit, here) == "D:\\kits\\pa2"  # type: ignore[arg-type]
    assert seen_from(here / "kit", here) == "kit"  # type: ignore[arg-type]


# ── how much is shown ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def five(kit: Path) -> Path:
    """A kit with five checks of the first question, each about another number."""
    suite = kit / "tests" / "public" / "test_sums.py"
    more = "".join(
        f'\n\n@criterion("sums.double.arrays")\ndef test_double_of_{n}(submission):\n'
        f'    """Double {n}."""\n    assert submission.double({n}) == {2 * n}\n'
        for n in range(3, 6)
    )
    suite.write_text(PUBLIC + more, encoding="utf-8")
    return kit


def failures(done: subprocess.CompletedProcess[str]) -> list[str]:
    return re.findall(r"^_+ (test_\w+) _+$", done.stdout, re.MULTILINE)


def test_three_failures_are_shown_in_full_and_the_rest_is_counted(run: Run, five: Path) -> None:
    write(five, WRONG)
    done = run()
    assert len(failures(done)) == 3
    assert "2 more checks fail; pytest -v shows all in full" in done.stdout
    assert "5 failed" in done.stdout
    assert "short test summary" not in done.stdout
    assert len(failures(run("-v"))) == 5
    assert run("-rf").stdout.count("FAILED tests/public/test_sums.py::") == 5


def test_of_a_question_whose_numbers_are_wrong_the_first_failure_is_shown(run: Run, five: Path) -> None:
    """Catches: headings of later checks, which ask for what is not wrong, read as mistakes that are made."""
    suite = five / "tests" / "public" / "test_sums.py"
    text = re.sub(r"assert (submission\.double\(\d+\)) == (\d+)", r'assert_close(\1, \2, what="it")', suite.read_text())
    suite.write_text(text, encoding="utf-8")
    write(five, WRONG)
    done = run()
    assert failures(done) == ["test_double_of_seven"]
    assert "4 more checks fail, which this may explain; pytest -v shows all in full" in done.stdout


def test_a_syntax_error_is_told_once(run: Run, five: Path) -> None:
    write(five, "def double(x):\n    return (x\n\n\nclass Counter: pass\n")
    done = run()
    assert len(failures(done)) == 1
    assert done.stdout.count("could not be loaded") == 1
    assert "5 more checks fail, which this may explain;" in done.stdout


def test_one_exception_in_one_line_is_told_once(run: Run, five: Path) -> None:
    write(five, WRONG.replace("3 * x", "{}['rate']"))
    done = run()
    assert len(failures(done)) == 1
    assert "4 more checks fail, which this may explain;" in done.stdout


def test_the_next_step_is_where_the_student_works(run: Run, kit: Path) -> None:
    """Catches: the rubric's first question, whatever is being worked on."""
    write(kit, STUB)
    assert table(run())[-1].endswith("sums.double")
    counting = SOLVED.partition("class")[2].replace("+= 1", "+= 2")
    write(kit, f"{STUB.partition('class')[0]}class{counting}")
    assert table(run())[-1].endswith("sums.counter")
    write(kit, f"{WRONG.partition('class')[0]}class{counting}")
    assert next(line for line in table(run()) if "--question" in line).endswith("sums.double")


def test_what_has_changed_since_the_last_run_is_told_once(run: Run, kit: Path) -> None:
    write(kit, WRONG)
    assert "since your last run" not in run().stdout
    write(kit, WRONG.replace("3 * x", "14"))
    first, again = run("--question", "sums.double"), run("--question", "sums.double")
    assert "    + sums.double: it is twice the number" in table(first)
    assert "since your last run" not in again.stdout
    write(kit, WRONG)
    assert "    - sums.double: it is twice the number" in table(run())
    (kit / "last_run" / "progress.json").write_text('["nothing of ours"]', encoding="utf-8")
    assert run().returncode == 1


def test_a_question_that_is_done_leads_to_the_next(run: Run, kit: Path) -> None:
    write(kit, STUB)
    run()
    write(kit, SOLVED.partition("class")[0] + "class" + STUB.partition("class")[2])
    done = table(run("--question", "sums.double"))
    assert "  next: (b) A counter" in done
    assert "        pytest --question sums.counter" in done


def test_rows_are_coloured_by_what_they_earn(run: Run, kit: Path) -> None:
    write(kit, WRONG.replace("3 * x", "14"))
    first = run("--color=yes").stdout
    assert re.search(r"\x1b\[33m  sums\.double +1 / 2\.5", first)
    write(kit, SOLVED)
    assert re.search(r"\x1b\[32m  sums\.double +2\.5 / 2\.5", run("--color=yes").stdout)


def test_bars_are_drawn_in_what_the_output_can_take(run: Run, kit: Path) -> None:
    write(kit, WRONG.replace("3 * x", "14"))
    assert re.search("sums.double +1 / 2.5 +███░░░░░  failed", run().stdout)
    done = run(PYTHONUTF8="0", PYTHONIOENCODING="cp1252")
    assert re.search("sums.double +1 / 2.5 +###[.]{5}  failed", done.stdout)


# ── what an edit concerns ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "concerned"),
    [
        ("return x + x", "return x + x  # twice", set()),
        ("return x + x", "return 2 * x", {"sums.double"}),
        ("+= 1", "+= ONE", {"sums.counter"}),
        ("import numpy as np\n", "import numpy as np\n\nUNUSED = 1\n", set()),
        ("return x + x", "return (x", {"sums.double", "sums.counter"}),
    ],
)
def test_an_edit_concerns_the_questions_that_depend_on_it(kit: Path, old: str, new: str, concerned: set[str]) -> None:
    questions = load_rubric(kit / "rubrics" / "tiny.yaml").questions
    file = kit / "student" / "sums.py"
    before = question_digests(file.parent, [file.name], questions)
    assert old in SOLVED
    file.write_text(SOLVED.replace(old, new), encoding="utf-8")
    after = question_digests(file.parent, [file.name], questions)
    assert {question for question in after if after[question] != before[question]} == concerned


def test_an_edit_of_a_helper_concerns_who_imports_it(kit: Path) -> None:
    questions = load_rubric(kit / "rubrics" / "tiny.yaml").questions
    (kit / "student" / "helper.py").write_text("def twice(x): return x + x\n", encoding="utf-8")
    write(
        kit, SOLVED.replace("import numpy as np", "from helper import twice").replace("return x + x", "return twice(x)")
    )
    files = ["helper.py", "sums.py"]
    before = question_digests(kit / "student", files, questions)
    (kit / "student" / "helper.py").write_text("def twice(x): return 2 * x\n", encoding="utf-8")
    after = question_digests(kit / "student", files, questions)
    assert {question for question in after if after[question] != before[question]} == {"sums.double"}


@pytest.mark.parametrize(
    ("reads", "concerned"), [("", set()), ("    open('log.csv')\n", {"sums.double", "sums.counter"})]
)
def test_a_file_beside_the_code_concerns_the_questions_of_the_code_that_names_it(
    kit: Path, reads: str, concerned: set[str]
) -> None:
    questions = load_rubric(kit / "rubrics" / "tiny.yaml").questions
    write(kit, SOLVED.replace("    return x + x", f"{reads}    return x + x"))
    log = kit / "student" / "log.csv"
    log.write_text("1", encoding="utf-8")
    before = question_digests(kit / "student", ["sums.py"], questions)
    log.write_text("2", encoding="utf-8")
    after = question_digests(kit / "student", ["sums.py"], questions)
    assert {question for question in after if after[question] != before[question]} == concerned


# ── watching ──────────────────────────────────────────────────────────────────────────────────────


# A terminal's Ctrl-C is never ignored; where these tests run in the background it is.
WATCH = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('pytest', run_name='__main__', alter_sys=True)"
)


@pytest.fixture
def watched(kit: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that watches the kit."""
    process = subprocess.Popen(
        [sys.executable, "-c", WATCH, "--watch", "-q"], cwd=kit, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
    )  # fmt: skip
    late = threading.Timer(240, process.kill)  # `until` would wait for ever
    late.start()
    yield process
    late.cancel()
    process.kill()
    process.communicate()


def until(process: subprocess.Popen[str], words: str) -> str:
    """Return what a process prints up to a line with these words."""
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if words in line:
            return told
    raise AssertionError(told)


def test_watching_runs_the_checks_of_what_has_changed(kit: Path, watched: subprocess.Popen[str]) -> None:
    """Catches: all checks at every save, none after a mistake, and a process that remembers the last one's code."""
    assert "sums.counter" in until(watched, "3 passed in")
    file = kit / "student" / "sums.py"
    file.write_text(SOLVED.replace("x + x", "3 * x"), encoding="utf-8")
    told = until(watched, "2 failed, 1 deselected in")
    assert "sums.py: sums.double ──" in told
    assert "sums.counter" not in told.partition("sums.double ──")[2]
    file.write_text(SOLVED.replace("x + x", "(x"), encoding="utf-8")
    assert "was never closed" in until(watched, "3 failed in")
    (kit / "student" / "notes.txt").write_text("nothing of it", encoding="utf-8")
    until(watched, "notes.txt: no check depends on what has changed")
    file.write_text(SOLVED, encoding="utf-8")
    told = until(watched, "3 passed in")
    assert "    + sums.double: arrays too" in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_watching_ends_by_ctrl_c_without_a_traceback(watched: subprocess.Popen[str]) -> None:
    until(watched, "3 passed in")
    time.sleep(0.5)
    watched.send_signal(signal.SIGINT)
    rest, _ = watched.communicate(timeout=60)
    assert "Traceback" not in rest
    assert watched.returncode == 0


# ── a long check ──────────────────────────────────────────────────────────────────────────────────

LONG = """
@criterion("sums.double.value")
def test_many_runs(submission):
    \"\"\"Repeat five runs.\"\"\"
    for number in range(1, 6):
        print("printed by the check")
        submission.told.under_way(f"repeating run {number} of 5: {'9' * (30 - 5 * number)} s")
    assert submission.double(1) == 2
"""


def on_a_terminal(kit: Path, *arguments: str, columns: int = 80) -> str:
    """Return all that pytest writes to a terminal of so many columns."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments], cwd=kit, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**environment, "COLUMNS": str(columns), "PY_COLORS": "0", "TERM": "xterm", "PYTHONUTF8": "1"},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # which Linux raises when the other end is closed
        while part := os.read(ours, 65536):
            written += part
    os.close(ours)
    assert process.wait() == 0, written.decode()
    return written.decode()


def screen(written: str) -> list[str]:
    """Return the lines that are left to see: what is written over is gone."""
    return [cells(line).rstrip() for line in written.replace("\r\n", "\n").split("\n")]


def cells(line: str) -> str:
    """Return all that a line of a terminal holds in the end, with the spaces that were written last."""
    held, at = list[str](), 0
    for character in line:
        if character in "\b\r":
            at = at - 1 if character == "\b" else 0
        else:
            held[at : at + 1] = [character]
            at += 1
    return "".join(held)


@pytest.mark.parametrize(("columns", "arguments"), [(60, []), (60, ["-v"]), (100, ["-q"])])
def test_the_progress_of_a_long_check_is_seen_on_a_terminal_and_gone_after_it(
    kit: Path, columns: int, arguments: list[str]
) -> None:
    """Catches: rests of a longer sentence, a line that wraps, and percentages that are moved."""
    (kit / "tests" / "public" / "test_sums.py").write_text(PUBLIC + LONG, encoding="utf-8")
    written = on_a_terminal(kit, *arguments, columns=columns)
    assert "  repeating run 1 of 5"[: 4 if "-v" in arguments else None] in written
    without = PUBLIC + LONG.replace("submission.told.under_way", "str")
    (kit / "tests" / "public" / "test_sums.py").write_text(without, encoding="utf-8")
    plain = screen(on_a_terminal(kit, *arguments, columns=columns))
    assert without_seconds(screen(written)) == without_seconds(plain)
    assert all(len(cells(line)) <= columns for line in written.split("\n") if "\b" in line)


def without_seconds(lines: list[str]) -> list[str]:
    return [re.sub(r"=* ?(\d+ passed.*) in [0-9.]+s ?=*", r"\1", line) for line in lines]


def test_progress_is_not_written_to_a_file_nor_among_what_is_printed(kit: Path, run: Run) -> None:
    (kit / "tests" / "public" / "test_sums.py").write_text(PUBLIC + LONG, encoding="utf-8")
    done = run()
    assert "passed" in done.stdout
    printed = on_a_terminal(kit, "-s")
    assert "printed by the check" in printed
    assert "repeating" not in done.stdout + done.stderr + printed


# ── the first exercise ────────────────────────────────────────────────────────────────────────────


def test_the_first_exercise_says_what_pytest_says(run: Run, kit: Path) -> None:
    """Catches: a walk through screens that nobody sees any more, and one that does not end in a solution."""
    shutil.copytree(FIRST_STEPS, kit / "first_steps", ignore=shutil.ignore_patterns("last_run", "__pycache__"))
    page = (kit / "first_steps" / "README.md").read_text(encoding="utf-8")
    file = kit / "first_steps" / "student" / "first_steps.py"
    screens = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    asked, mean, mended = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    begun = file.read_text(encoding="utf-8")
    wide = {"COLUMNS": "80"}
    printed = [run("first_steps", **wide).stdout]
    file.write_text(begun.replace("    mean = np.mean(x)\n", asked), encoding="utf-8")
    typed = "".join(f"{line}\n" for line in re.findall(r"^\(Pdb\) (.*)$", screens[1], re.MULTILINE))
    printed.append(run("first_steps", "-k", "by_hand", typed=typed, **wide).stdout)
    file.write_text(begun.replace("    mean = np.mean(x)\n", mean), encoding="utf-8")
    printed.append(run("first_steps", **wide).stdout)
    last = begun.replace("    mean = np.mean(x)\n", mean).replace("    return (x - mean) / deviation\n", mended)
    file.write_text(last, encoding="utf-8")
    printed.append(run("first_steps", **wide).stdout)
    for screen, output in zip(screens, [*printed[:2], printed[2], printed[2], printed[3]], strict=True):
        shown = [re.sub(r"^\(Pdb\) [npq].*$|^\(Pdb\) ?", "", line) for line in screen.splitlines()]
        missing = [line for line in shown if line.strip() and line.strip() not in output]
        assert missing == []
    assert "2 passed" in printed[-1]
    assert "test_first_steps" not in run().stdout
    assert "test_first_steps" not in run("kit", folder=kit.parent).stdout
