"""Names that a question forbids of a package that it allows: using them is seen, however they were come by."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checks.asking.channel import Channel, StudentStopped
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question
from grader.intake.stage import stage
from grader.kit.words import packages_words
from grader.pytest_side.inprocess import InProcess
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Jail
from grader.worker.running.forbidden import Forbidden

Command = Callable[..., subprocess.CompletedProcess[str]]
FORBIDDEN = ("numpy.linalg", "numpy.outer", "numpy.poly1d", "numpy.random.mtrand")

# One function for each way; a function's name says it.
USES = '''
import builtins
import functools
import importlib
import sys

import numpy
import numpy as np
import numpy.linalg
import numpy.linalg as algebra
from numpy import linalg, outer, poly1d
from numpy import linalg as renamed
from numpy.linalg import norm
from numpy.linalg import norm as length

kept = np.linalg
by_default = np.outer


def by_its_whole_name(x):
    return np.linalg.norm(x)


def by_another_name_of_the_package(x):
    return numpy.linalg.norm(x)


def by_a_module_of_another_name(x):
    return algebra.norm(x) + renamed.norm(x) + linalg.norm(x)


def by_the_function(x):
    return norm(x)


def by_the_function_renamed(x):
    return length(x)


def by_an_assignment(x):
    return kept.norm(x)


def by_an_import_within(x):
    from numpy.linalg import norm

    return norm(x)


def by_a_chain_of_getattr(x):
    return getattr(getattr(np, "lin" + "alg"), "".join(["n", "orm"]))(x)


def by_importlib(x):
    return importlib.import_module("numpy.linalg").norm(x)


def by_a_built_import(x):
    return __import__("numpy.linalg", fromlist=["norm"]).norm(x)


def by_the_true_import(x):
    return builtins.__import__("numpy.linalg", fromlist=["norm"]).norm(x)


def by_sys_modules(x):
    return sys.modules["numpy.linalg"].norm(x)


def by_the_packages_dict(x):
    return vars(np)["linalg"].norm(x)


def by_the_module_below(x):
    return sys.modules["numpy.linalg._linalg"].norm(x)


def by_eval(x):
    return eval("np.linalg.norm(x)", {"np": np, "x": x})


def behind_a_net(x):
    try:
        return np.linalg.norm(x)
    except Exception:
        return 0.0


def a_function(x):
    return np.outer(x, x)


def a_function_as_default(x):
    return by_default(x, x)


def a_function_mapped(x):
    return list(map(outer, [x], [x]))


def a_function_in_part(x):
    return functools.partial(np.outer, x)(x)


def a_class(x):
    return poly1d(x)


def a_class_derived_from(x):
    class Own(np.poly1d):
        pass

    return Own(x)


def fine(x):
    """Names of what is forbidden, none of it used."""
    kept_too, another = np.linalg, np.outer
    assert not isinstance(x, np.poly1d)
    return 2 * np.dot(x, np.ones(len(x)))


def calling_back(x, check):
    return check(x)


class Algebra:
    def norm(self, x):
        return 3.0


def own_names(x):
    """Names of the student's own that are called alike."""
    linalg = Algebra()
    outer = lambda a, b: linalg.norm(a)
    return outer(x, x)
