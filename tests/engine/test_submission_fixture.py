"""How a check talks to a student's work, and the lines of Python that reproduce what it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import Submission, spread
from grader.checks.asking.exchange import Exchange
from grader.checks.asking.objects import StudentObject
from grader.checks.asking.submission import exchange_of
from grader.core.errors import GraderFault
from grader.core.outcome import Check, Visibility
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.reserved import reserved_names
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.snippet import snippet
from grader.worker.wire.codec import Handle

WORK = """
class Counter:
    def __init__(self, start=0): self.n = start
    def step(self, by=1):
        self.n += by
        return self.n

def same(*args, **kwargs): return args[0] if len(args) == 1 else args
def call(f, *args): return f(*args)
def pair(): return Counter(1), {"second": Counter(2)}
def double(x): return 2 * x
def extend(items): items.append(Counter(9))
"""
NAMES = ("Counter", "same", "call", "pair", "double", "extend")


@pytest.fixture
def submission(tmp_path: Path) -> Submission:
    (tmp_path / "work.py").write_text(WORK, encoding="utf-8")
    submission = Submission()
    exchange_of(submission).begin(InProcess(tmp_path, ["work.py"], QuestionSpec("work", NAMES, None)))
    return submission


# ── talking ───────────────────────────────────────────────────────────────────────────────────────


def test_functions_are_called_as_attributes_and_methods_as_ones_own(submission: Submission) -> None:
    counter = submission.Counter(start=3)
    assert isinstance(counter, StudentObject)
    assert counter.step(by=2) == 5
    assert submission.read(counter, "n") == 5


def test_objects_are_found_wherever_they_come_back(submission: Submission) -> None:
    first, rest = submission.pair()
    assert (first.step(), rest["second"].step()) == (2, 3)
    _, (items,) = submission.extend.with_arguments([1])
    assert items[1].step() == 10


def test_objects_are_passed_back_wherever_they_stand(submission: Submission) -> None:
    counter = submission.Counter()
    for value in (counter, [counter], (counter,), {"c": counter}):
        got = submission.same(value)
        again = got["c"] if isinstance(got, dict) else got[0] if isinstance(got, (list, tuple)) else got
        again.step()
    assert submission.read(counter, "n") == 4


def test_a_callable_sees_objects_and_may_give_them(submission: Submission) -> None:
    counter = submission.Counter(7)
    seen: list[object] = []

    def take(*args: object) -> object:
        seen.extend(args)
        return counter

    got = submission.call(take, submission.Counter(1), [submission.Counter(2)])
    assert got.step() == 8
    assert [repr(value) for value in seen] == ["<Counter of the submission>", "[<Counter of the submission>]"]


def test_the_students_own_functions_and_methods_can_be_passed_in(submission: Submission) -> None:
    counter = submission.Counter()
    assert submission.call(submission.double, 3) == 6
    assert submission.call(counter.step, 4) == 4


def test_a_callable_that_calls_the_submission_is_a_fault_of_the_check(submission: Submission) -> None:
    with pytest.raises(GraderFault, match="which was waiting for it"):
        submission.call(lambda: submission.double(1))
    assert submission.double(2) == 4


def test_a_name_that_the_question_does_not_list_is_a_fault_of_the_check(submission: Submission) -> None:
    with pytest.raises(GraderFault, match="'tripel', which its question does not list"):
        submission.tripel(2)
    with pytest.raises(GraderFault, match="'tripel'"):
        submission.call(submission.tripel, 2)


def test_what_a_check_hands_over_must_be_able_to_cross(submission: Submission) -> None:
    with pytest.raises(ValueError, match="a check passed in a set, which cannot cross"):
        submission.same({1})


def test_private_and_special_names_are_no_functions_of_the_student(submission: Submission) -> None:
    counter = submission.Counter()
    for thing, name in ((submission, "_x"), (submission, "__len__"), (counter, "__array__"), (counter, "__iter__")):
        assert not hasattr(thing, name)


def test_outside_a_check_there_is_nothing_to_call() -> None:
    with pytest.raises(RuntimeError, match="outside a check"):
        Submission().bowl(1)


# ── reproducing ───────────────────────────────────────────────────────────────────────────────────


def test_calls_are_remembered_as_lines_that_can_be_run(submission: Submission) -> None:
    first, second = submission.Counter(1), submission.Counter(start=2)
    first.step()
    submission.same([first, second], {"x": second})
    submission.call(submission.double, 2)
    submission.call(first.step)
    one, _ = submission.pair()
    one.step()
    assert exchange_of(submission).log.snippet().splitlines() == [
        "counter = Counter(1)",
        "counter2 = Counter(start=2)",
        "counter.step()",
        "result = same([counter, counter2], {'x': counter2})",
        "call(double, 2)",
        "call(counter.step)",
        "result2 = pair()",
        "result2[0].step()",
    ]


def test_a_new_example_begins_with_no_calls(submission: Submission) -> None:
    submission.double(1)
    exchange_of(submission).begin()
    submission.double(2)
    assert exchange_of(submission).log.snippet() == "double(2)"


def test_of_many_calls_the_first_and_the_last_are_shown(submission: Submission) -> None:
    for n in range(100):
        submission.double(n)
    lines = exchange_of(submission).log.snippet().splitlines()
    assert len(lines) == 30
    assert lines[:5] == ["double(0)", "double(1)", "double(2)", "...  # 71 more calls", "double(74)"]
    assert lines[-1] == "double(99)"


def cube(x: float) -> float:
    return x**3


WRITTEN: dict[str, object] = {
    "np.array([1., 2.], dtype=np.float64)": np.array([1.0, 2.0]),
    "np.array([[True], [False]], dtype=np.bool)": np.array([[True], [False]]),
    "np.array([np.nan, -np.inf, 1.], dtype=np.float32)": np.array([np.nan, -np.inf, 1], np.float32),
    "np.array(3, dtype=np.int64)": np.array(3),
    "np.zeros((0, 3), dtype=np.float64)": np.zeros((0, 3)),
    "np.float64(0.1)": np.float64(0.1),
    "[np.array([1, 2], dtype=np.int64), (3,)]": [np.array([1, 2]), (3,)],
    "(1, 'a')": (1, "a"),
    "[]": [],
    "()": (),
    "{'a': np.array([1.], dtype=np.float64)}": {"a": np.array([1.0])},
    'float("nan")': float("nan"),
    '[float("-inf"), 1.5]': [float("-inf"), 1.5],
    "b'x'": b"x",
    "cube": cube,
    "np.tanh".removeprefix("np."): np.tanh,
}


@pytest.mark.parametrize(("code", "value"), WRITTEN.items(), ids=WRITTEN.keys())
def test_arguments_are_written_as_python(submission: Submission, code: str, value: object) -> None:
    submission.same(value)
    assert exchange_of(submission).log.snippet().removeprefix("result = ") == f"same({code})"


def test_what_is_written_makes_the_same_value_again(submission: Submission) -> None:
    rng = np.random.default_rng(1)
    values: list[Any] = [rng.normal(size=(3, 4)), rng.integers(0, 9, (2, 2, 2)), rng.normal(size=5).astype("f4"), 1e-30]
    for value in values:
        exchange_of(submission).begin()
        submission.same(value)
        again = eval(exchange_of(submission).log.snippet(), {"np": np, "same": lambda x: x})
        assert np.array_equal(again, value)
        assert np.asarray(again).dtype == np.asarray(value).dtype


LONG: list[Callable[[], object]] = [
    lambda: np.zeros((500, 500)),
    lambda: list(range(100_000)),
    lambda: "x" * 10**6,
    lambda: [[0.5] * 1000] * 100,
    lambda: {str(n): n for n in range(1000)},
]


@pytest.mark.parametrize("make", LONG)
def test_long_arguments_are_cut(submission: Submission, make: Callable[[], object]) -> None:
    submission.same(make())
    assert len(exchange_of(submission).log.snippet()) < 350


LARGE = [
    np.full((8, 9), 0.25),
    spread((3, 40), 4),
    spread((2, 100, 30), 1).astype(np.float32),
    np.random.default_rng(0).normal(size=(4, 50)),
]


@pytest.mark.parametrize("value", LARGE, ids=["one number", "by a seed", "by a seed in single precision", "whole"])
def test_a_large_array_is_written_so_that_it_comes_back(submission: Submission, value: Any) -> None:
    submission.same(value)
    again = eval(exchange_of(submission).log.snippet(), {"np": np, "same": lambda x: x, "spread": spread})
    assert np.array_equal(again, value)
    assert again.dtype == np.asarray(value).dtype


def a_check(visibility: Visibility) -> Check:
    return Check("suite.py::test", "q.c", visibility, "Ask.", "")


def test_the_lines_that_are_shown_bring_all_their_names(submission: Submission) -> None:
    submission.same(spread(100, 3))
    assert snippet(submission, {"same": "work.py"}, a_check("public")).splitlines() == [
        "import numpy as np",
        "from work import same",
        "from grader.checks import spread",
        "",
        "print(same(spread((100,), 3)))",
    ]


def test_the_lines_print_the_result_of_each_call_that_was_compared(submission: Submission) -> None:
    submission.same(1)
    submission.same(2)
    lines = snippet(submission, {"same": "work.py"}, a_check("public")).splitlines()
    assert lines[-2:] == ["print(same(1))", "print(same(2))"]


UNWRITTEN = {"array": np.random.default_rng(0).normal(size=5000), "number": 10**5000, "list": [0] * 1000, "ours": cube}


@pytest.mark.parametrize("value", UNWRITTEN.values(), ids=UNWRITTEN.keys())
def test_lines_that_would_not_run_are_not_shown(submission: Submission, value: object) -> None:
    submission.same(value)
    first, second = snippet(submission, {"same": "work.py"}, a_check("public")).splitlines()
    assert first.startswith("# No lines to copy: the arguments are")
    assert "--question q.c" in second
    assert "pytest" not in snippet(submission, {"same": "work.py"}, a_check("hidden"))


def test_what_cannot_be_written_is_named(submission: Submission) -> None:
    submission.same(10**5000)
    assert exchange_of(submission).log.snippet() == "same(<int>)"


def test_addresses_are_left_out_so_that_feedback_is_the_same_each_time(submission: Submission) -> None:
    class Callable:
        def __call__(self) -> int:
            return 1

    submission.call(Callable())
    assert " at 0x" not in exchange_of(submission).log.snippet()
    assert "Callable object>" in exchange_of(submission).log.snippet()


def test_an_object_of_the_students_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(StudentObject(Exchange(), Handle(1, "Answer"), "answer"))


def test_names_that_the_fixture_has_itself_are_refused_in_a_rubric() -> None:
    own = {name for name in (*vars(Submission), *vars(Submission())) if not name.startswith("_")}
    assert own == reserved_names()
    assert {"path", "read", "roll", "told"} <= own
