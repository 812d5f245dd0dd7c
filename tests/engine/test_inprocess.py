"""A student's work in their own process: as in the jail, and yet theirs to debug."""

from __future__ import annotations

import bdb
import math
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.checks.asking.channel import StudentRaised, StudentStopped
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.live import Live
from grader.pytest_side.local import LocalChannel

CRITERION = {"id": "a.b.c", "title": "c", "marks": "1"}
Open = Callable[..., InProcess]


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a work of one file, with the folder above it as the working folder."""
    monkeypatch.chdir(tmp_path)

    def opened(text: str, *names: str, packages: tuple[str, ...] | None = None) -> InProcess:
        (tmp_path / "student").mkdir(exist_ok=True)
        (tmp_path / "student" / "work.py").write_text(text, encoding="utf-8")
        return InProcess(tmp_path / "student", ["work.py"], QuestionSpec("work", names or ("f",), packages))

    return opened


def call(channel: LocalChannel, *args: Any, name: str = "f", **kwargs: Any) -> Any:
    return channel.call((name,), args, kwargs, keep_arguments=False)[0]


def test_each_question_has_a_state_of_its_own(student: Open) -> None:
    text = "n = 0\ndef f():\n    global n\n    n += 1\n    return n\n"
    first, second = student(text), student(text)
    assert [call(first), call(first), call(second)] == [1, 2, 1]


def test_that_pictures_are_clipped_is_said_once_a_check(student: Open, caplog: pytest.LogCaptureFixture) -> None:
    text = "from matplotlib.figure import Figure\ndef f(n):\n    for k in range(n):\n"
    draw = "        figure = Figure()\n        figure.subplots().imshow([[[2.0 + k, 0.0, 0.0]]])\n"
    channel = student(text + draw, packages=("matplotlib",))
    for said in (1, 2):
        channel.reset()
        call(channel, 3)
        assert caplog.text.count("Clipping input data") == said


def test_the_file_is_read_when_it_is_first_needed(student: Open) -> None:
    channel = student("def f(): return 1")
    student("def f(): return 2")
    assert call(channel) == 2


def test_an_exception_leads_to_the_students_frames(student: Open) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        call(student("def f():\n    return g()\ndef g():\n    return 1 / 0\n"))
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (Path(last.filename).name, last.lineno) == ("work.py", 4)
    assert caught.value.student_line == "work.py:4 in g: return 1 / 0"  # type: ignore[attr-defined]
    shown = os.path.join("student", "work.py")
    assert f'File "{shown}", line 2, in f' in caught.value.student_traceback  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "class E(BaseException): pass\ndef f(): raise E",
        "def f(): raise SystemExit(1)",
        "def f(): raise StopIteration",
        "import unittest\ndef f(): raise unittest.SkipTest",
        "def f(): raise GeneratorExit",
    ],
)
def test_what_could_end_a_check_unseen_is_an_ordinary_exception_of_the_students(student: Open, text: str) -> None:
    with pytest.raises(StudentRaised) as caught:
        call(student(text))
    assert caught.value.raised_by_student is True  # type: ignore[attr-defined]


BY_HAND = {
    "KeyboardInterrupt": KeyboardInterrupt,
    "bdb.BdbQuit": bdb.BdbQuit,
    "pytest.exit.Exception": pytest.exit.Exception,
}


@pytest.mark.parametrize(("name", "kind"), BY_HAND.items())
def test_what_is_done_by_hand_ends_the_run(student: Open, name: str, kind: type[BaseException]) -> None:
    with pytest.raises(kind) as caught:
        call(student(f"import bdb, pytest\ndef f(): raise {name}"))
    assert not hasattr(caught.value, "raised_by_student")


def test_what_fails_while_loading_stops_the_check(student: Open) -> None:
    with pytest.raises(StudentStopped) as caught:
        call(student("class E(BaseException): pass\ndef g(): raise E('no')\nf = g()\n"))
    assert (caught.value.outcome, caught.value.message) == ("raised", "E: no")


def test_the_working_folder_is_the_works_own_and_afterwards_as_before(student: Open, tmp_path: Path) -> None:
    channel = student("import os\nhere = os.getcwd()\ndef f(x): return here, os.getcwd(), 1 / x")
    work = str(tmp_path / "student")
    assert call(channel, 1) == (work, work, 1.0)
    with pytest.raises(ZeroDivisionError):
        call(channel, 0)
    assert Path.cwd() == tmp_path


def test_warnings_stay_warnings_and_the_filters_as_they_were(student: Open) -> None:
    channel = student("import warnings\nPATTERN = '\\d'\ndef f():\n    warnings.warn('careful')\n    return PATTERN")
    with warnings.catch_warnings(record=True, action="error") as seen:
        assert call(channel) == "\\d"
        with pytest.raises(UserWarning):
            warnings.warn("mine", stacklevel=1)
    assert "careful" in [str(warning.message) for warning in seen]


def test_only_the_packages_of_the_question_can_be_used_here_too(student: Open) -> None:
    text = "import hypothesis, numpy as np\ndef f(): return hypothesis.given()\ndef g(): return np.ones(1)"
    channel = student(text, "f", "g", packages=("numpy",))
    assert call(channel, name="g").tolist() == [1]
    with pytest.raises(StudentStopped, match=r"hypothesis\.given is not allowed") as caught:
        call(channel)
    assert caught.value.outcome == "forbidden"


def test_a_debugger_named_in_the_environment_can_be_started(student: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONBREAKPOINT", "hypothesis.note")
    monkeypatch.setattr(sys, "breakpointhook", sys.__breakpointhook__)
    with pytest.raises(Exception, match="Cannot make notes outside") as caught:
        call(student("def f(): breakpoint('here')", packages=("numpy",)))
    assert not isinstance(caught.value, StudentStopped)


def test_what_a_check_raises_surfaces_even_if_the_student_swallows_it(student: Open) -> None:
    mine = LookupError("mine")
    calls: list[int] = []

    def passed_in() -> None:
        calls.append(1)
        raise mine

    channel = student(
        "def f(g):\n    for _ in range(3):\n        try: g()\n        except Exception: pass\n    return 1\n"
    )
    with pytest.raises(LookupError) as caught:
        call(channel, passed_in)
    assert caught.value is mine
    assert not hasattr(mine, "raised_by_student")
    assert calls == [1]
    assert call(channel, lambda: None) == 1


def test_a_loop_that_never_ends_is_stopped_at_the_students_line(tmp_path: Path) -> None:
    (tmp_path / "sums.py").write_text("def double(x):\n    while True:\n        x += 1\n")
    channel = InProcess(tmp_path, ["sums.py"], QuestionSpec("sums", ("double",), None), cpu_seconds=0.2)
    with pytest.raises(StudentStopped) as stopped:
        channel.call(("double",), (1,), {}, keep_arguments=False)
    assert stopped.value.outcome == "timed_out"
    assert stopped.value.message.startswith("used more than 0.2 s of CPU time; is there a loop")
    assert stopped.value.student_line.startswith("sums.py:")


def test_the_time_that_a_check_has_when_it_is_graded_is_given_here_too_and_told(tmp_path: Path) -> None:
    (tmp_path / "sums.py").write_text("def double(x):\n    while True:\n        x += 1\n")
    for graded, limit in ((0.4, "0.4"), (0.1, "0.2")):
        channel = InProcess(
            tmp_path, ["sums.py"], QuestionSpec("sums", ("double",), None), cpu_seconds=0.2, graded_seconds=graded
        )
        with pytest.raises(StudentStopped) as stopped:
            channel.call(("double",), (1,), {}, keep_arguments=False)
        told = f"used more than {limit} s of CPU time (when it is graded, a check has {graded} s); is there a loop"
        assert stopped.value.message.startswith(told)


# ── a notebook's kernel ───────────────────────────────────────────────────────────────────────────


def in_kernel(text: str, *names: str) -> Live:
    """Run cells as a kernel does, and open a channel to what they define."""
    namespace: dict[str, Any] = {"__name__": "kernel", "LocalDerivatives": list, "sin": math.sin}
    exec(text, namespace)
    question = Question.model_validate(
        {"id": "a.b", "title": "b", "module": "a", "names": names, "packages": ["numpy"], "criteria": [CRITERION]}
    )
    return Live(namespace, question)


@pytest.mark.parametrize(
    ("cell", "name", "hint"),
    [
        ("def tanh_derivate(x): pass", "tanh_derivative", "did you mean `tanh_derivate`?"),
        ("tanh_derivate = 3", "tanh_derivative", "run its cell, and see whether it raises an exception"),
        ("class Local: pass", "tanh_derivative", "run its cell, and see whether it raises an exception"),
        ("", "LocalDerivativ", "run its cell, and see whether it raises an exception"),
    ],
)
def test_only_what_a_cell_defines_under_a_like_name_is_taken_for_what_was_meant(
    cell: str, name: str, hint: str
) -> None:
    with pytest.raises(StudentStopped) as stopped:
        call(in_kernel(cell, name), 1, name=name)
    assert stopped.value.outcome == "not_implemented"
    assert stopped.value.message.endswith(hint)


def test_a_package_that_is_missing_and_not_allowed_is_told_in_a_kernel_as_elsewhere(student: Open) -> None:
    text = "def f():\n    import nowhere_to_be_found.part\n"
    told = []
    for channel in (in_kernel(text, "f"), student(text, packages=("numpy",))):
        with pytest.raises(StudentStopped) as stopped:
            call(channel)
        told.append((stopped.value.outcome, stopped.value.message))
    assert told[0] == told[1]
    assert told[0][0] == "forbidden"
    with pytest.raises(ModuleNotFoundError):
        call(in_kernel("def f():\n    import numpy.nowhere\n", "f"))
