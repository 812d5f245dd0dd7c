"""Packages that a course provides: they can be imported where the rubric says so, on both sides, and nowhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
WORK = """\
from abacus import beads


def double(number):
    return beads.times(2, number)


def triple(number):
    return beads.times(3, number)
"""


@pytest.fixture
def providing(tmp_path: Path, make_tiny_course: Callable[[Path], Path]) -> Path:
    """A course that provides `abacus`, with a data file, to one of its two questions."""
    course = make_tiny_course(tmp_path)
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    asked = "names: [double]\n    packages: [numpy]\n"
    rubric.write_text(text.replace(asked, f"{asked}    provided: [abacus]\n"), encoding="utf-8")
    package = course / "provided" / "abacus"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "one.txt").write_text("1", encoding="utf-8")
    (package / "beads.py").write_text(
        "from pathlib import Path\n\nONE = int(Path(__file__).with_name('one.txt').read_text())\n\n\n"
        "def times(a, b):\n    return ONE * a * b\n",
        encoding="utf-8",
    )
    (tmp_path / "work.py").write_text(WORK, encoding="utf-8")
    return course


def outcomes(grader: Command, course: Path, isolation: str) -> dict[str, str]:
    written = course.parent / "result.json"
    work = course.parent / "work.py"
    done = grader("run", work, "--assignment", "tiny", "--course", course, "--isolation", isolation, "--json", written)
    assert done.returncode == 0, done.stderr
    questions = json.loads(written.read_text(encoding="utf-8"))["questions"]
    return {criterion["id"]: criterion["outcome"] for question in questions for criterion in question["criteria"]}


@pytest.mark.parametrize("isolation", ["auto", "process"])
def test_a_provided_package_is_there_for_its_question_alone(grader: Command, providing: Path, isolation: str) -> None:
    assert outcomes(grader, providing, isolation) == {"sums.double.value": "passed", "sums.triple.value": "forbidden"}


def test_a_kit_holds_what_is_provided_and_its_checks_find_it(grader: Command, providing: Path, tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    assert grader("release", "tiny", "--to", kit, "--course", providing).returncode == 0
    assert (kit / "provided" / "abacus" / "one.txt").read_text(encoding="utf-8") == "1"
    assert "the part of `abacus` that this kit provides" in " ".join(
        (kit / "ASSIGNMENT.md").read_text(encoding="utf-8").split()
    )
    (kit / "student" / "sums.py").write_text(WORK, encoding="utf-8")
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_course_made_for_version_0_1_may_call_both_lent(grader: Command, providing: Path) -> None:
    (providing / "provided").rename(providing / "lent")
    rubric = providing / "rubrics" / "tiny.yaml"
    rubric.write_text(
        rubric.read_text(encoding="utf-8").replace("provided: [abacus]", "lent: [abacus]"), encoding="utf-8"
    )
    assert outcomes(grader, providing, "process") == {"sums.double.value": "passed", "sums.triple.value": "forbidden"}


def test_a_rubric_that_provides_what_is_not_there_is_refused(grader: Command, providing: Path) -> None:
    (providing / "provided" / "abacus").rename(providing / "provided" / "counters")
    done = grader("run", providing.parent / "work.py", "--assignment", "tiny", "--course", providing)
    assert done.returncode == 2
    assert "provides the package `abacus`, which does not exist" in done.stderr


def test_a_function_that_imports_late_finds_what_is_provided_when_questions_take_turns(
    grader: Command, providing: Path, tmp_path: Path
) -> None:
    late = "def double(number):\n    from abacus import beads\n\n    return beads.times(2, number)\n"
    (tmp_path / "work.py").write_text(late + "\n\ndef triple(number):\n    return 3 * number\n", encoding="utf-8")
    suites = [providing / "tests" / name for name in ("public/test_sums.py", "hidden/test_sums.py")]
    again = suites[0].with_name("test_again.py")
    again.write_text(suites[0].read_text(encoding="utf-8"), encoding="utf-8")
    rubric = providing / "rubrics" / "tiny.yaml"
    listed = "public: [tests/public/test_sums.py"
    text = rubric.read_text(encoding="utf-8").replace(listed, f"{listed}, tests/public/test_again.py")
    rubric.write_text(text, encoding="utf-8")
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--submission={tmp_path}/work.py"]
    in_turns = [*map(str, (*suites, again)), f"--rootdir={providing}", "--import-mode=importlib"]
    done = subprocess.run([*command, *in_turns], cwd=providing, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout
