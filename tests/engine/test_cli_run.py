"""`grader run` and `grader explain` from outside: what they print and how they exit."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]

HALF_RIGHT = """\
def double(number):
    return 2 * number


def triple(number):
    print("here", number)
    return 4
"""


@pytest.fixture
def half_right(tmp_path: Path) -> Path:
    """A submission that solves (a) and not (b)."""
    script = tmp_path / "cs23b001.py"
    script.write_text(HALF_RIGHT, encoding="utf-8")
    return script


def test_a_submission_is_graded_and_its_marks_and_next_step_are_shown(
    grader: Command, tiny_course: Path, half_right: Path
) -> None:
    done = grader("run", half_right, "--assignment", "tiny", "--course", tiny_course)
    assert done.returncode == 0, done.stderr
    assert "1 / 3" in done.stdout
    assert "Next to do: sums.triple.value" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith(
        "sums.triple.value: failed · (b) Three times a number: it is three times the number\n"
    )
    _, rule, table = done.stdout.partition("──")
    assert max(map(len, table.partition("Next to do")[0].splitlines())) <= 80 - len(rule)


def test_json_on_stdout_is_the_result_document_and_nothing_else(
    grader: Command, tiny_course: Path, half_right: Path
) -> None:
    done = grader("run", half_right, "--assignment", "tiny", "--course", tiny_course, "--json", "-")
    result = json.loads(done.stdout)
    assert (result["submission"], result["marks"], result["max_marks"]) == ("cs23b001", "1", "3")


def test_json_in_a_file_is_the_same_document(
    grader: Command, tiny_course: Path, half_right: Path, tmp_path: Path
) -> None:
    common = ("run", half_right, "--assignment", "tiny", "--course", tiny_course, "--json")
    grader(*common, tmp_path / "out.json")
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == grader(*common, "-").stdout


@pytest.mark.parametrize(("threshold", "code"), [("1", 0), ("1.1", 1), ("3", 1)])
def test_marks_below_the_threshold_exit_with_1(
    grader: Command, tiny_course: Path, half_right: Path, threshold: str, code: int
) -> None:
    done = grader("run", half_right, "-a", "tiny", "--course", tiny_course, "--fail-under", threshold)
    assert done.returncode == code


def test_only_the_named_criteria_are_graded(grader: Command, tiny_course: Path, half_right: Path) -> None:
    done = grader("run", half_right, "-a", "tiny", "--course", tiny_course, "--only", "*double*", "--json", "-")
    assert [question["id"] for question in json.loads(done.stdout)["questions"]] == ["sums.double"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "student"], "--assignment"),
        (["run", "student", "-a", "iith-ai5100-2023-a3"], "--course ."),
        (["run", "student", "-a", "no-such-thing", "--course", "."], "no-such-thing"),
        (["run", "no/such/submission.py", "-a", "iith-ai5100-2023-a3", "--course", "."], "no/such/submission.py"),
        (["run", "LICENSE", "-a", "iith-ai5100-2023-a3", "--course", "."], "LICENSE"),
        (
            ["run", "student", "-a", "iith-ai5100-2023-a3", "--course", ".", "--fail-under", "many"],
            "“many” is not a plain",
        ),
        (
            ["run", "student", "-a", "iith-ai5100-2023-a3", "--course", ".", "--only", "momentum"],
            "did you mean `optimizers.momentum`?",
        ),
        (
            ["explain", "student", "momentum", "-a", "iith-ai5100-2023-a3", "--course", "."],
            "did you mean `optimizers.momentum`?",
        ),
        (
            ["explain", "student", "optimizers.sgd", "-a", "iith-ai5100-2023-a3", "--course", "."],
            "one of optimizers.sgd.gradient, ",
        ),
        (["run", "student", "-a", "iith-ai5100-2023-a3", "--course", "docs"], "rubrics"),
        (["run", "student", "-a", "iith-ai5100-2023-a3", "--course", ".", "--json", "LICENSE/result.json"], "LICENSE"),
        (["gradually"], "gradually"),
    ],
)
def test_bad_input_exits_with_2_and_says_what_is_wrong(grader: Command, arguments: list[str], said: str) -> None:
    done = grader(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_is_that_of_the_project(grader: Command) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    done = grader("--version")
    assert (done.returncode, done.stdout) == (0, f"gradproof {settings['project']['version']}\n")


def test_a_fault_of_the_grader_exits_with_3_and_keeps_its_traceback(tmp_path: Path) -> None:
    code = "from grader.cli.app import app, main; app.command('divide')(lambda: 1 / 0); main()"
    command = [sys.executable, "-c", code]
    quiet = subprocess.run([*command, "divide"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert quiet.returncode == 3
    assert "no student loses marks" in quiet.stderr
    assert "Traceback" not in quiet.stderr
    words = quiet.stderr.replace("\n", "").replace(";", " ").split()
    kept = next(Path(word) for word in words if word.endswith(".txt"))
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    kept.unlink()
    loud = subprocess.run([*command, "--debug", "divide"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" in loud.stderr


def test_code_without_isolation_runs_only_when_asked_for_with_a_warning_and_a_record(
    grader: Command, tiny_course: Path, half_right: Path
) -> None:
    common = ("run", half_right, "-a", "tiny", "--course", tiny_course, "--json", "-")
    unconfined = grader(*common, "--isolation", "process")
    assert "WARNING" in unconfined.stderr
    assert json.loads(unconfined.stdout)["isolation"] == "process"
    confined = grader(*common)
    assert "WARNING" not in confined.stderr
    assert json.loads(confined.stdout)["isolation"] in {"room", "lock"}


def test_students_do_not_read_the_inputs_of_hidden_checks_and_staff_do(
    grader: Command, tiny_course: Path, half_right: Path
) -> None:
    shown = grader("run", half_right, "-a", "tiny", "--course", tiny_course)
    assert "triple multiplies seven by 3" in shown.stdout
    assert "triple(7)" not in shown.stdout
    explained = grader("explain", half_right, "sums.triple.value", "-a", "tiny", "--course", tiny_course)
    assert explained.returncode == 0, explained.stderr
    assert "triple(7)" in explained.stdout
    assert "here 7" in explained.stdout
    assert "numbers made up" in explained.stdout


def test_explaining_an_unknown_criterion_names_the_known_ones(
    grader: Command, tiny_course: Path, half_right: Path
) -> None:
    done = grader("explain", half_right, "sums.triple.colour", "-a", "tiny", "--course", tiny_course)
    assert done.returncode == 2
    assert "sums.triple.value" in done.stderr


@pytest.mark.parametrize("form", [[], ["--json", "-"], ["--markdown", "-"]])
def test_a_reader_that_has_seen_enough_is_no_fault_and_no_threshold(
    tiny_course: Path, half_right: Path, form: list[str]
) -> None:
    arguments = ["run", str(half_right), "-a", "tiny", "--course", str(tiny_course), *form]
    command = [sys.executable, "-m", "grader", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (141, "")


def test_a_notebook_that_cannot_be_read_is_no_exception_of_the_students(
    grader: Command, tiny_course: Path, tmp_path: Path
) -> None:
    (tmp_path / "work.ipynb").write_text("{not a notebook")
    done = grader("run", tmp_path / "work.ipynb", "-a", "tiny", "--course", tiny_course)
    assert "work.ipynb cannot be read: it is not a notebook" in done.stdout
    assert "A file that you handed in cannot be read." in done.stdout
    assert "SyntaxError" not in done.stdout


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("run", "x.py", "-a", "tiny", "--assignment", "other"), "--assignment"),
        (("run", "x.py", "-a", "tiny", "--fail-under", "1", "--fail-under", "2"), "--fail-under"),
        (("batch", "x", "-a", "tiny", "--out", "a", "--out", "b"), "--out"),
        (("audit", "--seeds", "1", "--seeds", "2"), "--seeds"),
    ],
)
def test_an_option_that_can_have_one_value_is_not_overridden_unsaid(
    grader: Command, words: tuple[str, ...], option: str
) -> None:
    done = grader(*words)
    assert done.returncode == 2
    assert f"{option} is given 2 times" in done.stderr
