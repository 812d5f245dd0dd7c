"""Hidden checks of training: trajectories from given parameters and batches, on a small network of two layers.

The gradient is the check's own, so that no mistake in a layer counts here. Every parameter's gradient depends on all
parameters, batches are of unlike sizes, and the last one is short.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import LONG, assert_close, criterion, fail, in_company, numbers, spread, told_apart, with_gaps
from grader.core.text import counted

# Two of one shape: what is remembered by shape is shared. The names are no other network's.
SHAPES = {"scale": (2, 3), "shift": (2,), "mixing": (2, 2), "rest": (2,)}
seeds = st.integers(0, 2**32 - 1)
rates = st.sampled_from((0.02, 0.05))

Parameters = Mapping[str, np.ndarray]


def start(seed: int) -> dict[str, np.ndarray]:
    return {name: spread(shape, seed + number, 0.3, 0.9) for number, (name, shape) in enumerate(SHAPES.items())}


def batches(seed: int, sizes: tuple[int, ...] = (3, 3, 2)) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(spread((n, 3), seed + 10 + k), spread((n, 2), seed + 20 + k)) for k, n in enumerate(sizes)]


def network_gradient(parameters: object, x: object, y: object) -> dict[str, np.ndarray]:
    """The gradient of the squared error, mean over the batch, of (x W1ᵀ + b1) W2ᵀ + b2."""
    asked = named(parameters, "the parameters at which the gradient was asked")
    inputs, targets = numbers(x, what="x of a batch"), numbers(y, what="y of a batch")
    hidden = inputs @ asked["scale"].T + asked["shift"]
    off = (hidden @ asked["mixing"].T + asked["rest"] - targets) / len(inputs)
    back = off @ asked["mixing"]
    # Not in the parameters' order: they belong together by their names.
    return {"rest": off.sum(axis=0), "mixing": off.T @ hidden, "shift": back.sum(axis=0), "scale": back.T @ inputs}


def named(got: object, what: str) -> dict[str, np.ndarray]:
    """Return a dict of parameters as arrays, if it has their names and shapes."""
    if not isinstance(got, dict) or got.keys() != SHAPES.keys():
        fail(f"{what}: not a dict of the parameters' names", f"expected {list(SHAPES)}, got {got!r:.300}")
    arrays = {name: numbers(value, what=f"{what}: {name}") for name, value in got.items()}
    for name, array in arrays.items():
        if array.shape != SHAPES[name] or not np.isfinite(array).all():
            fail(f"{what}: a parameter has the wrong shape or is not finite", f"{name}: {array!r:.300}")
    return arrays


def flat(parameters: Parameters) -> np.ndarray:
    return np.concatenate([np.ravel(parameters[name]) for name in SHAPES])


def after(answer: object, function: str) -> tuple[np.ndarray, Any]:
    """The parameters after an epoch with a memory, in one array, and the memory."""
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        fail(f"{function} does not return a pair (parameters, memory)", f"got: {answer!r:.300}")
    return flat(named(answer[0], "the parameters after the epoch")), answer[1]


Rule = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def followed(rule: Rule, seed: int, epoch: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Where a rule (gradient, memory) -> (step, memory) leads to in an epoch."""
    point, memory = flat(start(seed)), np.zeros(sum(int(np.prod(shape)) for shape in SHAPES.values()))
    for x, y in epoch:
        step, memory = rule(flat(network_gradient(unflat(point), x, y)), memory)
        point = point + step
    return point


def unflat(point: np.ndarray) -> dict[str, np.ndarray]:
    ends = np.cumsum([int(np.prod(shape)) for shape in SHAPES.values()])[:-1]
    return {name: part.reshape(SHAPES[name]) for name, part in zip(SHAPES, np.split(point, ends), strict=True)}


