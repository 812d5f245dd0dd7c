"""A submission read once: by a worker that has run nothing of it yet, for all workers that come after."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from grader.checks.asking.channel import StudentStopped
from grader.course.question_spec import QuestionSpec
from grader.sandbox import jailed
from grader.sandbox.jailed import JailedQuestion, Plan
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose, lock_problem
from grader.sandbox.sandbox import Jail

needs_a_lock = pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())
WORK = """
import sys

def double(x):
    return 2 * x

def triple(x):
    return 3 * x

def spoil():
    # Whatever the worker is asked from now on, reading included, it answers with rubbish.
    for name in [name for name in sys.modules if name.startswith("worker")]:
        for key, value in list(vars(sys.modules[name]).items()):
            if callable(value):
                setattr(sys.modules[name], key, lambda *args, **kwargs: {"work.py": b"rubbish"})
"""
Open = Callable[..., JailedQuestion]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open a question of work that lies in the jail, the one before being closed; some share a plan."""
    with Jail(choose("auto")) as jail, contextlib.ExitStack() as last:

        def open_question(plan: Plan, *names: str, text: str = WORK) -> JailedQuestion:
            last.close()
            (jail.staging / "work.py").write_text(text, encoding="utf-8")
            question = jail.open(("work.py",), QuestionSpec("work", names, ()), Limits(), Budget(), plan)
            last.callback(question.close)
            return question

        yield open_question


def call(question: JailedQuestion, name: str, *args: object) -> object:
    return question.call((name,), args, {}, keep_arguments=False)[0]


@needs_a_lock
def test_code_that_ran_before_cannot_change_what_later_workers_run(opened: Open) -> None:
    plan = Plan()
    question = opened(plan, "double", "spoil")
    assert call(question, "double", 7) == 14
    drawn = dict(plan.files)
    with contextlib.suppress(StudentStopped, Exception):
        call(question, "spoil")
    question.close()
    assert call(question, "double", 7) == 14
    assert call(opened(plan, "triple"), "triple", 7) == 21
    assert plan.files == drawn


@needs_a_lock
def test_the_plan_is_drawn_before_any_statement_runs(opened: Open) -> None:
    at_load, plan = f"{WORK}\nKEPT = spoil()\ndef late(): return KEPT\n", Plan()
    with contextlib.suppress(StudentStopped):
        call(opened(plan, "late", text=at_load), "late")
    assert plan.files
    assert call(opened(plan, "triple", text=at_load), "triple", 7) == 21


@needs_a_lock
def test_workers_run_what_was_read_first(opened: Open) -> None:
    plan = Plan()
    question = opened(plan, "double")
    assert call(question, "double", 7) == 14
    question.close()
    assert call(opened(plan, "double", text="def double(x): return 0"), "double", 7) == 14
    assert call(opened(Plan(), "double", text="def double(x): return 0"), "double", 7) == 0


@needs_a_lock
def test_work_too_long_to_be_carried_is_read_by_each_worker(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jailed, "PLAN_LIMIT", 100)
    plan = Plan()
    question = opened(plan, "double")
    for _ in range(2):
        assert call(question, "double", 7) == 14
        question.close()
    assert plan.files == {}


@pytest.mark.parametrize("answer", [None, b"", [], {"work.py": "text"}, {1: b""}, {"work.py": None}])
def test_what_is_no_plan_is_the_worker_crashing(answer: object) -> None:
    with pytest.raises(StudentStopped) as stopped:
        Plan().add(answer)
    assert stopped.value.outcome == "crashed"
