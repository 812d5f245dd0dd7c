"""The reference activations against decimal arithmetic of fifty digits and against differences."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.checks import assert_stages, decomposition, numeric_gradient

Load = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def activations(reference: Load) -> ModuleType:
    return reference("activations")


NAMES = ("sigmoid", "tanh", "relu")
POINTS = np.array([-1000.0, -350.0, -40.0, -20.0, -3.0, -0.5, -1e-9, 1e-9, 0.25, 2.0, 19.0, 40.0, 350.0, 1000.0])
NEAR = np.array([[-20.0, -7.5, -1.0], [0.3, 2.0, 20.0]])


def _sigmoid(z: Decimal) -> Decimal:
    return 1 / (1 + (-z).exp())


def _tanh(z: Decimal) -> Decimal:
    return (z.exp() - (-z).exp()) / (z.exp() + (-z).exp())


EXACT: dict[str, tuple[Callable[[Decimal], Decimal], Callable[[Decimal], Decimal]]] = {
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * _sigmoid(-z)),
    "tanh": (_tanh, lambda z: 4 / (z.exp() + (-z).exp()) ** 2),
    "relu": (lambda z: max(z, Decimal()), lambda z: Decimal(z > 0)),
}


def exactly(formula: Callable[[Decimal], Decimal], points: np.ndarray) -> np.ndarray:
    with localcontext(prec=50):
        return np.array([float(formula(Decimal(float(z)))) for z in points.flat]).reshape(points.shape)


@pytest.mark.parametrize("name", NAMES)
def test_values_and_derivatives_have_all_their_digits(activations: ModuleType, name: str) -> None:
    value, derivative = EXACT[name]
    assert_allclose(getattr(activations, name)(POINTS), exactly(value, POINTS), rtol=1e-14)
    assert_allclose(getattr(activations, f"{name}_derivative")(POINTS), exactly(derivative, POINTS), rtol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_derivatives_are_what_differences_give(activations: ModuleType, name: str) -> None:
    point = np.array([-3.0, -0.7, 0.4, 1.9])
    by_differences = numeric_gradient(lambda z: getattr(activations, name)(z).sum(), point)
    assert_allclose(getattr(activations, f"{name}_derivative")(point), by_differences, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_decompositions_come_to_the_function_and_their_chains_to_its_derivative(
    activations: ModuleType, name: str
) -> None:
    program = decomposition(getattr(activations, f"{name}_decomposition")())
    local = getattr(activations, f"{name}_local_derivatives")(NEAR)
    value, derivative = EXACT[name]
    assert_stages(program, local, z=NEAR)
    assert_allclose(program.value(z=NEAR), exactly(value, NEAR), rtol=1e-14)
    assert_allclose(program.gradient(local, z=NEAR)["z"], exactly(derivative, NEAR), rtol=1e-12, atol=1e-15)
