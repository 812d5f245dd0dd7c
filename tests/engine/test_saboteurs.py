"""Each saboteur does what its name says, tells when it did, and is the right function otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from grader.audit.saboteurs import SABOTEURS, put_over
from grader.audit.values import same

Call = tuple[Any, ...]


class Adder:
    """Adds up what it is given."""

    def __init__(self) -> None:
        self.total = 0.0

    def add(self, number: float) -> float:
        self.total += number
        return self.total


def answers(saboteur: str, function: Callable[..., Any], calls: Sequence[Call]) -> tuple[list[Any], list[bool]]:
    """Return what a sabotaged function answers to each call, and whether the saboteur did anything in it."""
    fired = list[int]()
    sabotaged = put_over(saboteur, function, lambda: fired.append(1))
    given, seen = [], []
    for call in calls:
        before = len(fired)
        given.append(sabotaged(*call))
        seen.append(len(fired) > before)
    return given, seen


def right(saboteur: str) -> tuple[Callable[..., Any], list[Call]]:
    """Return a function, and two calls of which the saboteur does something in the second only."""
    torch = pytest.importorskip("torch")
    small, long = np.arange(1.0, 4.0), np.arange(1.0, 13.0)
    generator = np.random.default_rng
    mixed = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Dropout())
    mixed[1].eval()
    graded = torch.nn.Linear(1, 1)
    graded.weight.grad = torch.ones(1, 1)
    one, other, model = Adder(), Adder(), torch.nn.Linear(1, 1)
    frozen = torch.nn.Linear(1, 1).requires_grad_(False)
    two = np.array([[1.0, 2.0], [3.0, 4.0]])
    cases: dict[str, tuple[Callable[..., Any], list[Call]]] = {
        "writes to an array that it was given": (lambda x: 1, [(3,), (small,)]),
        "reverses an array that it was given": (lambda x: 1, [(np.ones(2),), (small,)]),
        "flattens an array that it was given": (lambda x: 1, [(small,), (two,)]),
        "reverses a list that it was given": (lambda x: 1, [([1],), ([1, 2],)]),
        "adds to a dict that it was given": (lambda x: 1, [([1],), ({},)]),
        "remembers its first result for ever": (lambda x: x, [(1,), (2,)]),
        "remembers a result by the arguments' shapes": (np.sum, [(small,), (2 * small,)]),
        "remembers a result by its first argument": (lambda x, y: x + y, [(1, 2), (1, 3)]),
        "remembers a result by which objects its arguments are": (lambda x, k: k, [(small, 1), (long, 2), (small, 2)]),
        "forgets its state after three calls": (Adder.add, [(one, 1.0)] * 4),
        "shares its state with other objects of its class": (Adder.add, [(one, 1.0), (other, 1.0)]),
        "takes a whole number modulo ten": (lambda x: x, [(9,), (10,)]),
        "cuts whole numbers off at a hundred": (lambda x: x, [(100,), (101,)]),
        "takes the number 0 for not given": (lambda x: x, [(2.0,), (0.0,)]),
        "takes the number 1 for not given": (lambda x: x, [(2.0,), (1.0,)]),
        "takes what is 0 or empty for not given": (lambda x, n=5, k=1: n * k, [(1, 2), (0, 2), (1, 0)]),
        "clips what it is given far out": (lambda x: x, [(small,), (300 * small,)]),
        "takes tiny numbers for zero": (lambda x: x, [(small,), (1e-9 * small,)]),
        "moves numbers that are exactly zero": (lambda x: x, [(small,), (0 * small,)]),
        "reads an array in the order of its memory": (lambda x: x, [(two,), (np.asfortranarray(two),)]),
        "clips its result far out": (lambda x: 99 * x, [(1.0,), (2.0,)]),
        "leaves all but ten rows of its result zero": (lambda x: x, [(small,), (long,)]),
        "repeats the last row but one of a long result": (lambda x: x, [(small,), (long,)]),
        "transposes a square result": (lambda x: x, [(small,), (two,)]),
        "drops the axis of a single sample": (lambda x: x, [(small,), (np.ones(1),)]),
        "gives a float for a whole number": (lambda x: x, [(1.5,), (2,)]),
        "ends before the last of what it gives one by one": (lambda x: x, [([1],), (iter([1]),)]),
        "draws from the global generator instead of its own": (lambda g: 1, [(3,), (generator(1),)]),
        "seeds its generator anew at each call": (lambda g: 1, [(3,), (generator(1),)]),
        "seeds the global generators": (lambda g: 1, [(3,), (generator(1),)]),
        "puts all parts of a model into the mode of the whole": (lambda m: 1, [(torch.nn.Linear(1, 1),), (mixed,)]),
        "leaves a model in training mode": (lambda m: 1, [(torch.nn.Linear(1, 1),), (torch.nn.Linear(1, 1).eval(),)]),
        "leaves a model in evaluation mode": (lambda m: 1, [(torch.nn.Linear(1, 1).eval(),), (model,)]),
        "deletes the gradients of a model": (lambda m: 1, [(torch.nn.Linear(1, 1),), (graded,)]),
        "adds to the gradients of a model": (lambda m: 1, [(3,), (model,)]),
        "freezes the parameters of a model": (lambda m: 1, [(frozen,), (model,)]),
        "leaves a hook on a model": (lambda m: 1, [(3,), (model,)]),
        "is wrong for an array of zeros": (np.sin, [(small,), (0 * small,)]),
        "is wrong for an array of equal numbers": (np.sin, [(small,), (np.ones(3),)]),
        "is wrong for a single row": (np.sin, [(small,), (small[None],)]),
        "is wrong where a later axis has one entry": (np.sin, [(small[None],), (small[:, None],)]),
        "is wrong for an axis of more than 256 entries": (np.sin, [(np.arange(256.0),), (np.arange(257.0),)]),
        "is wrong for numbers far from zero": (np.sin, [(300 * small,), (400 * small,)]),
        "is wrong for half precision": (np.sin, [(small,), (small.astype(np.float16),)]),
        "is wrong for whole numbers": (np.sin, [(small,), (np.arange(3),)]),
        "leaves a tensor requiring a gradient": (lambda t: 1, [(torch.ones(1).requires_grad_(),), (torch.ones(1),)]),
    }
    return cases[saboteur]


@pytest.mark.parametrize("saboteur", SABOTEURS)
def test_a_saboteur_tells_what_it_does_and_nothing_else(saboteur: str) -> None:
    function, calls = right(saboteur)
    _, seen = answers(saboteur, function, calls)
    assert seen == [False] * (len(calls) - 1) + [True]


@pytest.mark.parametrize(
    ("saboteur", "function", "calls", "given"),
    [
        ("remembers its first result for ever", lambda x: x, [(1,), (2,)], [1, 1]),
        ("remembers a result by its first argument", lambda x, y: x + y, [(1, 2), (1, 3), (2, 3)], [3, 3, 5]),
        ("takes the number 0 for not given", lambda x: x, [(0.0,), (0,)], [0.5, 0]),
        ("gives a float for a whole number", lambda x: x, [(True,), ("a",)], [1.0, "a"]),
    ],
)
def test_what_a_sabotaged_function_answers(
    saboteur: str, function: Callable[..., Any], calls: list[Call], given: list[Any]
) -> None:
    assert answers(saboteur, function, calls)[0] == given


def test_a_misreading_that_changes_no_answer_is_none() -> None:
    far, zeros = np.array([-1000.0, 0.0, 1000.0]), np.zeros(2)
    assert answers("clips what it is given far out", np.sign, [(far,)])[1] == [False]
    assert answers("clips what it is given far out", lambda x: 1 / (1 + np.exp(-x[1:])), [(far,)])[1] == [False]
    assert answers("moves numbers that are exactly zero", np.cos, [(zeros,)])[1] == [True]
    # An object may have noticed that it was asked.
    assert answers("moves numbers that are exactly zero", lambda one, x: 1, [(Adder(), zeros)])[1] == [True]


def test_a_figure_is_remembered_by_what_it_shows() -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    def draw(points: list[float], file: str) -> Figure:
        figure = Figure()
        figure.subplots().plot(points if file == "other" else [1.0, 2.0])
        return figure

    calls = [([3.0, 4.0], "one"), ([3.0, 4.0], "two"), ([3.0, 4.0], "other")]
    assert answers("remembers a result by its first argument", draw, calls)[1] == [False, False, True]


def test_state_is_lost_after_three_calls_and_shared_between_objects() -> None:
    adder, other = Adder(), Adder()
    assert answers("forgets its state after three calls", Adder.add, [(adder, 1.0)] * 5)[0] == [1, 2, 3, 1, 2]
    shared = answers("shares its state with other objects of its class", Adder.add, [(adder, 1.0), (other, 1.0)])[0]
    assert shared == [3, 4]


def test_an_array_is_changed_after_the_work_is_done() -> None:
    given = np.array([1.0, 2.0])
    assert answers("reverses an array that it was given", np.sum, [(given,)])[0] == [3.0]
    assert given.tolist() == [2.0, 1.0]


def test_what_is_wrong_at_an_edge_is_wrong_in_all_numbers_of_an_answer_however_large() -> None:
    def answered(*numbers: float) -> Any:
        return answers("is wrong for an array of zeros", lambda x: (*numbers, [x], {"x": x}), [(np.zeros(1),)])[0][0]

    *numbers, listed, named = answered(0, 1e9, -1.0, -3.0)
    assert numbers == [1, 2e9 + 1, 1.0, 1.0]
    assert listed == [1.0]
    assert named["x"].tolist() == [1.0]


def test_arrays_in_another_order_of_memory_are_read_as_they_lie() -> None:
    given = np.asfortranarray([[1, 2], [3, 4]])
    (read,), _ = answers("reads an array in the order of its memory", lambda x: x, [(given,)])
    assert read.tolist() == [[1, 3], [2, 4]]


def test_tensors_are_spoiled_as_arrays_are() -> None:
    torch = pytest.importorskip("torch")
    long, square = torch.arange(12.0), torch.tensor([[1.0, 2.0], [3.0, 0.0]])

    def spoiled(saboteur: str, given: Any) -> Any:
        return answers(saboteur, lambda x: (x, 1), [(given,)])[0][0][0].tolist()

    assert spoiled("leaves all but ten rows of its result zero", long)[9:] == [9.0, 0.0, 0.0]
    assert spoiled("repeats the last row but one of a long result", long)[9:] == [9.0, 10.0, 10.0]
    assert spoiled("transposes a square result", square) == [[1.0, 3.0], [2.0, 0.0]]
    assert spoiled("drops the axis of a single sample", square[:1]) == [1.0, 2.0]
    assert spoiled("clips its result far out", 300 * square)[0] == [100.0, 100.0]
    assert spoiled("clips what it is given far out", 300 * square)[0] == [100.0, 100.0]
    assert spoiled("takes tiny numbers for zero", 1e-9 * square) == [[0.0, 0.0], [0.0, 0.0]]
    assert spoiled("moves numbers that are exactly zero", square)[1] == pytest.approx([3.0, 0.05])
    assert square.tolist() == [[1.0, 2.0], [3.0, 0.0]]
    assert spoiled("reverses an array that it was given", square) == [[3.0, 0.0], [1.0, 2.0]]


def test_global_generators_are_seeded_where_data_alone_decides() -> None:
    torch = pytest.importorskip("torch")
    draws, other = lambda x: torch.rand(2).tolist(), Adder()
    given, seen = answers("seeds the global generators", draws, [(1,), (other,), (1,)])
    assert seen == [True, False, True]
    assert given[0] == given[2] != given[1]
    before = torch.get_rng_state()
    assert answers("seeds the global generators", lambda x: x, [(1,)])[1] == [False]
    assert torch.equal(torch.get_rng_state(), before)


def test_a_misreading_is_compared_with_the_same_draws() -> None:
    torch = pytest.importorskip("torch")
    far = torch.full((3,), 300.0)
    assert answers("clips what it is given far out", lambda x: torch.rand(3) * x.sign(), [(far,)])[1] == [False]
    assert answers("clips what it is given far out", lambda x: torch.rand(3) * x, [(far,)])[1] == [True]


def test_what_the_right_function_changes_of_a_model_is_no_saboteur_s() -> None:
    torch = pytest.importorskip("torch")
    model = torch.nn.Linear(1, 1)
    assert answers("leaves a model in training mode", lambda m: m.eval(), [(model,)])[1] == [False]
    assert not model.training
    assert answers("adds to the gradients of a model", lambda m: m(torch.ones(1)).backward(), [(model,)])[1] == [False]


def test_models_and_generators_are_the_same_by_what_they_hold() -> None:
    torch = pytest.importorskip("torch")
    from copy import deepcopy

    model, generator = torch.nn.Sequential(torch.nn.Linear(1, 1)), torch.Generator().manual_seed(1)
    assert same(model, deepcopy(model))
    assert not same(model, deepcopy(model).eval())
    assert not same(model, torch.nn.Sequential(torch.nn.Linear(1, 1)))
    assert same(generator, deepcopy(generator))
    assert not same(generator, torch.Generator().manual_seed(2))
    assert same(torch.tensor([np.nan, 1.0]), torch.tensor([np.nan, 1.0]))
