"""The reference network against differences, its training against the update rules of single optimizers."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.checks import spread

Load = Callable[[str], ModuleType]

Arrays = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def layers(reference: Load) -> ModuleType:
    return reference("layers")


@pytest.fixture(scope="module")
def network(reference: Load) -> ModuleType:
    return reference("network")


@pytest.fixture(scope="module")
def training(reference: Load) -> ModuleType:
    return reference("training")


@pytest.fixture(scope="module")
def optimizers(reference: Load) -> ModuleType:
    return reference("optimizers")


@pytest.fixture(scope="module")
def of_network(hidden: Load) -> ModuleType:
    return hidden("test_network")


START: Arrays = {"w": spread((2, 3), seed=1), "b": spread(2, seed=2)}
BATCHES = [(spread((n, 3), seed=n), spread((n, 2), seed=n + 9)) for n in (4, 5, 6, 3)]


def least_squares(parameters: Arrays, x: np.ndarray, y: np.ndarray) -> Arrays:
    off = (x @ parameters["w"].T + parameters["b"] - y) / len(x)
    return {"w": off.T @ x, "b": off.sum(axis=0)}


def by_an_optimizer(optimizer: Any) -> np.ndarray:
    """Where an optimizer of the other assignment leads to, with all parameters in one vector."""
    point = np.append(START["w"], START["b"])
    for x, y in BATCHES:

        def gradient(at: np.ndarray, x: np.ndarray = x, y: np.ndarray = y) -> np.ndarray:
            slopes = least_squares({"w": at[:6].reshape(2, 3), "b": at[6:]}, x, y)
            return np.append(slopes["w"], slopes["b"])

        point = optimizer.step(point, gradient)
    return point


def in_one(parameters: Arrays) -> np.ndarray:
    return np.append(parameters["w"], parameters["b"])


def test_an_epoch_of_descent_takes_the_steps_of_sgd(training: ModuleType, optimizers: ModuleType) -> None:
    ended = training.sgd_epoch(START, least_squares, BATCHES, 0.05)
    assert_allclose(in_one(ended), by_an_optimizer(optimizers.SGD(0.05)), rtol=1e-12)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_epochs_with_a_memory_take_the_steps_of_an_optimizer(
    training: ModuleType, optimizers: ModuleType, cut: int
) -> None:
    for epoch, settings, optimizer in (
        (training.momentum_epoch, (0.05, 0.9), optimizers.Momentum(0.05, 0.9)),
        (training.rmsprop_epoch, (0.05, 0.9, 1e-3), optimizers.RMSProp(0.05, 0.9, 1e-3)),
    ):
        middle, memory = epoch(START, None, least_squares, BATCHES[:cut], *settings)
        ended, _ = epoch(middle, memory, least_squares, BATCHES[cut:], *settings)
        assert_allclose(in_one(ended), by_an_optimizer(optimizer), rtol=1e-12)


@pytest.mark.parametrize("size", [1, 3, 7, 10])
def test_mini_batches_hold_every_sample_once_with_its_label(training: ModuleType, size: int) -> None:
    x = spread((7, 2), seed=3)
    batches = training.mini_batches(x, -x, np.random.default_rng(1).permutation(7), size)
    assert [len(part) for part, _ in batches] == [size] * (7 // size) + [7 % size] * (7 % size > 0)
    assert all(np.array_equal(part, -labels) for part, labels in batches)
    assert sorted(np.concatenate([part for part, _ in batches]).tolist()) == sorted(x.tolist())


def test_the_network_has_as_many_parameters_as_the_assignment_says(layers: ModuleType, network: ModuleType) -> None:
    parameters = network.initial_parameters(1)
    assert sum(array.size for array in parameters.values()) == 10_661
    logits = network.network_logits(parameters, spread((20, 1, 28, 28), seed=4), vars(layers))
    assert 0.1 < logits.std() < 10


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_of_the_network_is_the_slope_of_its_loss(
    layers: ModuleType, network: ModuleType, of_network: ModuleType, seed: int
) -> None:
    p, x, one_hot = of_network.parameters(seed), of_network.images(seed, 2), of_network.labels(seed, 2)

    def loss(parameters: Arrays) -> float:
        logits = network.network_logits(parameters, x, vars(layers))
        return float(layers.softmax_cross_entropy(logits, one_hot))

    gradient = network.network_gradient(p, x, one_hot, vars(layers))
    for name, slopes in gradient.items():
        u = 1e-7 * spread(p[name].shape, seed + 5)
        slope = (loss(p | {name: p[name] + u}) - loss(p | {name: p[name] - u})) / 2
        assert_allclose(np.vdot(slopes, u), slope, rtol=1e-4, atol=1e-12)
