"""Arguments that a function changes although it is to leave them: who notices, and who pays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailed
from grader.checks.asking.changes import Changes
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.grading.session import Grading, opened_grader
from grader.worker.running.arguments import Imprint, names_of
from grader.worker.running.props import call_each, call_refilled
from grader.worker.running.requests import Answer

RUBRIC = """\
assignment: tiny
title: Sums
marks: 6
suites: {public: [tests/public/test_sums.py]}
questions:
  - id: sums.tools
    title: Tools
    module: sums
    names: [length, total, ordered]
    packages: [numpy]
    may_change: [ordered]
    criteria:
      - {id: sums.tools.length, title: the length, marks: 1}
      - {id: sums.tools.total, title: the sum, marks: 1}
      - {id: sums.tools.again, title: the sum of more, marks: 2}
      - {id: sums.tools.ordered, title: in order, marks: 2}
"""
SUITE = '''\
import numpy as np

from grader.checks import criterion

X = np.array([3.0, 1.0, 2.0])


@criterion("sums.tools.again")
def test_again(submission):
    """Add up more."""
    assert submission.total(np.append(X, 4.0)) == 10
    assert submission.length(X) == 3


@criterion("sums.tools.total")
def test_total(submission):
    """Add up."""
    assert submission.total(X) == 6


@criterion("sums.tools.length")
def test_length(submission):
    """Count."""
    assert submission.length(X) == 3


@criterion("sums.tools.ordered")
def test_ordered(submission):
    """Put in order."""
    assert list(submission.ordered(X)) == [1, 2, 3]
'''
RIGHT = """\
import numpy as np

def length(x): return len(x)
def total(x): return float(np.sum(x))
def ordered(x): return np.sort(x)
"""
CHANGING = """\
def length(x): return len(x)

def total(x):
    for i in range(1, len(x)):
        x[i] += x[i - 1]
    return float(x[-1])

