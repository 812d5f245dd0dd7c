"""A student's `pytest`, from outside: what it prints, how it exits, and where a debugger stops."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

RUBRIC = """\
assignment: tiny
title: Sums
marks: 5
suites:
  public: [tests/public/test_sums.py]
  hidden: [tests/hidden/test_sums.py]
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

HIDDEN = '''\
from grader.checks import criterion


@criterion("sums.double.value")
def test_double_of_nine(submission):
    """Multiply nine by two."""
    assert submission.double(9) == 18
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

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose student/ holds a right solution."""
    for name, text in {
        "rubrics/tiny.yaml": RUBRIC,
        "tests/public/test_sums.py": PUBLIC,
        "tests/hidden/test_sums.py": HIDDEN,
        "student/sums.py": SOLVED,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(course: Path) -> Run:
    """Run `python -m pytest tests/public …` in the course."""

    def pytest_in(
        *arguments: str, typed: str = "", folder: Path = course, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            cwd=folder, input=typed, capture_output=True, text=True, check=False,
            env={**os.environ, "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1", **environment},
        )  # fmt: skip

    return pytest_in


def write(course: Path, text: str) -> None:
    (course / "student" / "sums.py").write_text(textwrap.dedent(text), encoding="utf-8")


def section(output: str, title: str) -> list[str]:
    """Return the lines between the header that holds `title` and the next one."""
    lines = output.splitlines()
    start = next(i for i, line in enumerate(lines) if f" {title} " in line and line[0] in "_=-") + 1
    end = next((i for i in range(start, len(lines)) if lines[i][:3] in {"___", "===", "---"}), len(lines))
    return lines[start:end]


def table(done: subprocess.CompletedProcess[str]) -> list[str]:
    lines = [line for line in section(done.stdout, "marks by these checks") if line]
    return [re.sub("[█░]{8}(  )?", "", line).rstrip() for line in lines if "as a page" not in line]


def by_hand(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in section(done.stdout, "for a person to mark") if "as a page" not in line]


# ── marks ─────────────────────────────────────────────────────────────────────────────────────────


def test_right_work_passes_with_full_marks(run: Run) -> None:
    done = run("tests/public")
    assert done.returncode == 0
    assert table(done) == [
        "Sums (tiny)",
        "  sums.double       2.5 / 2.5",
        "  sums.counter      2.5 / 2.5",
        "  by these checks     5 / 5",
        "  all of these pass; the hidden checks try more cases",
    ]


def test_untouched_stubs_are_told_as_not_implemented_and_nothing_more(run: Run, course: Path) -> None:
    write(course, STUB)
    done = run("tests/public")
    assert done.returncode == 1
    assert "FAILURES" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "= 3 not implemented in " in done.stdout
    assert table(done) == [
        "Sums (tiny)",
        "  sums.double         0 / 2.5   not implemented",
        "  sums.counter        0 / 2.5   not implemented",
        "  by these checks     0 / 5",
        "  next: (a) Twice a number: it is twice the number",
        "        pytest --question sums.double",
    ]


def test_the_table_fits_a_terminal_of_80_columns(run: Run, course: Path) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(
        text.replace("it counts", "it counts one and two and " + "more and " * 9 + "more"), encoding="utf-8"
    )
    write(course, "class Counter:\n    def __init__(self, start): pass\n    def step(self): pass\n")
    told = table(run("tests/public", COLUMNS="80"))
    assert max(map(len, told)) <= 80
    assert told[2] == "  sums.counter        0 / 2.5   failed: it counts one and two and …"


def test_what_is_told_keeps_its_lines_where_output_knows_few_letters(run: Run, course: Path) -> None:
    suite = course / "tests" / "public" / "test_sums.py"
    suite.write_text(suite.read_text(encoding="utf-8").replace("seven by two", "√49 by two"), encoding="utf-8")
    write(course, "def double(x): return 13\nclass counter: pass")
    done = run("tests/public", PYTHONIOENCODING="cp1252")
    assert section(done.stdout, "test_double_of_seven")[:2] == ["Multiply ?49 by two.", "an assertion does not hold"]


def test_a_half_done_question_earns_its_part_and_says_what_is_next(run: Run, course: Path) -> None:
    write(course, "def double(x): return 14\nclass counter: pass")
    done = run("tests/public")
    assert table(done)[1:] == [
        "  sums.double         1 / 2.5   failed: arrays too",
        "  sums.counter        0 / 2.5   not implemented",
        "  by these checks     1 / 5",
        "  next: (a) Twice a number: arrays too",
        "        pytest --question sums.double",
    ]
    assert section(done.stdout, "test_counter_counts") == ["the submission defines no 'Counter'; did you mean counter?"]


def test_what_a_person_marks_is_told_with_the_files_that_are_there(run: Run, course: Path) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    asked = """\
  - {id: sums.proof, title: a proof, handed_in: [proof.md, "scan*.png"], criteria: [{id: sums.proof.steps, title: it
      follows, marks: 1, manual: true}]}
"""
    rubric.write_text(rubric.read_text(encoding="utf-8").replace("marks: 5\n", "marks: 6\n", 1).rstrip() + "\n" + asked)
    too = "  Text and output in a notebook count too."
    assert by_hand(run("tests/public")) == ["  sums.proof  not found yet: proof.md, scan*.png", too]
    only_pictures = rubric.read_text(encoding="utf-8").replace("proof.md, ", "")
    rubric.write_text(only_pictures, encoding="utf-8")
    assert by_hand(run("tests/public")) == ["  sums.proof  not found yet: scan*.png", too]
    (course / "student" / "work").mkdir()
    (course / "student" / "work" / "Scan 1.PNG").write_bytes(b"")
    done = run("tests/public")
    assert done.returncode == 0
    assert by_hand(done) == ["  sums.proof  found work/Scan 1.PNG", too]
    (course / "student" / "curve.png").write_bytes(b"")
    assert by_hand(run("tests/public")) == [
        "  sums.proof      found work/Scan 1.PNG",
        "  by other names  found curve.png; the person who marks sees them too",
        too,
    ]
    for shown, words in (
        ([], "no picture"),
        (["image/png"], "1 picture"),
        (["image/gif"] * 2, "2 pictures"),
    ):
        outputs = [{"output_type": "display_data", "data": {kind: "", "text/plain": ""}} for kind in shown]
        cells = {"cells": [{"cell_type": "code", "source": SOLVED, "outputs": outputs}, {"cell_type": "markdown"}]}
        (course / "work.ipynb").write_text(json.dumps(cells), encoding="utf-8")
        said = by_hand(run("tests/public", "--submission", "work.ipynb"))[-1]
        assert said == f"  Text and output in a notebook count too; work.ipynb shows {words}."
    for some in (["--question", "sums.double"], ["-k", "seven"], ["tests/public/test_sums.py::test_double_of_seven"]):
        assert "for a person to mark" not in run(*some).stdout


def test_a_name_that_is_missing_is_told_once(run: Run, course: Path) -> None:
    write(course, "def duble(x): return 14")
    done = run("tests/public", "--question", "sums.double")
    assert done.stdout.count("the submission defines no 'double'; did you mean duble?") == 1
    assert "= 1 failed, 1 deselected, 1 not implemented in " in done.stdout


def test_where_a_run_ended_early_the_table_shows_the_whole_marks_of_what_was_begun(run: Run, course: Path) -> None:
    write(course, "def double(x): return 13\nclass Counter: pass")
    assert table(run("tests/public", "-x"))[1:3] == [
        "  sums.double         0 / 2.5   failed: it is twice the number",
        "  by these checks     0 / 2.5",
    ]
    write(course, "def double(x): return 14")
    names = ("tests/public/test_sums.py::test_double_of_seven", "tests/public/test_sums.py::test_double_of_arrays")
    assert table(run("--import-mode=importlib", *names, "tests/hidden", "-x"))[1] == (
        "  sums.double         0 / 2.5   failed: arrays too"
    )


def test_the_table_is_about_what_ran(run: Run) -> None:
    done = run("tests/public", "-k", "seven")
    assert table(done)[1:3] == [
        "  sums.double         1 / 1",
        "  by these checks     1 / 1",
    ]


# ── which checks, whose work ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("globs", "passed"),
    [(["sums.*"], 3), (["*.arrays"], 1), (["sums.counter", "sums.double.value"], 2)],
)
def test_a_question_or_criterion_can_be_selected(run: Run, globs: list[str], passed: int) -> None:
    done = run("tests/public", *(word for glob in globs for word in ("--question", glob)))
    assert f"{passed} passed" in done.stdout
    assert done.returncode == 0


def test_a_question_that_is_not_there_is_told_with_those_that_are(run: Run) -> None:
    done = run("tests/public", "--question", "sums.duble")
    assert done.returncode == 4
    assert "no question here is called 'sums.duble'" in done.stderr
    assert "one of sums.counter, sums.double" in done.stderr
    assert "did you mean `sums.double`?" in done.stderr


def test_other_work_can_be_named_be_it_a_script_or_a_notebook(run: Run, course: Path) -> None:
    write(course, STUB)
    other = course / "other"
    other.mkdir()
    (other / "cs23b001.py").write_text(SOLVED, encoding="utf-8")
    cell = {"cell_type": "code", "source": SOLVED}
    (other / "work.ipynb").write_text(f'{{"cells": [{json.dumps(cell)}]}}', encoding="utf-8")
    for work in ("other/cs23b001.py", str(other / "work.ipynb")):
        done = run("tests/public", "--submission", work)
        assert done.returncode == 0, done.stdout


def test_work_that_is_not_there_is_told(run: Run) -> None:
    done = run("tests/public", "--submission", "nowhere")
    assert done.returncode == 4
    assert "nowhere: no such file or folder" in done.stderr


def test_an_archive_is_refused_and_not_taken_for_work_that_defines_nothing(run: Run, course: Path) -> None:
    (course / "cs23b001.zip").write_bytes(b"PK")
    done = run("tests/public", "--submission", "cs23b001.zip")
    assert done.returncode == 4
    assert "cs23b001.zip: this is not a folder, a `.py` file or a notebook" in done.stderr
    assert "unpack an archive" in done.stderr


def test_pytest_may_be_started_below_the_course(run: Run, course: Path) -> None:
    done = run("../tests/public", "--rootdir", "..", "--submission", "sums.py", folder=course / "student")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_tools_leave_in_a_folder_is_no_work(run: Run, course: Path) -> None:
    for place in (".ipynb_checkpoints", "venv/lib/site-packages/p", "__pycache__"):
        (course / "student" / place).mkdir(parents=True)
        (course / "student" / place / "sums.py").write_text(STUB, encoding="utf-8")
    (course / "student" / "sums.py").rename(course / "student" / "work.py")
    assert run("tests/public").returncode == 0


# ── what is told of a failure ─────────────────────────────────────────────────────────────────────


def test_a_wrong_value_is_told_in_the_order_that_helps(run: Run, course: Path) -> None:
    write(course, "def double(x):\n    print('called', x)\n    return 3 * x\n")
    told = section(run("tests/public", "-k", "arrays").stdout, "test_double_of_arrays")
    assert told[:3] == ["Multiply each number by two.", "the double has wrong values", "You triple it."]
    assert told[3:5] == ["smallest failing input:", "  x=1"]
    text = "\n".join(told)
    order = [
        "smallest failing input",
        "expected ",
        "got ",
        "To reproduce:",
        "from sums import double",
        "double(np.array([1., 1.]",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "Traceback" not in text


def test_what_reproduces_a_failure_names_where_the_work_stands_and_not_the_stub_beside_it(
    run: Run, course: Path
) -> None:
    write(course, STUB)
    wrong = "def double(x): return 3 * x"
    (course / "student" / "mine.py").write_text(wrong, encoding="utf-8")
    assert "    from mine import double" in section(run("tests/public").stdout, "test_double_of_seven")
    (course / "student" / "mine.py").unlink()
    cell = {"cell_type": "code", "source": wrong, "metadata": {}, "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (course / "student" / "tiny.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    told = section(run("tests/public").stdout, "test_double_of_seven")
    assert told[told.index("To reproduce:") + 1 :][:4] == [
        "    # In a cell of tiny.ipynb:",
        "    import numpy as np",
        "",
        "    print(double(7))",
    ]


def test_what_was_printed_is_shown_once(run: Run, course: Path) -> None:
    write(course, "def double(x):\n    print('called with', x)\n    return 3 * x\n")
    assert run("tests/public", "-k", "seven").stdout.count("called with 7") == 1


def test_an_exception_is_told_from_the_students_first_frame(run: Run, course: Path) -> None:
    write(course, "def double(x):\n    return helper(x)\n\n\ndef helper(x):\n    return {}[x]\n")
    done = run("tests/public", "-k", "seven")
    assert section(done.stdout, "test_double_of_seven")[:3] == [
        "Multiply seven by two.",
        "raised KeyError",
        "sums.py:6 in helper: return {}[x]",
    ]
    trace = done.stdout.partition("Traceback (most recent call last):\n")[2].splitlines()
    assert trace[0] == f'      File "{Path("student", "sums.py")}", line 2, in double'
    assert "grader" not in done.stdout.partition("FAILURES")[2].partition("marks by")[0]


def test_a_syntax_error_is_explained_with_its_line(run: Run, course: Path) -> None:
    write(course, "def double(x):\n    return (x\n\ndef other(): pass\n")
    done = run("tests/public", "-k", "seven")
    assert done.returncode == 1
    told = section(done.stdout, "test_double_of_seven")
    assert told[0] == "could not be loaded: SyntaxError: '(' was never closed (sums.py, line 2)"
    assert told[1] == "sums.py:2: return (x"
    assert any("^" in line for line in told)
    assert "To reproduce" not in done.stdout


def test_a_none_where_a_number_belongs_is_the_students(run: Run, course: Path) -> None:
    write(course, "class Counter:\n    def __init__(self, start): pass\n    def step(self): pass\n")
    done = run("tests/public", "-k", "counter")
    assert "TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'" in done.stdout
    assert "failed: it counts" in table(done)[1]
    assert "_pytest" not in done.stdout
    assert "fault in the grader" not in done.stdout


def test_a_fault_of_the_suite_is_not_laid_at_the_students_door(run: Run, course: Path) -> None:
    suite = course / "tests" / "public" / "test_sums.py"
    suite.write_text(PUBLIC.replace("submission.double(7)", "submission.triple(7)"), encoding="utf-8")
    done = run("tests/public", "-k", "seven")
    assert "a check calls 'triple', which its question does not list" in done.stdout
    assert "broken: it is twice the number" in table(done)[1]


def test_whoever_has_a_hidden_suite_reads_all_of_it(run: Run, course: Path) -> None:
    write(course, "def double(x): return 3 * x")
    done = run("tests/hidden")
    assert "assert 27 == 18" in done.stdout
    assert "double(9)" in done.stdout


def test_pytests_own_tracebacks_can_be_asked_for(run: Run, course: Path) -> None:
    write(course, "def double(x):\n    return helper(x)\n\n\ndef helper(x):\n    return {}[x]\n")
    done = run("tests/public", "-k", "seven", "--tb=long")
    assert ">       assert submission.double(7) == 14" in done.stdout
    assert ">       return {}[x]" in done.stdout
    assert "inprocess.py" not in done.stdout
    assert "submission.py" not in done.stdout


def test_warnings_and_prints_do_not_fail_even_where_warnings_are_errors(run: Run, course: Path) -> None:
    write(
        course,
        r"""
        import sys, warnings
        import numpy as np
        PATTERN = "\d"

        def double(x):
            print("to stdout")
            print("to stderr", file=sys.stderr)
            warnings.warn("careful")
            np.log(np.zeros(1)), open(__file__)
            return x + x + 0 * len(PATTERN)
        """,
    )
    done = run("tests/public", "--question", "sums.double", "-W", "error")
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    assert "UserWarning: careful" in done.stdout
    assert "RuntimeWarning: divide by zero" in done.stdout


def test_files_are_read_where_the_work_lies_and_the_working_folder_stays(run: Run, course: Path) -> None:
    (course / "student" / "two.txt").write_text("2", encoding="utf-8")
    write(course, "def double(x):\n    with open('two.txt') as file:\n        return int(file.read()) * x\n")
    conftest = """
    import os, pytest

    @pytest.fixture(autouse=True)
    def stays():
        here = os.getcwd()
        yield
        assert os.getcwd() == here
    """
    (course / "tests" / "public" / "conftest.py").write_text(textwrap.dedent(conftest), encoding="utf-8")
    assert run("tests/public", "--question", "sums.double").returncode == 0


# ── debuggers ─────────────────────────────────────────────────────────────────────────────────────

PAUSES = "import numpy as np\n\n\ndef double(x):\n    y = x + x\n    breakpoint()\n    return y\n"


def test_a_breakpoint_stops_in_the_students_function(run: Run, course: Path) -> None:
    write(course, PAUSES)
    hook = """
    import sys

    def stop():
        frame = sys._getframe(1)
        print("at", frame.f_code.co_filename, frame.f_lineno, frame.f_locals)
    """
    (course / "hook.py").write_text(textwrap.dedent(hook), encoding="utf-8")
    done = run("tests/public", "-k", "seven", "-s", PYTHONBREAKPOINT="hook.stop", PYTHONPATH=str(course))
    assert f"at {course / 'student' / 'sums.py'} 6 {{'x': 7, 'y': 14}}" in done.stdout
    assert done.returncode == 0


def test_a_student_can_look_around_and_go_on(run: Run, course: Path) -> None:
    write(course, PAUSES)
    done = run("tests/public", "-k", "seven", typed="p y + 1\nlist\ncontinue\n")
    assert f"{course / 'student' / 'sums.py'}(7)double()" in done.stdout
    assert "15" in done.stdout
    assert "1 passed" in done.stdout


def test_quitting_the_debugger_ends_the_run_and_is_nobodys_error(run: Run, course: Path) -> None:
    write(course, PAUSES)
    done = run("tests/public", "-k", "seven", typed="quit\n")
    assert "Quitting debugger" in done.stdout
    assert "raised" not in done.stdout
    assert done.returncode == 2


def test_a_debugger_after_the_fact_stands_where_the_students_code_raised(run: Run, course: Path) -> None:
    write(course, "def double(x):\n    y = x + x\n    return {}[y]\n")
    done = run("tests/public", "-k", "seven", "--pdb", typed="p ('y', y)\nquit\n")
    assert f"{course / 'student' / 'sums.py'}(3)double()" in done.stdout
    assert "('y', 14)" in done.stdout


# ── where it does not belong ──────────────────────────────────────────────────────────────────────


def test_in_an_unrelated_project_nothing_changes(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = tmp_path_factory.mktemp("project")
    (project / "rubrics").mkdir()
    (project / "rubrics" / "other.yaml").write_text("colour: red", encoding="utf-8")
    (project / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    parser.addoption('--question')\n    parser.addoption('--submission')\n",
        encoding="utf-8",
    )
    (project / "test_it.py").write_text(
        "import hypothesis\n"
        "def test_it():\n"
        "    assert hypothesis.settings().max_examples == 100\n"
        "def test_that_fails():\n"
        "    assert 1 == 2\n",
        encoding="utf-8",
    )
    done = run("--question", "x", "--strict-markers", folder=project)
    assert "1 failed, 1 passed" in done.stdout
    assert "assert 1 == 2" in done.stdout
    assert "marks by" not in done.stdout


def test_the_fixture_outside_a_course_says_where_it_belongs(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = tmp_path_factory.mktemp("project")
    (project / "test_it.py").write_text("def test_it(submission): pass\n", encoding="utf-8")
    assert "belongs to a course" in run(folder=project).stdout


def test_other_tests_of_a_course_are_left_alone(run: Run, course: Path) -> None:
    (course / "test_own.py").write_text("def test_own():\n    assert 1 == 2\n", encoding="utf-8")
    done = run("test_own.py")
    assert "assert 1 == 2" in done.stdout
    assert "marks by" not in done.stdout


def test_a_rubric_that_cannot_be_read_is_told_in_its_own_words(run: Run, course: Path) -> None:
    (course / "rubrics" / "tiny.yaml").write_text(RUBRIC.replace("marks: 5", "marks: 6"), encoding="utf-8")
    done = run("tests/public")
    assert done.returncode == 4
    assert "tiny.yaml" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_check_that_no_rubric_knows_is_told(run: Run, course: Path) -> None:
    suite = course / "tests" / "public" / "test_sums.py"
    suite.write_text(PUBLIC.replace("sums.double.value", "sums.double.size"), encoding="utf-8")
    done = run("tests/public")
    assert done.returncode == 4
    assert "no rubric has the criterion 'sums.double.size'" in done.stderr
