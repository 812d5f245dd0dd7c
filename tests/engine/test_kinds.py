"""Arrays and tensors of odd kinds are called what they are, in words of the engine's own."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import CheckFailed, assert_close
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.program import Program


class Own(np.ndarray):
    """A class of a student's."""


KINDS: dict[str, object] = {
    "is a np.matrix, not a plain array of numbers": np.ones((1, 2)).view(np.matrix),
    "is a masked array, not a plain array of numbers": np.ma.array([1.0, 2.0]),
    "is a record array, not a plain array of numbers": np.zeros(2, "f8,f8").view(np.recarray),
    "is an array of records, not a plain array of numbers": np.zeros(2, "f8,f8"),
    "is an array of Python objects, not a plain array of numbers": np.array([1.0, None]),
    "is an array of strings, not a plain array of numbers": np.array(["1", "2"]),
    "is an array of dates, not a plain array of numbers": np.array(["2020-01-01"], "M8[s]"),
    "is an array of a class of its own, not a plain array of numbers": np.ones(2).view(Own),
    "is an object of the submission, not a plain array of numbers": object(),
}


@pytest.fixture
def dispatcher() -> Dispatcher:
    return Dispatcher(Program(), lambda *call: None)


@pytest.mark.parametrize("words", KINDS)
def test_an_odd_array_is_called_what_it_is(dispatcher: Dispatcher, words: str) -> None:
    value = dispatcher.refer(KINDS[words])
    with pytest.raises(CheckFailed) as failed:
        assert_close(value, np.ones(2), what="the result")
    assert failed.value.kind == f"the result {words}"
    with pytest.raises(CheckFailed) as failed:
        assert_close([np.ones(2), value], np.ones((2, 2)), what="the rows")
    assert failed.value.kind == f"the rows hold {words[3:].partition(',')[0]}, not plain arrays or numbers alone"


@pytest.mark.skipif(np.finfo(np.longdouble).bits == 64, reason="here long doubles are doubles, and cross as such")
@pytest.mark.parametrize("value", [np.ones(2, np.longdouble), np.ones(2, np.clongdouble), np.longdouble(1)])
def test_extended_precision_is_called_by_name(dispatcher: Dispatcher, value: object) -> None:
    with pytest.raises(CheckFailed, match=r"is an? (array|scalar) of extended precision, not a plain array"):
        assert_close(dispatcher.refer(value), np.ones(2), what="the result")


def test_a_class_that_is_named_like_an_array_says_nothing_of_its_own(dispatcher: Dispatcher) -> None:
    liar = type("matrix of secret, shape (42)", (), {})
    with pytest.raises(CheckFailed) as failed:
        assert_close(dispatcher.refer(liar()), np.ones(2), what="the result")
    assert "secret" not in failed.value.kind


def test_a_sparse_tensor_is_no_array_and_not_any_object(dispatcher: Dispatcher) -> None:
    torch = pytest.importorskip("torch")
    with pytest.raises(CheckFailed, match="is a tensor whose layout, device or dtype cannot be compared"):
        assert_close(dispatcher.refer(torch.eye(2).to_sparse()), torch.eye(2), what="the result")


def test_the_pair_that_torch_returns_beside_a_maximum_is_called_by_name(dispatcher: Dispatcher) -> None:
    torch = pytest.importorskip("torch")
    with pytest.raises(CheckFailed, match=r"is a pair of values and indices as torch\.max gives it"):
        assert_close(dispatcher.refer(torch.eye(2).max(dim=1)), torch.ones(2), what="the result")


def test_whole_numbers_where_fractions_are_expected_are_told() -> None:
    with pytest.raises(CheckFailed) as failed:
        assert_close(np.array([0, 1]), np.array([0.5, 1.0]), what="the result")
    assert failed.value.kind == "the result has wrong values, whole numbers where fractions are expected"
    with pytest.raises(CheckFailed) as failed:
        assert_close(np.array([0, 2]), np.array([0.0, 1.0]), what="the result")
    assert failed.value.kind == "the result has wrong values"


def test_a_confusion_of_one_number_is_named_in_each_shape_of_one_number() -> None:
    for shape in ((), (1,), (1, 1)):
        with pytest.raises(CheckFailed) as failed:
            assert_close(np.full(shape, 0.6), np.full(shape, 0.3), what="the step", confusions={"Twice.": 0.6})
        assert failed.value.misconception == "Twice."
