"""Stubs tell what is asked, and nothing of how it is solved."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from grader.core.errors import CourseError
from grader.course.folder import Course
from grader.course.stubs import make_stubs, stale_stubs, write_stubs

RUBRIC = """\
assignment: {id}
title: Demo
marks: 2
questions:
  - id: rules.one
    title: One
    module: rules
    names: [{one}]
    packages: [numpy]
    criteria: [{{id: rules.one.a, title: a, marks: 1}}]
  - id: {two_id}
    title: Two
    module: rules
    names: [{two}]
    packages: [numpy]
    criteria: [{{id: {two_id}.a, title: a, marks: 1}}]
"""

SOLVED = '''\
# SECRET licence remark
"""What the module is about."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.linalg as SECRET_linalg
from numpy.lib.stride_tricks import sliding_window_view  # SECRET trick

Gradient = Callable[[np.ndarray], np.ndarray]
EPSILON = 1e-8
SECRET_CONSTANT = 42
_LIMIT: int = 7


# SECRET remark above
def bowl(
    point: np.ndarray,
    epsilon: float = EPSILON,
    *rest: int,
    limit: int = _LIMIT,
    key: Callable[[int], int] = lambda value: -value,
) -> float:  # SECRET remark behind
    """Return the bowl.

    Shape (2,).
    """
    SECRET_body = math.sqrt(4)  # SECRET remark inside

    def SECRET_inner() -> float:
        return SECRET_body

    return SECRET_inner()


def one_line(x: int) -> int: return x + SECRET_CONSTANT


@SECRET_register
def decorated(gradient: Gradient) -> None:
    pass


def _SECRET_helper() -> None: ...


class _SECRET_Base:
    pass


class Rule:
    """A rule."""

    SECRET_state = 3

    def __init__(self, rate: float) -> None:
        """Keep the rate."""
        self.SECRET_rate = rate

    @property
    def rate(self) -> float:
        return self.SECRET_rate

    @rate.setter
    def rate(self, value: float) -> None:
        self.SECRET_rate = value

    @staticmethod
    def names() -> list[str]:
        return ["SECRET"]

    @classmethod
    def default(cls) -> Rule:
        return cls(0.1)

    async def run(self) -> None:
        """Run."""

    def _SECRET_method(self) -> None:
        pass

    class SECRET_Nested:
        pass


@dataclasses.dataclass(frozen=True)
class Settings:
    """Settings."""

    rate: float = 0.1  # above 0
    sizes: list[int] = field(default_factory=list)
    SECRET_velocity: float = field(default=0.0, init=False)
    _SECRET_private: int = 0

    def scaled(self) -> float:
        return 2 * self.rate


class Mistake(ValueError):
    pass


if __name__ == "__main__":
    print("SECRET")
'''
ONE = "bowl, one_line, decorated"
TWO = "Rule, Settings, Mistake"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "rules.py").write_text(SOLVED, encoding="utf-8")
    write_rubric(tmp_path)
    return Course.find(tmp_path)


def write_rubric(root: Path, name: str = "demo", *, one: str = ONE, two: str = TWO, two_id: str = "rules.two") -> None:
    text = RUBRIC.format(id=name, one=one, two=two, two_id=two_id)
    (root / "rubrics" / f"{name}.yaml").write_text(text, encoding="utf-8")


def loaded(course: Course) -> ModuleType:
    """Return the stub as a module, imported from student/."""
    write_stubs(course)
    spec = importlib.util.spec_from_file_location("stub_of_rules", course.student / "rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[spec.name]
    return module


def solve(course: Course, old: str, new: str) -> None:
    """Change the solved module."""
    assert old in SOLVED
    (course.reference / "rules.py").write_text(SOLVED.replace(old, new), encoding="utf-8")


def test_nothing_of_the_solution_is_left(course: Course) -> None:
    assert "SECRET" not in make_stubs(course)["rules.py"]


def test_a_stub_is_exactly_this(course: Course) -> None:
    assert (
        make_stubs(course)["rules.py"]
        == '''\
