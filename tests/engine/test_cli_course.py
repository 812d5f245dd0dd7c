"""`grader list`, `stubs`, `check` and `doctor`: the commands for those who write a course."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_list_shows_questions_marks_and_numbers_of_checks(grader: Command, tiny_course: Path) -> None:
    done = grader("list", "--course", tiny_course)
    assert done.returncode == 0, done.stderr
    assert "tiny · Sums · 3 marks" in done.stdout
    row = next(line for line in done.stdout.splitlines() if "sums.triple" in line)
    assert row.split()[-3:] == ["2", "1", "1"]


def test_a_course_whose_parts_agree_fits(grader: Command, tiny_course: Path) -> None:
    done = grader("check", "tiny", "--course", tiny_course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tiny: fits" in done.stdout


CRITERION = "      - {id: sums.triple.%s, title: %s, marks: %s}\n"
FAULTS = {
    "a criterion that no check counts for": (
        "rubrics/tiny.yaml",
        CRITERION % ("value", "it is three times the number", 2),
        CRITERION % ("value", "it is three times the number", 1) + CRITERION % ("sign", "its sign", 1),
        ["rubrics/tiny.yaml:23", "sums.triple.sign"],
    ),
    "a check that names no criterion of the rubric": (
        "tests/hidden/test_sums.py",
        "sums.triple.value",
        "sums.triple.worth",
        ["tests/hidden/test_sums.py:5", "sums.triple.worth"],
    ),
    "a check without a criterion": (
        "tests/hidden/test_sums.py",
        '@criterion("sums.triple.value")\n',
        "",
        ["tests/hidden/test_sums.py:4", "names no criterion"],
    ),
    "a reference that its own checks refuse": (
        "reference/sums.py",
        "3 * number",
        "4 * number",
        ["reference", "sums.triple.value is failed and should be passed"],
    ),
    "a stub that was edited by hand": (
        "student/sums.py",
        "raise NotImplementedError",
        "return 14",
        ["student/sums.py:1", "grader stubs"],
    ),
    "a suite that is not Python": (
        "tests/hidden/test_sums.py",
        "def test_triple_of_seven(submission):",
        "def test_triple_of_seven(submission)",
        ["tests/hidden/test_sums.py:5"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_check_names_file_and_line_of(grader: Command, tiny_course: Path, fault: str) -> None:
    name, right, wrong, said = FAULTS[fault]
    file = tiny_course / name
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    done = grader("check", "tiny", "--course", tiny_course)
    assert done.returncode == 2
    output = (done.stdout + done.stderr).replace("\n", " ")
    squeezed = "".join(output.split())
    assert [words for words in said if "".join(words.split()) not in squeezed] == []


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_check_shows_where_a_check_of_staff_errs(grader: Command, tiny_course: Path) -> None:
    changed(tiny_course / "tests" / "hidden" / "test_sums.py", "3 * 7", "three * 7")
    done = grader("check", "tiny", "--course", tiny_course)
    assert done.returncode == 2
    assert "sums.triple.value is broken and should be passed" in done.stdout
    assert "the reference does not pass it either" in done.stdout
    assert "NameError: name 'three' is not defined" in done.stdout
    assert 'test_sums.py", line 10' in done.stdout
    assert "Staff will look into it" not in done.stdout


def test_check_shows_the_inputs_of_a_hidden_check_that_the_reference_fails(grader: Command, tiny_course: Path) -> None:
    changed(tiny_course / "reference" / "sums.py", "3 * number", "4 * number")
    said = grader("check", "tiny", "--course", tiny_course).stdout
    assert "print(triple(7))" in said
    assert "the inputs it used are not shown" not in said


def test_a_criterion_that_the_reference_does_not_pass_is_told_once(grader: Command, tiny_course: Path) -> None:
    changed(tiny_course / "tests" / "hidden" / "test_sums.py", "assert", "raise RuntimeError  #")
    said = grader("check", "tiny", "--course", tiny_course).stdout
    assert said.count("sums.triple.value is") == 1


def test_a_course_without_an_assignment_does_not_fit(grader: Command, tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    for command in ("list", "check", "audit", "stubs"):
        done = grader(command, "--course", tmp_path)
        assert done.returncode == 2, command
        assert "grader new" in done.stderr
    (tmp_path / "rubrics" / "lab1.yml").write_text("assignment: lab1", encoding="utf-8")
    assert "lab1.yaml" in "".join(grader("check", "--course", tmp_path).stderr.split())


def test_a_rubric_with_another_ending_is_not_passed_over(grader: Command, tiny_course: Path) -> None:
    (tiny_course / "rubrics" / "lab1.yml").write_text("assignment: lab1", encoding="utf-8")
    done = grader("list", "--course", tiny_course)
    assert done.returncode == 2
    assert "lab1.yml" in done.stderr


def test_stubs_check_tells_a_stub_that_is_not_what_the_reference_makes_of_it(
    grader: Command, tiny_course: Path
) -> None:
    assert grader("stubs", "--check", "--course", tiny_course).returncode == 0
    stub = tiny_course / "student" / "sums.py"
    made = stub.read_text(encoding="utf-8")
    stub.write_text("# solved\n" + made, encoding="utf-8")
    stale = grader("stubs", "--check", "--course", tiny_course)
    assert stale.returncode == 1
    assert "sums.py" in stale.stdout
    assert stub.read_text(encoding="utf-8").startswith("# solved")
    assert grader("stubs", "--course", tiny_course).returncode == 0
    assert stub.read_text(encoding="utf-8") == made


def test_doctor_tells_what_isolation_will_be_used(grader: Command) -> None:
    done = grader("doctor")
    assert "Python" in done.stdout
    assert "private names of hypothesis" in done.stdout
    assert ("--isolation auto` uses" in done.stdout) == (done.returncode == 0)


def test_a_stale_stub_is_no_fault_of_an_assignment_that_does_not_use_it(grader: Command, tiny_course: Path) -> None:
    rubric = (tiny_course / "rubrics" / "tiny.yaml").read_text(encoding="utf-8")
    other = rubric.replace("assignment: tiny", "assignment: other").replace("sums", "more")
    for name, text in {
        "rubrics/other.yaml": other,
        "reference/more.py": (tiny_course / "reference" / "sums.py").read_text(encoding="utf-8"),
    }.items():
        (tiny_course / name).write_text(text, encoding="utf-8")
    for kind in ("public", "hidden"):
        suite = tiny_course / "tests" / kind / "test_sums.py"
        suite.with_name("test_more.py").write_text(suite.read_text().replace("sums", "more"), encoding="utf-8")
    done = grader("check", "tiny", "other", "--course", tiny_course)
    assert done.returncode == 2
    assert "tiny: fits" in done.stdout
    assert "other: does not fit" in done.stdout
    assert "more.py:1" in done.stdout.replace("\n", "")
