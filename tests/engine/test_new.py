"""`grader new`: an assignment that fits and is proved as it stands, whatever it is called, beside whatever is there."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.course.scaffold import TEMPLATE
from grader.kit.engine import engine_wheel

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def begun(grader: Command, tmp_path: Path) -> Path:
    """A course that `grader new` has begun in a folder that was not there."""
    folder = tmp_path / "my course"
    done = grader("new", "lab1", "--course", folder)
    assert done.returncode == 0, done.stderr
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_assignment_fits_and_its_checks_are_proved(grader: Command, begun: Path) -> None:
    for command in (["check"], ["audit", "--seeds", "1"]):
        done = grader(*command, "--course", begun)
        assert done.returncode == 0, done.stdout + done.stderr


def test_it_has_all_the_parts_of_a_course(grader: Command, begun: Path) -> None:
    parts = {name.rpartition("/")[0] for name in contents(begun)}
    bank = {f"tests/bank/{kind}/lab1.softmax" for kind in ("misconceptions", "alternatives")}
    assert parts == {"", "reference", "student", "rubrics", "tests/public", "tests/hidden"} | bank
    [question, written] = Course(begun).rubric("lab1").questions
    assert question.module == "lab1"
    assert [criterion.manual for criterion in written.criteria] == [True]


def test_every_course_begins_with_a_secret_of_its_own(grader: Command, begun: Path, tmp_path: Path) -> None:
    assert grader("new", "lab1", "--course", tmp_path / "other").returncode == 0
    assert len(Course(begun).secret) == 64
    assert Course(begun).secret != Course(tmp_path / "other").secret


@pytest.mark.parametrize("name", ["2024-hw.2", "random", "class"])
def test_whatever_it_is_called_it_stands_beside_the_first(grader: Command, begun: Path, name: str) -> None:
    before = contents(begun)
    assert grader("new", name, "--course", begun).returncode == 0
    done = grader("check", "--course", begun)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(done.stdout.split("\n")[:2]) == sorted([f"{name}: fits", "lab1: fits"])
    assert before.items() <= contents(begun).items()


def test_a_course_without_a_secret_is_given_none(grader: Command, tiny_course: Path) -> None:
    assert grader("new", "lab1", "--course", tiny_course).returncode == 0
    assert Course(tiny_course).secret == b""


def test_nothing_is_written_over(grader: Command, begun: Path) -> None:
    (begun / "rubrics" / "lab1.yaml").unlink()
    before = contents(begun)
    done = grader("new", "lab1", "--course", begun)
    assert done.returncode == 2
    assert "reference/lab1.py" in done.stderr
    assert contents(begun) == before


def test_a_name_that_no_assignment_can_have_is_refused(grader: Command, tmp_path: Path) -> None:
    done = grader("new", "../Lab", "--course", tmp_path / "course")
    assert done.returncode == 2
    assert "lower-case letters" in done.stderr
    assert not (tmp_path / "course").exists()


def test_kits_carry_no_solution_of_a_new_assignment(tmp_path: Path) -> None:
    file = tmp_path / "engine.whl"
    file.write_bytes(engine_wheel().content)
    with zipfile.ZipFile(file) as wheel:
        assert [name for name in wheel.namelist() if f"{TEMPLATE.name}/" in name] == []