def ordered(x):
    x.sort()
    return x
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    for name, text in {
        "rubrics/tiny.yaml": RUBRIC,
        "tests/public/test_sums.py": SUITE,
        "reference/sums.py": RIGHT,
        "work/sums.py": CHANGING,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def graded(root: Path, only: str | None = None) -> Grading:
    course = Course.find(root)
    with opened_grader(course, course.rubric("tiny"), only=only) as grader:
        return grader.grade(root / "work")


def outcomes(grading: Grading) -> dict[str, str]:
    return {c.id: c.outcome.value for question in grading.result.questions for c in question.criteria}


def test_a_change_is_charged_once_to_the_first_criterion_that_shows_it(course: Path) -> None:
    grading = graded(course)
    assert outcomes(grading) == {
        "sums.tools.length": "passed",
        "sums.tools.total": "failed",
        "sums.tools.again": "passed",
        "sums.tools.ordered": "passed",
    }
    [failed] = (check for check in grading.checks if check.outcome is Outcome.FAILED)
    kind = "total changes its arguments, although the docstring says that they are left as they are"
    assert failed.feedback.kind == kind
    assert "x, an array of shape (3,), was changed: entry [1] was 1 and is now 4" in failed.feedback.detail


@pytest.mark.parametrize("only", ["sums.tools.total", "sums.tools.again", "sums.tools.ordered"])
def test_part_of_a_rubric_is_graded_as_in_the_whole(course: Path, only: str) -> None:
    assert outcomes(graded(course, only)) == {only: outcomes(graded(course))[only]}


def test_a_change_of_another_function_is_charged_besides() -> None:
    changes, x, answer = Changes(["step"]), np.zeros(2), Answer(None, (), {0: np.ones(2)}, {0: "x"})
    for criterion, function, charged in (
        ("q.first", "total", True),
        ("q.first", "total", True),
        ("q.second", "total", False),
        ("q.second", "scale", True),
        ("q.third", "scale", False),
        ("q.third", "step", False),
    ):
        changes.during(criterion)
        if charged:
            with pytest.raises(CheckFailed):
                changes.charge(function, [x], {}, answer)
        else:
            changes.charge(function, [x], {}, answer)


def test_what_is_compared_pays_for_nothing() -> None:
    changes = Changes().during("q.first")
    with pytest.raises(CheckFailed):
        changes.copy().charge("total", [np.zeros(2)], {}, Answer(None, (), {0: np.ones(2)}))
    assert not changes.any_charged


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (np.zeros((2, 2)), np.array([[0, 0], [0, np.nan]]), "x, an array of shape (2, 2), was changed: entry [1, 1]"),
        (np.zeros(2), np.zeros(2, np.float32), "it was float64 and is now float32"),
        (np.array(1.5), np.array(2.5), "it was 1.5 and is now 2.5"),
        ([1, [2.0]], [1, [3.0]], "x, a list of 2, was changed: item 1: item 0: it was 2.0 and is now 3.0"),
        ([1, 2], [1], "it had 2 items and now has 1"),
        ({"w": np.zeros(1)}, {"w": np.ones(1)}, "item 'w': entry [0] was 0 and is now 1"),
        ([np.zeros(1)], [None], "item 0: it is now a NoneType"),
    ],
)
def test_what_has_changed_is_said(before: object, now: object, words: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        Changes().charge("f", [], {"x": before}, Answer(None, (), {"x": now}, {"x": "x"}))
    assert words in caught.value.detail


def test_an_imprint_sees_what_changes_in_place() -> None:
    array, table, number = np.zeros((2, 3)), {"a": (np.zeros(1),)}, 3
    rows: list[Any] = [np.zeros(2), [1.0]]
    imprint = Imprint([array, rows, number], {"table": table, "call": print})
    assert not imprint.changed()
    array[1, 2] = -0.0
    assert list(imprint.changed()) == [0]
    rows[1].append(2)
    table["a"][0][0] = 1
    assert list(imprint.changed()) == [0, 1, "table"]
    rows.append(rows)
    assert imprint.changed()[1] is rows


def test_an_imprint_sees_what_changes_of_a_tensor() -> None:
    torch = pytest.importorskip("torch")
    tensors = [torch.ones(2, requires_grad=grad) for grad in (True, True, False, False)]
    imprint = Imprint([*tensors, [tensors[0]]], {})
    assert not imprint.changed()
    tensors[0].sum().backward()
    with torch.no_grad():
        tensors[1].mul_(2)
    tensors[2].requires_grad_()
    assert list(imprint.changed()) == [0, 1, 2, 4]


def test_arguments_are_called_as_the_function_calls_them() -> None:
    def function(x: object, *more: object, rate: float = 1.0) -> None: ...

    assert names_of(function, [0, "rate", "extra"]) == {0: "x", "rate": "rate", "extra": "extra"}
    assert names_of(max, [0, 1]) == {}


def test_what_fits_is_put_into_the_same_arrays_lists_and_dicts() -> None:
    seen: list[object] = []
    others = [np.ones(2), [np.ones(1), 1.0], {"w": np.ones(2)}, np.ones(2), [1.0], "a"]
    arguments = [np.zeros(2), [np.zeros(1), 0.0], {"w": np.zeros(2)}, np.zeros(3), [0.0, 0.0], "b"]
    assert call_refilled(lambda *given: seen.append(given), others, arguments) == [None, False]
    first, second = seen
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert [one is other for one, other in zip(first, second, strict=True)] == [True, True, True, False, False, False]
    assert first[1][0].tolist() == [0.0]
    assert first[1][1] == 0.0
    assert first[2]["w"].tolist() == [0.0, 0.0]
    assert [type(value) for value in second[3:]] == [np.ndarray, list, str]


def test_a_tensor_is_filled_anew_without_a_trace_in_its_graph() -> None:
    torch = pytest.importorskip("torch")
    seen: list[Any] = []
    old, new = torch.ones(2, requires_grad=True), torch.zeros(2, requires_grad=True)
    call_refilled(seen.append, [old], [new])
    assert seen[1] is old
    assert old.tolist() == [0.0, 0.0]
    assert old.is_leaf


def test_a_result_that_a_later_call_overwrites_is_noticed_and_one_in_an_arguments_memory_is_not() -> None:
    kept = np.zeros(2)

    def overwriting(x: np.ndarray) -> list[np.ndarray]:
        kept[...] = 2 * x
        return [kept]

    ones, twos = np.ones(2), np.full(2, 2.0)
    second, overwritten = call_refilled(overwriting, [ones], [twos])
    assert overwritten
    assert second == [kept]
    for honest in (lambda x: x, lambda x: 2 * x, lambda x: [x.reshape(2, 1), 3.0]):
        assert call_refilled(honest, [np.ones(2)], [twos])[1] is False
    assert call_each(overwriting, [[np.ones(2)], [twos]]) == [[kept], [kept]]


def test_a_dict_of_numbers_that_a_later_call_writes_into_is_noticed() -> None:
    kept: dict[str, object] = {}

    def overwriting(x: float) -> dict[str, object]:
        kept["a"] = 2 * x
        return kept

    assert call_refilled(overwriting, [1.0], [2.0]) == [{"a": 4.0}, True]
    assert call_refilled(lambda x: {"a": 2 * x}, [1.0], [2.0]) == [{"a": 4.0}, False]
    assert call_refilled(lambda x: x, [[1.0]], [[2.0]]) == [[2.0], False]


def test_a_tensor_that_a_later_call_overwrites_is_noticed_and_one_in_an_arguments_memory_is_not() -> None:
    torch = pytest.importorskip("torch")
    kept = torch.zeros(2)
    assert call_refilled(lambda x: kept.copy_(2 * x), [torch.ones(2)], [torch.ones(2) * 2])[1]
    for honest in (lambda x: 2 * x, lambda x: x[:1], lambda x: x.numpy()):
        assert call_refilled(honest, [torch.ones(2)], [torch.ones(2) * 2])[1] is False