'''
INNOCENT = ("fine", "calling_back", "own_names")
WAYS = tuple(line[4:].partition("(")[0] for line in USES.splitlines() if line.startswith("def "))
QUESTION = QuestionSpec("work", WAYS, ("numpy",), forbidden=FORBIDDEN)
SIDES = ("the jail", "the student's own process")


@pytest.fixture(scope="module", params=SIDES)
def channel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Channel]:
    folder = tmp_path_factory.mktemp("work")
    (folder / "work.py").write_text(USES, encoding="utf-8")
    if request.param != SIDES[0]:
        yield InProcess(folder, ["work.py"], QUESTION)
        return
    with Jail(choose("auto")) as jail:
        staged = stage(folder, jail.staging)
        opened = jail.open(staged.files, QUESTION, Limits(), Budget(60))
        yield opened
        opened.close()


@pytest.mark.parametrize("way", [way for way in WAYS if way not in INNOCENT])
def test_what_is_forbidden_cannot_be_used(channel: Channel, way: str) -> None:
    with pytest.raises(StudentStopped) as stopped:
        channel.call((way,), (np.array([3.0, 4.0]),), {}, keep_arguments=False)
    assert stopped.value.outcome == "forbidden"
    assert "is not allowed in this question, which forbids numpy." in stopped.value.message
    assert "allows the rest of numpy" in stopped.value.message
    if way != "by_eval":  # whose own line has no file
        assert f"in {way}" in stopped.value.student_line or "work.py" in stopped.value.student_line


def test_naming_it_and_names_of_ones_own_are_free(channel: Channel) -> None:
    vector = np.array([3.0, 4.0])
    assert channel.call(("fine",), (vector,), {}, keep_arguments=False)[0] == 14.0
    assert channel.call(("own_names",), (vector,), {}, keep_arguments=False)[0] == 3.0


def test_a_callable_of_the_checks_may_use_what_the_student_may_not(channel: Channel) -> None:
    got = channel.call(("calling_back",), (np.array([3.0, 4.0]), np.linalg.norm), {}, keep_arguments=False).result
    assert got == 5.0


def test_everything_is_given_back_where_others_compute_in_the_same_process() -> None:
    before = np.linalg, np.outer, np.poly1d, sys.modules["numpy.linalg"]
    forbidden = Forbidden(FORBIDDEN)

    def fail_within() -> None:
        with forbidden.withheld():
            assert np.outer is not before[1]
            with forbidden.lifted():
                assert (np.linalg, np.outer, np.poly1d, sys.modules["numpy.linalg"]) == before
            assert np.outer is not before[1]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_within()
    assert (np.linalg, np.outer, np.poly1d, sys.modules["numpy.linalg"]) == before


def test_a_method_of_torch_is_refused_to_students_and_not_to_torch() -> None:
    torch = pytest.importorskip("torch")
    seen = SimpleNamespace(gradient=None)

    def student(backward: Callable[[Any], None]) -> None:
        x = torch.ones(2, requires_grad=True)
        backward((x * x).sum())
        seen.gradient = x.grad

    with Forbidden(["torch.Tensor.backward", "torch.optim"]).withheld():
        with pytest.raises(BaseException, match=r"torch\.Tensor\.backward is not allowed"):
            student(lambda loss: loss.backward())
        with pytest.raises(BaseException, match=r"torch\.optim\.SGD is not allowed"):
            torch.optim.SGD([torch.ones(1)])
        student(torch.autograd.backward)
    assert seen.gradient.tolist() == [2.0, 2.0]
    student(lambda loss: loss.backward())


@pytest.mark.parametrize("name", ["numpy.linalgg", "numpy.ndarray.dot"])
def test_a_name_that_is_not_there_or_stays_for_good_is_told(name: str) -> None:
    with pytest.raises(LookupError, match=f"the rubric forbids {name}, which cannot be withheld"):
        Forbidden([name]).withhold()


def test_a_package_that_is_not_there_needs_no_withholding() -> None:
    with Forbidden(["nowhere_to_be_found.part"]).withheld():
        pass


WORK = """\
import numpy as np
from numpy.linalg import norm


def double(number):
    return float(norm([number, 0.0])) * 2


def triple(number):
    return 3 * float(norm([number]))
"""


def test_the_rubric_says_what_is_forbidden_and_the_result_and_a_students_pytest_say_so(
    tmp_path: Path, grader: Command, make_tiny_course: Callable[[Path], Path]
) -> None:
    course = make_tiny_course(tmp_path)
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    asked = "names: [double]\n    packages: [numpy]\n"
    rubric.write_text(text.replace(asked, f"{asked}    forbidden: [numpy.linalg]\n"), encoding="utf-8")
    work, written = tmp_path / "work.py", tmp_path / "result.json"
    work.write_text(WORK, encoding="utf-8")
    done = grader("run", work, "--assignment", "tiny", "--course", course, "--json", written)
    assert "numpy.linalg.norm is not allowed in this question, which forbids numpy.linalg" in done.stdout
    assert "work.py:6 in double" in done.stdout
    questions = json.loads(written.read_text(encoding="utf-8"))["questions"]
    ended = {each["id"]: each["outcome"] for question in questions for each in question["criteria"]}
    assert ended["sums.double.value"] == "forbidden"
    assert ended["sums.triple.value"] == "passed"
    own = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--submission={work}", "tests/public"],
        cwd=course, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "numpy.linalg.norm is not allowed in this question, which forbids numpy.linalg" in own.stdout
    assert "1 failed" in own.stdout


def test_a_name_that_cannot_be_withheld_is_told_before_anyone_is_graded(
    tmp_path: Path, grader: Command, make_tiny_course: Callable[[Path], Path]
) -> None:
    course = make_tiny_course(tmp_path)
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    asked = "names: [double]\n    packages: [numpy]\n"
    rubric.write_text(text.replace(asked, f"{asked}    forbidden: [numpy.ndarray.dot]\n"), encoding="utf-8")
    done = grader("check", "--course", course)
    assert done.returncode != 0
    assert "the rubric forbids numpy.ndarray.dot, which cannot be withheld" in done.stdout + done.stderr


def test_a_forbidden_name_of_a_package_that_is_not_allowed_is_refused_in_the_rubric(
    tmp_path: Path, grader: Command, make_tiny_course: Callable[[Path], Path]
) -> None:
    course = make_tiny_course(tmp_path)
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    asked = "names: [double]\n    packages: [numpy]\n"
    rubric.write_text(text.replace(asked, f"{asked}    forbidden: [torch.optim]\n"), encoding="utf-8")
    done = grader("check", "--course", course)
    assert done.returncode == 2
    assert "`torch.optim` does not belong to a package that this question allows" in done.stderr


def test_a_kit_tells_what_may_not_be_used() -> None:
    fields: dict[str, Any] = {
        "id": "a.b",
        "title": "B",
        "module": "b",
        "names": ["f"],
        "packages": ["torch"],
        "criteria": [],
    }
    asked = Question.model_construct(**{**fields, "forbidden": ("torch.optim",), "provided": ()})
    assert packages_words(asked) == "Python's own modules and `torch`, but not `torch.optim`"