def momentum(rate: float, alpha: float) -> Rule:
    def rule(slope: np.ndarray, velocity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        velocity = alpha * velocity - rate * slope
        return velocity, velocity

    return rule


def rmsprop(rate: float, rho: float, epsilon: float) -> Rule:
    def rule(slope: np.ndarray, average: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        average = rho * average + (1 - rho) * slope**2
        return -rate * slope / (np.sqrt(average) + epsilon), average

    return rule


# Mini-batches


@criterion("training.sgd.batches")
@given(samples=st.integers(1, 9), size=st.integers(1, 4), seed=seeds)
@example(samples=7, size=3, seed=1)
@example(samples=6, size=3, seed=2)
@example(samples=131, size=1, seed=3)
@example(samples=331, size=150, seed=4)
@settings(max_examples=5)
def test_batches_hold_every_sample_once_in_the_order_given(submission, samples, size, seed):
    """Return batches of the given size, in the given order, and a short one for the rest.

    Catches: the last batch dropped or filled up, x and y shuffled apart, the order left out or turned round, a
    hundred batches or samples of one at most.
    """
    x, y = spread((samples, 1, 2, 3), seed), spread((samples, 4), seed + 1)
    order = np.random.default_rng(seed).permutation(samples)
    others = [x + 1, y - 1, order[::-1], size]
    got = in_company(submission.mini_batches, [with_gaps(x), y, with_gaps(order), size], others)
    starts = range(0, samples, size)
    if not isinstance(got, list | tuple) or len(got) != len(starts):
        fail("mini_batches does not return a list of as many batches as there must be", f"got: {got!r:.400}")
    for begin, batch in zip(starts, got, strict=True):
        if not isinstance(batch, list | tuple) or len(batch) != 2:
            fail("a batch is not a pair (x, y)", f"got: {batch!r:.300}")
        part = order[begin : begin + size]
        assert_close(batch[0], x[part], what="x of a batch")
        assert_close(batch[1], y[part], what="y of a batch")


@criterion("training.sgd.batches")
def test_batches_at_the_edges_of_what_they_may_be_asked(submission):
    """Return batches of single samples and of all, of hundreds of samples, and of samples that are one number each.

    Catches: an axis of one entry that is squeezed away, places of eight bits, zeros taken for what is missing.
    """
    for samples, size in ((1, 1), (1, 5), (5, 1), (4, 4), (LONG, 64), (LONG, 2 * LONG)):
        for x, y in ((spread((samples, 1), 3), np.zeros((samples, 1))), (np.ones((samples, 2)), spread(samples, 4))):
            order = np.roll(np.arange(samples)[::-1], 2)
            got = submission.mini_batches(x, y, order, size)
            parts = [order[begin : begin + size] for begin in range(0, samples, size)]
            if not isinstance(got, list | tuple) or len(got) != len(parts):
                fail("mini_batches does not return a list of as many batches as there must be", f"got: {got!r:.400}")
            for batch, part in zip(got, parts, strict=True):
                if not isinstance(batch, list | tuple) or len(batch) != 2:
                    fail("a batch is not a pair (x, y)", f"got: {batch!r:.300}")
                for name, values, right in zip("xy", batch, (x[part], y[part]), strict=True):
                    assert_close(values, right, what=f"{name} of a batch of {samples} samples, {size} each")


# Plain descent


@criterion("training.sgd.step")
@given(seed=seeds, rate=rates)
@settings(max_examples=3)
def test_one_batch_makes_one_step_against_the_gradient(submission, seed, rate):
    """Return p − η g after an epoch of one batch, for every parameter.

    Catches: the wrong sign, parameters left out, the gradient averaged once more.
    """
    epoch = batches(seed, sizes=(4,))
    got = flat(named(submission.sgd_epoch(start(seed), network_gradient, epoch, rate), "the parameters"))
    assert_close(got, followed(momentum(rate, 0.0), seed, epoch), what="the parameters after one batch")


@criterion("training.sgd.epoch")
@given(seed=seeds, rate=rates)
@settings(max_examples=3)
def test_an_epoch_goes_on_from_batch_to_batch(submission, seed, rate):
    """Make one step for each batch, the short one included, each from where the last one ended.

    Catches: gradients at the first parameters, batches left out, one parameter updated after the other.
    """
    epoch = batches(seed)
    others = [start(seed + 1), network_gradient, batches(seed + 1), rate]
    answer = in_company(submission.sgd_epoch, [start(seed), network_gradient, epoch, rate], others)
    got = flat(named(answer, "the parameters"))
    assert_close(got, followed(momentum(rate, 0.0), seed, epoch), what="the parameters after the epoch")


@criterion("training.sgd.epoch")
def test_an_epoch_may_have_many_batches(submission):
    """Make a step for each of 130 batches, also along gradients of hundreds.

    Catches: a hundred batches at most, gradients that are clipped.
    """
    epoch = [(60 * x, y) for x, y in batches(7, sizes=(2,) * 129 + (1,))]
    got = flat(named(submission.sgd_epoch(start(7), network_gradient, epoch, 1e-5), "the parameters"))
    assert_close(got, followed(momentum(1e-5, 0.0), 7, epoch), what="the parameters after the epoch")


# Rules with a memory


@criterion("training.momentum.step")
@given(seed=seeds, rate=rates)
@settings(max_examples=3)
def test_momentum_from_rest_steps_like_plain_descent(submission, seed, rate):
    """Return p − η g after the first batch of training.

    Catches: the wrong sign, a first step that is damped, a look ahead.
    """
    epoch = batches(seed, sizes=(4,))
    got, _ = after(submission.momentum_epoch(start(seed), None, network_gradient, epoch, rate, 0.75), "momentum_epoch")
    assert_close(got, followed(momentum(rate, 0.75), seed, epoch), what="the parameters after one batch")


@criterion("training.momentum.epoch")
@given(seed=seeds, rate=rates, alpha=st.sampled_from((0.5, 0.9)))
@example(seed=1, rate=0.05, alpha=0.0)
@example(seed=2, rate=0.05, alpha=1.0)
@settings(max_examples=3)
def test_momentum_follows_the_recurrence(submission, seed, rate, alpha):
    """Return the parameters after an epoch of several batches.

    Catches: a velocity that is not remembered or not damped, α and 1 − α exchanged, Nesterov's rule, an α of 0 or 1
    taken for another, velocities that parameters of one shape share, a memory that is lost after some
    batches.
    """
    epoch = batches(seed, sizes=(3,) * 24 + (2,))
    got, _ = after(submission.momentum_epoch(start(seed), None, network_gradient, epoch, rate, alpha), "momentum_epoch")
    assert_close(got, followed(momentum(rate, alpha), seed, epoch), what="the parameters after the epoch")


@criterion("training.rmsprop.step")
@given(seed=seeds, rate=rates, rho=st.sampled_from((0.6, 0.9)), epsilon=st.sampled_from((0.05, 0.2)))
@settings(max_examples=3)
def test_rmsprops_first_step_divides_by_the_root_of_the_average(submission, seed, rate, rho, epsilon):
    """Return p − η g / (√((1 − ρ) g²) + ε) after the first batch of training.

    Catches: 1 − ρ left out, no root, ε inside the root or absent, a corrected average, one rate for all.
    """
    epoch, settings = batches(seed, sizes=(4,)), (rate, rho, epsilon)
    got, _ = after(submission.rmsprop_epoch(start(seed), None, network_gradient, epoch, *settings), "rmsprop_epoch")
    more = batches(seed, sizes=(4, 3))
    with told_apart(submission, lambda: submission.rmsprop_epoch(start(seed), None, network_gradient, more, *settings)):
        assert_close(got, followed(rmsprop(*settings), seed, epoch), what="the parameters after one batch")


@criterion("training.rmsprop.epoch")
@given(seed=seeds, rate=rates, rho=st.sampled_from((0.6, 0.9)), epsilon=st.sampled_from((0.05, 0.2)))
@example(seed=1, rate=0.05, rho=0.0, epsilon=0.2)
@example(seed=2, rate=0.05, rho=1.0, epsilon=0.2)
@settings(max_examples=3)
def test_rmsprop_follows_the_recurrence(submission, seed, rate, rho, epsilon):
    """Return the parameters after an epoch of several batches, for every ρ from 0 to 1.

    Catches: a ρ of 0 or 1 taken for another, averages that parameters of one shape share, a sum for an average,
    squares that are not remembered, or only the latest, ρ and 1 − ρ exchanged, gradients taken by their places.
    """
    epoch = batches(seed, sizes=(3,) * 48 + (2,))
    answer = submission.rmsprop_epoch(start(seed), None, network_gradient, epoch, rate, rho, epsilon)
    got, _ = after(answer, "rmsprop_epoch")
    assert_close(got, followed(rmsprop(rate, rho, epsilon), seed, epoch), what="the parameters after the epoch")


def remembers(epoch: Callable, function: str, seed: int, *settings: float) -> None:
    """Fail unless each of four epochs ends where the submission's own single one of all batches until there does.

    And not where it would end without what it was given to remember, or nothing at all would do. Beside it another
    training goes on, from other parameters.
    """
    gone, (point, memory), (beside, other) = [], (start(seed), None), (start(seed + 1), None)
    for number in range(4):
        part = batches(seed + 5 * number, sizes=(3, 2))
        gone += part
        afresh, _ = after(epoch(point, None, network_gradient, part, *settings), function)
        got, memory = after(epoch(point, memory, network_gradient, part, *settings), function)
        elsewhere, other = after(epoch(beside, other, network_gradient, part, *settings), function)
        at_once, _ = after(epoch(start(seed), None, network_gradient, gone, *settings), function)
        if number and np.allclose(at_once, afresh, rtol=0, atol=1e-4):
            fail("training goes on after an epoch as if nothing were remembered")
        assert_close(got, at_once, what=f"the parameters after {counted(number + 1, 'epoch')}")
        point, beside = unflat(got), unflat(elsewhere)


@criterion("training.momentum.memory")
@given(seed=seeds)
@settings(max_examples=2)
def test_momentum_remembers_from_epoch_to_epoch(submission, seed):
    """Come to the same parameters whether the batches make up one epoch or four, while other training goes on.

    Catches: a velocity that starts from 0 in each epoch or in some, is not returned, or is shared by two trainings.
    """
    remembers(submission.momentum_epoch, "momentum_epoch", seed, 0.05, 0.9)


@criterion("training.rmsprop.memory")
@given(seed=seeds)
@settings(max_examples=2)
def test_rmsprop_remembers_from_epoch_to_epoch(submission, seed):
    """Come to the same parameters whether the batches make up one epoch or four, while other training goes on.

    Catches: an average that starts from 0 in each epoch or in some, is not returned, or is shared by two trainings.
    """
    remembers(submission.rmsprop_epoch, "rmsprop_epoch", seed, 0.05, 0.9, 0.1)


# At the edges of what may be asked

EDGES = {
    "one": np.array([0.5]), "row": spread((1, 3), 1), "column": spread((3, 1), 2), "many": spread(LONG, 3),
    "zeros": np.zeros((2, 2)), "equal": np.full((2, 2), 1.5), "large": 4000 * spread((2, 2), 4),
    "small": 1e-3 * spread((2, 2), 5),
}  # fmt: skip


def pulled(parameters: object, x: object, y: object) -> dict[str, np.ndarray]:
    """A gradient that pulls each parameter back by its size and a little more, as the batch says."""
    if not isinstance(parameters, dict) or parameters.keys() != EDGES.keys():
        fail("the gradient was asked at something that is not a dict of the parameters", f"got: {parameters!r:.300}")
    pull, more = (float(numbers(part, what="a batch").mean()) for part in (x, y))
    return {name: pull * numbers(value, what=name) + more for name, value in parameters.items()}


def assert_at_edges(epoch: Callable[[dict[str, np.ndarray], list], object], rule: Rule) -> None:
    """Compare an epoch of a batch without slope, one of a single sample and one of many; for each parameter alone.

    A batch without slope comes twice: before there is anything to remember, and after.
    """
    flat_, single = (np.zeros((2, 1)), np.zeros((2, 1))), (np.ones((1, 1)), np.ones((1, 1)))
    parts = [flat_, single, flat_, (spread((LONG, 1), 6), spread((LONG, 1), 7))]
    got = epoch({name: value.copy() for name, value in EDGES.items()}, parts)
    if not isinstance(got, dict) or got.keys() != EDGES.keys():
        fail("the parameters after the epoch are not a dict of their names", f"got: {got!r:.300}")
    for name, start_ in EDGES.items():
        point, memory = start_, np.zeros_like(start_)
        for x, y in parts:
            step, memory = rule(point * x.mean() + y.mean(), memory)
            point = point + step
        assert_close(got[name], point, what=f"the parameter {name!r} after the epoch")


@criterion("training.sgd.epoch")
def test_an_epoch_at_the_edges_of_what_it_may_be_asked(submission):
    """Update parameters of one entry and of many, zeros, equal, large and small ones, also where there is no slope.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip, an early end.
    """
    assert_at_edges(lambda start_, parts: submission.sgd_epoch(start_, pulled, parts, 0.1), momentum(0.1, 0.0))


@criterion("training.momentum.epoch")
def test_momentum_at_the_edges_of_what_it_may_be_asked(submission):
    """Update parameters of one entry and of many, zeros, equal, large and small ones, also where there is no slope.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip, an early end.
    """

    def epoch(start_: dict[str, np.ndarray], parts: list) -> object:
        return first(submission.momentum_epoch(start_, None, pulled, parts, 0.1, 0.75), "momentum_epoch")

    assert_at_edges(epoch, momentum(0.1, 0.75))


@criterion("training.rmsprop.epoch")
def test_rmsprop_at_the_edges_of_what_it_may_be_asked(submission):
    """Update parameters of one entry and of many, zeros, equal, large and small ones, also where there is no slope.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip, an early end.
    """

    def epoch(start_: dict[str, np.ndarray], parts: list) -> object:
        return first(submission.rmsprop_epoch(start_, None, pulled, parts, 0.1, 0.9, 0.1), "rmsprop_epoch")

    assert_at_edges(epoch, rmsprop(0.1, 0.9, 0.1))


def first(answer: object, function: str) -> object:
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        fail(f"{function} does not return a pair (parameters, memory)", f"got: {answer!r:.300}")
    return answer[0]