# Fill in the bodies: each docstring says what is asked.
"""What the module is about."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import field

import numpy as np

Gradient = Callable[[np.ndarray], np.ndarray]
EPSILON = 1e-8
_LIMIT: int = 7


def bowl(
    point: np.ndarray,
    epsilon: float = EPSILON,
    *rest: int,
    limit: int = _LIMIT,
    key: Callable[[int], int] = lambda value: -value,
) -> float:
    """Return the bowl.

    Shape (2,).
    """
    raise NotImplementedError("rules.one")


def one_line(x: int) -> int:
    raise NotImplementedError("rules.one")


def decorated(gradient: Gradient) -> None:
    raise NotImplementedError("rules.one")


class Rule:
    """A rule."""

    def __init__(self, rate: float) -> None:
        """Keep the rate."""
        raise NotImplementedError("rules.two")

    @property
    def rate(self) -> float:
        raise NotImplementedError("rules.two")

    @rate.setter
    def rate(self, value: float) -> None:
        raise NotImplementedError("rules.two")

    @staticmethod
    def names() -> list[str]:
        raise NotImplementedError("rules.two")

    @classmethod
    def default(cls) -> Rule:
        raise NotImplementedError("rules.two")

    async def run(self) -> None:
        """Run."""
        raise NotImplementedError("rules.two")


@dataclasses.dataclass(frozen=True)
class Settings:
    """Settings."""

    rate: float = 0.1  # above 0
    sizes: list[int] = field(default_factory=list)

    def scaled(self) -> float:
        raise NotImplementedError("rules.two")


class Mistake(ValueError):
    pass
'''
    )


def test_a_stub_can_be_imported_and_says_which_question_waits(course: Course) -> None:
    stub = loaded(course)
    with pytest.raises(NotImplementedError, match=r"^rules\.one$"):
        stub.bowl(None)
    with pytest.raises(NotImplementedError, match=r"^rules\.two$"):
        stub.Rule(0.1)
    assert stub.Settings(rate=0.5).rate == 0.5
    assert stub.bowl.__doc__.startswith("Return the bowl.")


def test_a_stub_is_clean_and_formatted(course: Course) -> None:
    write_stubs(course)
    for command in (["check", "--select", "E,F,W,I", "--line-length", "120"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(course.student)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_an_allowed_package_stays_imported_although_no_signature_uses_it(course: Course, tmp_path: Path) -> None:
    write_rubric(tmp_path, one="f", two="g")
    (tmp_path / "reference" / "rules.py").write_text(
        "import math\n\nimport numpy as np\n\n\ndef f(x):\n    return math.sin(x)\n\n\ndef g(x):\n    return x\n"
    )
    stub = make_stubs(course)["rules.py"]
    assert "import numpy as np" in stub
    assert "import math" not in stub


def test_the_same_question_may_stand_in_several_rubrics(course: Course) -> None:
    write_rubric(course.root, "again")
    assert list(make_stubs(course)) == ["rules.py"]


def test_a_name_of_two_questions_is_refused(course: Course) -> None:
    write_rubric(course.root, "again", two_id="rules.due")
    with pytest.raises(CourseError) as raised:
        make_stubs(course)
    assert "`Rule` must belong to exactly one question" in str(raised.value)
    assert "rules.due and rules.two" in str(raised.value)


def test_a_public_name_of_no_question_and_a_name_that_is_not_solved_are_both_told(course: Course) -> None:
    write_rubric(course.root, one="bowl, one_line, missing")
    with pytest.raises(CourseError) as raised:
        make_stubs(course)
    assert "`decorated` must belong to exactly one question" in str(raised.value)
    assert "`missing` is asked for but not solved here" in str(raised.value)


def test_a_module_that_is_not_there_is_told_with_the_rubric_that_names_it(course: Course) -> None:
    (course.reference / "rules.py").rename(course.reference / "other.py")
    with pytest.raises(CourseError) as raised:
        make_stubs(course)
    assert "named in demo" in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("class Rule:", "class Rule(_SECRET_Base):", "_SECRET_Base"),
        ("epsilon: float = EPSILON", "epsilon: float = _SECRET_helper()", "_SECRET_helper"),
        ("EPSILON = 1e-8", "EPSILON = _SECRET_helper()", "_SECRET_helper"),
    ],
)
def test_a_signature_that_needs_the_solution_is_refused(course: Course, old: str, new: str, lost: str) -> None:
    solve(course, old, new)
    with pytest.raises(CourseError) as raised:
        make_stubs(course)
    assert raised.value.found == lost


def test_a_module_that_is_no_python_is_refused_with_its_line(course: Course) -> None:
    solve(course, "class Rule:", "class Rule")
    with pytest.raises(CourseError, match=r"rules\.py:\d+: this is not Python"):
        make_stubs(course)


def test_private_modules_have_no_stub(course: Course) -> None:
    (course.reference / "_helpers.py").write_text("def f(): ...\n")
    (course.reference / "__init__.py").touch()
    assert list(make_stubs(course)) == ["rules.py"]


def test_stubs_are_stale_until_they_are_written(course: Course) -> None:
    assert stale_stubs(course) == ["rules.py"]
    assert write_stubs(course) == ["rules.py"]
    assert stale_stubs(course) == []
    assert write_stubs(course) == []


def test_a_stub_edited_by_hand_is_stale(course: Course) -> None:
    write_stubs(course)
    with (course.student / "rules.py").open("a") as file:
        file.write("# mine\n")
    assert stale_stubs(course) == ["rules.py"]


def test_a_stub_whose_module_is_gone_is_taken_away_and_other_files_stay(course: Course) -> None:
    write_stubs(course)
    (course.student / "rules.py").rename(course.student / "old.py")
    (course.student / "conftest.py").write_text("# by hand\n")
    assert stale_stubs(course) == ["old.py", "rules.py"]
    write_stubs(course)
    assert sorted(path.name for path in course.student.glob("*.py")) == ["conftest.py", "rules.py"]
