"""The bank: known wrong work loses the criteria that it names and no others, right work of any style none.

A file of the bank is laid over the reference's module (later definitions win) and graded like any
submission, in the jail.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import Course

COURSE = Course.find(Path(__file__).parents[2])
BANK = COURSE.root / "tests" / "bank"
MISCONCEPTIONS = sorted((BANK / "misconceptions").rglob("*.py"))
ALTERNATIVES = sorted((BANK / "alternatives").rglob("*.py"))
HOMES = {
    question.id: (assignment, question.module)
    for assignment in COURSE.assignments()
    for question in COURSE.rubric(assignment).questions
}

Lost = dict[str, set[str]]


def name_of(file: Path) -> str:
    """A submission's name: kind, question and slug."""
    return "-".join((*file.relative_to(BANK).parts[:-1], file.stem))


def lay_over_reference(file: Path, inbox: Path) -> None:
    _, module = HOMES[file.parent.name]
    folder = inbox / name_of(file)
    folder.mkdir(parents=True)
    solution = (COURSE.reference / f"{module}.py").read_text(encoding="utf-8")
    (folder / f"{module}.py").write_text(f"{solution}\n\n{file.read_text(encoding='utf-8')}", encoding="utf-8")


def lost_criteria(result: Path) -> set[str]:
    questions = json.loads(result.read_text(encoding="utf-8"))["questions"]
    criteria = [criterion for question in questions for criterion in question["criteria"]]
    return {c["id"] for c in criteria if c["outcome"] not in ("passed", "to_be_marked")}


@pytest.fixture(scope="session")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Lost:
    """What each file of the bank loses when all of them are graded."""
    found: Lost = {}
    for assignment in COURSE.assignments():
        folder = tmp_path_factory.mktemp(assignment)
        for file in (*MISCONCEPTIONS, *ALTERNATIVES):
            if HOMES[file.parent.name][0] == assignment:
                lay_over_reference(file, folder / "inbox")
        options = ["--assignment", assignment, "--out", str(folder), "--jobs", "2", "--course", str(COURSE.root)]
        command = [sys.executable, "-m", "grader", "batch", str(folder / "inbox"), *options]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        found |= {result.stem: lost_criteria(result) for result in (folder / "results").iterdir()}
    return found


@pytest.mark.parametrize("file", MISCONCEPTIONS, ids=name_of)
def test_a_misconception_loses_its_own_criteria_and_no_others(lost: Lost, file: Path) -> None:
    named = re.search(r"^Loses: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert named is not None
    assert lost[name_of(file)] == set(named[1].split(", "))


@pytest.mark.parametrize("file", ALTERNATIVES, ids=name_of)
def test_right_work_in_another_style_loses_nothing(lost: Lost, file: Path) -> None:
    assert lost[name_of(file)] == set()


def test_every_criterion_is_lost_by_some_misconception() -> None:
    criteria = {c.id for assignment in COURSE.assignments() for c in COURSE.rubric(assignment).criteria if not c.manual}
    named = set(re.findall(r"[a-z_.]+\.[a-z_]+", " ".join(re.findall(r"^Loses: .+$", _all_sources(), re.MULTILINE))))
    assert criteria - named == set()


def _all_sources() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in MISCONCEPTIONS)
