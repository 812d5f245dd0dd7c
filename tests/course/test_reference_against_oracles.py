"""The reference against closed forms, Fourier transforms and finite differences."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.checks import Quadratic, assert_adjoint, numeric_gradient, numeric_jacobian, quadratic, spread

Load = Callable[[str], ModuleType]
Descend = Callable[..., np.ndarray]

SIZES = (1, 2, 3, 8)
SEEDS = range(5)


@pytest.fixture(scope="module")
def optimizers(reference: Load) -> ModuleType:
    return reference("optimizers")


@pytest.fixture(scope="module")
def correlation(reference: Load) -> ModuleType:
    return reference("correlation")


@pytest.fixture(scope="module")
def descend(optimizers: ModuleType) -> Descend:
    """The path of twenty steps: of an optimizer, with a gradient, from a start."""
    return lambda *given: optimizers.descend(*given, 20)


def powers_from_rest(problem: Quadratic, once: np.ndarray) -> np.ndarray:
    """The path of a rule that is linear in (p - minimum, v), by powers of its matrix."""
    rest = np.concatenate([problem.origin - problem.minimum, np.zeros(len(problem.start))])
    states = np.stack([np.linalg.matrix_power(once, t) @ rest for t in range(21)])
    return np.asarray(states[:, : len(problem.start)] + problem.minimum)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bowl_has_the_gradient_that_differences_give(optimizers: ModuleType, seed: int) -> None:
    point = spread(2, seed)
    assert_allclose(optimizers.bowl_gradient(point), numeric_gradient(optimizers.bowl, point), rtol=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_sgd_follows_the_powers_of_its_matrix(optimizers: ModuleType, descend: Descend, seed: int) -> None:
    problem, rate = quadratic(3, seed), 0.05
    identity, zero = np.eye(3), np.zeros((3, 3))
    once = np.block([[identity - rate * problem.matrix, zero], [zero, zero]])
    path = descend(optimizers.SGD(rate), problem, problem.origin)
    assert_allclose(path, powers_from_rest(problem, once), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_momentum_follows_the_powers_of_its_matrix(optimizers: ModuleType, descend: Descend, seed: int) -> None:
    problem, rate, beta = quadratic(3, seed), 0.05, 0.9
    hessian, identity = problem.matrix, np.eye(3)
    once = np.block([[identity - rate * hessian, -rate * beta * identity], [hessian, beta * identity]])
    path = descend(optimizers.Momentum(rate, beta), problem, problem.origin)
    assert_allclose(path, powers_from_rest(problem, once), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_nesterov_follows_the_powers_of_its_matrix(optimizers: ModuleType, descend: Descend, seed: int) -> None:
    problem, rate, beta = quadratic(3, seed), 0.05, 0.9
    hessian, identity = problem.matrix, np.eye(3)
    kept = beta * (identity - rate * hessian)  # what the look-ahead leaves of v, beside the gradient at p
    once = np.block([[identity - rate * hessian, -rate * kept], [hessian, kept]])
    path = descend(optimizers.Nesterov(rate, beta), problem, problem.origin)
    assert_allclose(path, powers_from_rest(problem, once), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("slope", [-3.0, 0.5])
def test_adagrad_takes_steps_that_shrink_with_the_root_of_time(
    optimizers: ModuleType, descend: Descend, slope: float
) -> None:
    path = descend(optimizers.AdaGrad(0.1, 1e-12), lambda point: np.array([slope]), np.zeros(1))
    assert_allclose(np.diff(path[:, 0]), -np.sign(slope) * 0.1 / np.sqrt(np.arange(1, 21)), rtol=1e-9)


@pytest.mark.parametrize("slope", [-3.0, 0.5])
def test_rmsprop_takes_steps_that_settle_as_its_average_does(
    optimizers: ModuleType, descend: Descend, slope: float
) -> None:
    path = descend(optimizers.RMSProp(0.1, 0.9, 1e-12), lambda point: np.array([slope]), np.zeros(1))
    assert_allclose(np.diff(path[:, 0]), -np.sign(slope) * 0.1 / np.sqrt(1 - 0.9 ** np.arange(1, 21)), rtol=1e-9)


@pytest.mark.parametrize("rule", [("AdaGrad", 0.1), ("RMSProp", 0.1, 0.9)])
def test_a_power_of_two_times_the_function_and_epsilon_changes_no_bit(
    optimizers: ModuleType, descend: Descend, rule: tuple[Any, ...]
) -> None:
    problem = quadratic(3, 7)
    make = partial(getattr(optimizers, rule[0]), *rule[1:])
    path = descend(make(epsilon=1e-3), problem, problem.origin)
    assert np.array_equal(descend(make(epsilon=8e-3), problem.scaled(8.0), problem.origin), path)


@pytest.mark.parametrize("n", SIZES)
def test_correlation_is_the_conjugate_product_of_spectra(correlation: ModuleType, n: int) -> None:
    x, y = spread((2, n), seed=n)
    z = np.fft.ifft(np.conj(np.fft.fft(x)) * np.fft.fft(y)).real
    assert_allclose(correlation.circular_correlation(x, y), z, atol=1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_jacobians_are_those_that_differences_give(correlation: ModuleType, n: int) -> None:
    x, y = spread((2, n), seed=n)
    by_x = numeric_jacobian(lambda signal: correlation.circular_correlation(signal, y), x, step=1.0)
    by_y = numeric_jacobian(lambda signal: correlation.circular_correlation(x, signal), y, step=1.0)
    assert_allclose(correlation.jacobian_x(x, y), by_x, atol=1e-12)
    assert_allclose(correlation.jacobian_y(x, y), by_y, atol=1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_coefficients_are_the_entries_of_the_jacobians(correlation: ModuleType, n: int) -> None:
    x, y = spread((2, n), seed=n)
    for k, i in np.ndindex(n, n):
        assert correlation.dz_dx(x, y, k, i) == correlation.jacobian_x(x, y)[k, i]
        assert correlation.dz_dy(x, y, k, i) == correlation.jacobian_y(x, y)[k, i]


@pytest.mark.parametrize("n", SIZES)
def test_products_pass_the_dot_product_test(correlation: ModuleType, n: int) -> None:
    x, y, u, v = spread((4, n), seed=n)
    x_bar, y_bar = correlation.vjp(x, y, v)
    by_x, by_y = correlation.circular_correlation(u, y), correlation.circular_correlation(x, u)
    assert_adjoint(forward=by_x, v=v, u=u, backward=x_bar, what="x_bar")
    assert_adjoint(forward=by_y, v=v, u=u, backward=y_bar, what="y_bar")
