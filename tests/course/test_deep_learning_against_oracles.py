"""The reference of the questions on depth, initialisation and sizes against NumPy's windows and differences."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from types import ModuleType

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from numpy.testing import assert_allclose

from grader.checks import numeric_gradient, spread

Load = Callable[[str], ModuleType]
SIDES = [(3, 5), (5, 4), (8, 9)]


def windows(image: tuple[int, int], window: tuple[int, int], stride: int, padding: int) -> tuple[int, ...]:
    cut = sliding_window_view(np.pad(np.zeros(image), padding), window)
    return cut[::stride, ::stride].shape[:2]


def test_a_convolution_has_as_many_outputs_as_there_are_windows(reference: Load) -> None:
    size = reference("output_sizes").convolution_size
    for image, kernel, stride, padding in product(SIDES, [(1, 1), (3, 2), (2, 4), (3, 4)], range(1, 6), range(4)):
        assert size(image, kernel, stride, padding) == windows(image, kernel, stride, padding)


def test_a_pool_has_as_many_outputs_as_there_are_windows(reference: Load) -> None:
    size = reference("output_sizes").pooling_size
    for image, window, stride in product(SIDES, (1, 2, 3), range(1, 7)):
        assert size(image, window, stride) == windows(image, (window, window), stride, 0)


def test_a_dense_layer_and_its_kernels_agree_with_a_transform(reference: Load) -> None:
    dense = reference("dense_as_convolution")
    image, weights, bias = spread((2, 6, 7), seed=1), spread((3, 24), seed=2), spread(3, seed=3)
    kernels = dense.dense_kernels(weights, 2, 3, 4)
    # A correlation is a product with the conjugate spectrum; what wraps around is cut off.
    spectra = np.fft.fft2(image)[None] * np.fft.fft2(kernels, s=(6, 7)).conj()
    expected = np.fft.ifft2(spectra).real.sum(axis=1)[:, :4, :4] + bias[:, None, None]
    assert_allclose(dense.dense_everywhere(image, weights, bias, 3, 4), expected, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_six_derivatives_are_those_of_the_loss(reference: Load, seed: int) -> None:
    names = ["w1_11", "w1_12", "w1_21", "w1_22", "w2_11", "w2_12"]
    x, targets, at = spread((4, 2), seed), np.array([0.0, 1.0, 1.0, 0.0]), spread(6, seed + 1)

    def loss(w: np.ndarray) -> float:
        total = 0.0
        for (a, b), t in zip(x, targets, strict=True):
            z = w[4] * np.tanh(w[0] * a + w[1] * b) + w[5] * np.tanh(w[2] * a + w[3] * b)
            total += (0.5 + 0.5 * np.tanh(z / 2) - t) ** 2
        return total / len(x)

    got = reference("six_weights").gradients(x, targets, dict(zip(names, at, strict=True)))
    assert_allclose([got[name] for name in names], numeric_gradient(loss, at), atol=1e-9)


def test_norms_grow_and_shrink_as_products_of_known_factors(reference: Load) -> None:
    norms = reference("gradient_norms").gradient_norms
    turned = np.linalg.qr(spread((3, 3), seed=1))[0]
    # An even sigmoid layer, all of whose entries are 1/2, has the derivative 1/4 everywhere; turning keeps lengths.
    even = [4 * (turned - turned @ np.full((3, 3), 1 / 3)) for _ in range(5)]
    assert_allclose(norms(even, np.ones(3), "sigmoid")[-1], np.sqrt(3) / 4 * np.sqrt(0.75))
    assert_allclose(norms([2 * np.eye(3)] * 6, np.ones(3), "relu"), np.full(6, 3 * 2.0**5))


def test_random_starts_learn_exclusive_or_and_equal_ones_do_not_part(reference: Load) -> None:
    module = reference("initialisation")
    last = [module.experiment(seed)["random"][-1] for seed in range(20)]
    assert max(last) < 0.05
    start = module.initial_parameters("one", 8, 0)
    parameters, record = module.trained(start, *module.XOR, 4.0, 200)
    assert np.ptp(parameters["w1"], axis=0).max() < 1e-9
    assert record.min() > 1 / 6


def test_equal_units_learn_what_one_unit_can_and_zero_ones_move_only_the_last_bias(reference: Load) -> None:
    module = reference("initialisation")
    x, targets = module.XOR[0], np.array([0.0, 0.0, 0.0, 1.0])
    _, record = module.trained(module.initial_parameters("one", 8, 0), x, targets, 1.0, 1000)
    assert record[-1] < 0.01
    # tanh(0) = 0 shuts the way to w2, and w2 = 0 the way back to w1: what is left is the targets' variance.
    parameters, record = module.trained(module.initial_parameters("zero", 8, 0), x, targets, 1.0, 1000)
    assert not parameters["w1"].any()
    assert_allclose(record[-1], targets.var())
