"""What honest work uses of Python gives the same in a jail as elsewhere; what it has not is refused in plain words."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.question_spec import QuestionSpec
from grader.sandbox.jailed import JailedQuestion
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import lacking
from grader.sandbox.sandbox import Jail
from grader.sandbox.warm import environment

SOURCE = Path(__file__).with_name("smoke.py")
# No process, program or connection; and where semaphores between processes lie, there is nothing.
PLAIN = ("PermissionError", "FileNotFoundError", "URLError", "OSError")


@pytest.fixture(scope="module", params=["room", "lock"])
def question(request: pytest.FixtureRequest) -> Iterator[JailedQuestion]:
    """The submission, in a worker of one isolation."""
    if lacking(request.param):
        pytest.skip(lacking(request.param))
    with Jail(request.param) as jail:
        (jail.staging / "smoke.py").write_text(SOURCE.read_text(encoding="utf-8"), encoding="utf-8")
        limits = Limits(cpu_seconds=60)
        opened = jail.open(
            ("smoke.py",), QuestionSpec("smoke", ("works", "refused"), ("numpy",)), limits, Budget(600, 600)
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, str]:
    """What the same gives in an interpreter that nothing confines."""
    done = subprocess.run(
        [sys.executable, "-P", str(SOURCE)], env={**environment(), "PATH": ""}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    told: dict[str, str] = json.loads(done.stdout)
    return told


def _call(question: JailedQuestion, name: str) -> Any:
    return question.call((name,), (), {}, keep_arguments=False).result


def test_the_standard_library_works_as_elsewhere(question: JailedQuestion, elsewhere: dict[str, str]) -> None:
    told = _call(question, "works")
    assert len(told) > 35
    assert told.keys() == elsewhere.keys()
    assert {name: said for name, said in told.items() if said != elsewhere[name]} == {}
    assert [name for name, said in elsewhere.items() if "Error" in said] == []


def test_what_there_is_not_is_refused_in_words(question: JailedQuestion) -> None:
    told = _call(question, "refused")
    assert len(told) > 5
    assert {name: said for name, said in told.items() if not said.startswith(PLAIN)} == {}
