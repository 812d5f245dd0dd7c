"""The reference layers against spectra, differences and exact decimals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.checks import numeric_gradient, numeric_jacobian, spread

Load = Callable[[str], ModuleType]

# Images, channels, filters, height, width, kernel.
SIZES = [(2, 3, 4, 5, 6, 3), (1, 1, 1, 3, 4, 1), (2, 1, 2, 4, 3, 5), (1, 2, 3, 2, 1, 5), (3, 4, 2, 1, 7, 3)]


@pytest.fixture(scope="module")
def layers(reference: Load) -> ModuleType:
    return reference("layers")


def convolution(size: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    n, channels, filters, height, width, k = size
    x, w = spread((n, channels, height, width), seed=1), spread((filters, channels, k, k), seed=2)
    return x, w, spread(filters, seed=3), spread((n, filters, height, width), seed=4)


@pytest.mark.parametrize("size", SIZES)
def test_convolution_is_a_product_of_spectra(layers: ModuleType, size: tuple[int, ...]) -> None:
    x, w, b, _ = convolution(size)
    height, width, k = size[3:]
    room = (height + k - 1, width + k - 1)  # so much that nothing wraps around
    spectrum = np.einsum("nchw,fchw->nfhw", np.fft.fft2(x, room), np.conj(np.fft.fft2(w, room)))
    full = np.roll(np.fft.ifft2(spectrum).real, (k // 2, k // 2), axis=(2, 3))
    assert_allclose(layers.conv_forward(x, w, b), full[:, :, :height, :width] + b[:, None, None], atol=1e-12)


@pytest.mark.parametrize("size", SIZES)
def test_gradients_of_convolution_are_those_that_differences_give(layers: ModuleType, size: tuple[int, ...]) -> None:
    x, w, b, dy = convolution(size)
    dx, dw, db = layers.conv_backward(dy, x, w)
    # Linear in each argument, so that differences are exact for steps of size 1.
    for got, at, forward in (
        (dx, x, lambda images: layers.conv_forward(images, w, b)),
        (dw, w, lambda kernels: layers.conv_forward(x, kernels, b)),
        (db, b, lambda biases: layers.conv_forward(x, w, biases)),
    ):
        assert_allclose(got, np.tensordot(dy, numeric_jacobian(forward, at, step=1.0), axes=4), atol=1e-11)


@pytest.mark.parametrize("shape", [(2, 3, 4, 6), (1, 1, 2, 2), (1, 2, 5, 7), (2, 1, 3, 2)])
def test_pooling_keeps_sorted_windows_last_and_its_gradient_follows_differences(
    layers: ModuleType, shape: tuple[int, ...]
) -> None:
    x = spread(shape, seed=5)
    y = layers.pool_forward(x)
    for n, c, i, j in np.ndindex(y.shape):
        assert y[n, c, i, j] == sorted(x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].ravel())[-1]
    dy = spread(y.shape, seed=6)
    by_differences = numeric_gradient(lambda images: np.vdot(layers.pool_forward(images), dy), x)
    assert_allclose(layers.pool_backward(dy, x), by_differences, atol=1e-8)


def test_the_gradient_of_pooling_is_given_once_where_entries_are_equal(layers: ModuleType) -> None:
    x, dy = np.ones((2, 3, 5, 4)), spread((2, 3, 2, 2), seed=7)
    dx = layers.pool_backward(dy, x)
    assert_allclose(dx[:, :, :4].reshape(2, 3, 2, 2, 2, 2).sum(axis=(3, 5)), dy)
    assert not dx[:, :, 4].any()


def test_gradients_of_relu_flattening_and_linear_are_those_that_differences_give(layers: ModuleType) -> None:
    x, dy = spread((2, 3, 4, 5), seed=8), spread((2, 60), seed=9)

    def through(images: np.ndarray) -> np.ndarray:
        flat: np.ndarray = layers.flatten_forward(layers.relu_forward(images))
        return flat

    dx = layers.relu_backward(layers.flatten_backward(dy, x), x)
    assert_allclose(dx, numeric_gradient(lambda images: np.vdot(through(images), dy), x), atol=1e-8)
    flat, w, b, slopes = (spread(shape, seed=10) for shape in ((4, 5), (3, 5), (3,), (4, 3)))
    dx, dw, db = layers.linear_backward(slopes, flat, w)
    for got, at, forward in (
        (dx, flat, lambda vectors: layers.linear_forward(vectors, w, b)),
        (dw, w, lambda weights: layers.linear_forward(flat, weights, b)),
        (db, b, lambda biases: layers.linear_forward(flat, w, biases)),
    ):
        assert_allclose(got, np.tensordot(slopes, numeric_jacobian(forward, at, step=1.0), axes=2), atol=1e-12)


def exact_softmax(row: list[float]) -> list[Decimal]:
    powers = [Decimal(value).exp() for value in row]
    return [power / sum(powers) for power in powers]


@pytest.mark.parametrize("scale", [1.0, 30.0, 1e3, 1e4])
def test_softmax_loss_and_gradient_have_all_digits_whatever_the_logits_are(layers: ModuleType, scale: float) -> None:
    logits, one_hot = np.round(spread((4, 5), seed=11) / 2 * scale, 3), np.eye(5)[[0, 3, 1, 3]]
    with localcontext(prec=50, Emin=-(10**6), Emax=10**6):
        exact = [exact_softmax(row) for row in logits.tolist()]
        loss = float(-sum(row[label].ln() for row, label in zip(exact, (0, 3, 1, 3), strict=True)) / 4)
        probabilities = np.array([[float(p) for p in row] for row in exact])
    assert_allclose(layers.softmax(logits), probabilities, rtol=1e-12, atol=1e-300)
    assert_allclose(layers.softmax_cross_entropy(logits, one_hot), loss, rtol=1e-12)
    gradient = layers.softmax_cross_entropy_gradient(logits, one_hot)
    assert_allclose(gradient, (probabilities - one_hot) / 4, rtol=1e-12, atol=1e-15)
