"""A first run of each kit: checks of untouched stubs say without running what they would have said after running."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.desk import released
from grader.kit.public import public_rubric

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)


@pytest.fixture(params=COURSE.assignments())
def kit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """What matters of a kit to a first run."""
    rubric = COURSE.rubric(request.param)
    if any("torch" in question.packages for question in rubric.questions):
        pytest.importorskip("torch")
    for folder in ("rubrics", "student", "tests/public"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "rubrics" / f"{rubric.assignment}.yaml").write_text(public_rubric(rubric), encoding="utf-8")
    for name in rubric.suites.public:
        shutil.copy(ROOT / name, tmp_path / name)
    for module in {question.module for question in rubric.questions if question.module}:
        shutil.copy(ROOT / "student" / f"{module}.py", tmp_path / "student")
    shutil.copytree(ROOT / "provided", tmp_path / "provided")
    return tmp_path


def first_run(kit: Path) -> tuple[int, str]:
    options = ["--import-mode=importlib", "--disable-plugin-autoload", "-p", "grader.pytest_side.entry", "-v", "-s"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pytest", *options, "-p", "no:cacheprovider", "tests/public"],
        cwd=kit, env={**os.environ, "COLUMNS": "120"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    shutil.rmtree(kit / "last_run")
    heavy = sorted({"torch", "matplotlib"} & {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()})
    return done.returncode, re.sub(r"=+ (.*) in [\d.]+s.*", r"\1", done.stdout) + f"\n{heavy}"


def test_a_first_run_says_the_same_as_if_all_checks_had_run(kit: Path) -> None:
    code, said = first_run(kit)
    *_, name = (path.stem for path in (kit / "rubrics").glob("*.yaml"))
    stubs = sorted((kit / "student").glob("*.py"))
    (kit / "rubrics" / f"{name}{released.RELEASED}").write_text(released.written(stubs), encoding="utf-8")
    code_then, said_then = first_run(kit)
    assert (code_then, said_then.rpartition("\n")[0]) == (code, said.rpartition("\n")[0])
    assert said_then.rpartition("\n")[2] == "[]", "neither is needed to say that nothing is begun"
