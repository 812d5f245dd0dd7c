"""The reference layers against spectra, differences and exact decimals; and the checks against one wrong entry."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from decimal import Decimal, localcontext
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.checks import CheckFailed, numeric_gradient, numeric_jacobian, spread

ROOT = Path(__file__).parents[2]
# Images, channels, filters, height, width, kernel.
SIZES = [(2, 3, 4, 5, 6, 3), (1, 1, 1, 3, 4, 1), (2, 1, 2, 4, 3, 5), (1, 2, 3, 2, 1, 5), (3, 4, 2, 1, 7, 3)]


def module(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"under_test_{Path(path).stem}", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


layers = module("reference/layers.py")


def convolution(size: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    n, channels, filters, height, width, k = size
    x, w = spread((n, channels, height, width), seed=1), spread((filters, channels, k, k), seed=2)
    return x, w, spread(filters, seed=3), spread((n, filters, height, width), seed=4)


@pytest.mark.parametrize("size", SIZES)
def test_convolution_is_a_product_of_spectra(size: tuple[int, ...]) -> None:
    x, w, b, _ = convolution(size)
    height, width, k = size[3:]
    room = (height + k - 1, width + k - 1)  # so much that nothing wraps around
    spectrum = np.einsum("nchw,fchw->nfhw", np.fft.fft2(x, room), np.conj(np.fft.fft2(w, room)))
    full = np.roll(np.fft.ifft2(spectrum).real, (k // 2, k // 2), axis=(2, 3))
    assert_allclose(layers.conv_forward(x, w, b), full[:, :, :height, :width] + b[:, None, None], atol=1e-12)


@pytest.mark.parametrize("size", SIZES)
def test_gradients_of_convolution_are_those_that_differences_give(size: tuple[int, ...]) -> None:
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
def test_pooling_keeps_sorted_windows_last_and_its_gradient_follows_differences(shape: tuple[int, ...]) -> None:
    x = spread(shape, seed=5)
    y = layers.pool_forward(x)
    for n, c, i, j in np.ndindex(y.shape):
        assert y[n, c, i, j] == sorted(x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].ravel())[-1]
    dy = spread(y.shape, seed=6)
    by_differences = numeric_gradient(lambda images: np.vdot(layers.pool_forward(images), dy), x)
    assert_allclose(layers.pool_backward(dy, x), by_differences, atol=1e-8)


def test_the_gradient_of_pooling_is_given_once_where_entries_are_equal() -> None:
    x, dy = np.ones((2, 3, 5, 4)), spread((2, 3, 2, 2), seed=7)
    dx = layers.pool_backward(dy, x)
    assert_allclose(dx[:, :, :4].reshape(2, 3, 2, 2, 2, 2).sum(axis=(3, 5)), dy)
    assert not dx[:, :, 4].any()


def test_gradients_of_relu_flattening_and_linear_are_those_that_differences_give() -> None:
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
def test_softmax_loss_and_gradient_have_all_digits_whatever_the_logits_are(scale: float) -> None:
    logits, one_hot = np.round(spread((4, 5), seed=11) / 2 * scale, 3), np.eye(5)[[0, 3, 1, 3]]
    with localcontext(prec=50, Emin=-(10**6), Emax=10**6):
        exact = [exact_softmax(row) for row in logits.tolist()]
        loss = float(-sum(row[label].ln() for row, label in zip(exact, (0, 3, 1, 3), strict=True)) / 4)
        probabilities = np.array([[float(p) for p in row] for row in exact])
    assert_allclose(layers.softmax(logits), probabilities, rtol=1e-12, atol=1e-300)
    assert_allclose(layers.softmax_cross_entropy(logits, one_hot), loss, rtol=1e-12)
    gradient = layers.softmax_cross_entropy_gradient(logits, one_hot)
    assert_allclose(gradient, (probabilities - one_hot) / 4, rtol=1e-12, atol=1e-15)


# The checks themselves: each is run on the reference with one entry of its answer made wrong.

of_convolution = module("tests/hidden/test_layers_convolution.py")
of_pooling = module("tests/hidden/test_layers_pooling.py")
of_dense = module("tests/hidden/test_layers_dense.py")

Draw = Callable[[int], dict[str, Any]]


def convolutions(seed: int) -> dict[str, Any]:
    n, c, f, height, width, k = SIZES[seed % len(SIZES)]
    return {"problem": of_convolution.Convolution(n, c, f, height, width, k, seed)}


def images(seed: int) -> dict[str, Any]:
    return {"x": spread((1 + seed % 2, 1 + seed % 3, 2 + seed % 5, 2 + seed % 4), seed), "seed": seed + 1}


def rows(seed: int) -> dict[str, Any]:
    return {"problem": of_dense.layer(1 + seed % 3, 1 + seed % 5, 1 + seed % 4, seed)}


def batches(seed: int) -> dict[str, Any]:
    return {"data": of_dense.batch(1 + seed % 4, 2 + seed % 5, seed)}


# Suite, check, function, which of its gradients, problem.
GRADIENT_CHECKS: list[tuple[ModuleType, str, str, int | None, Draw]] = [
    (of_convolution, "test_the_gradient_by_the_images_is_right", "conv_backward", 0, convolutions),
    (of_convolution, "test_the_gradient_by_the_kernels_is_right", "conv_backward", 1, convolutions),
    (of_convolution, "test_the_gradient_by_the_biases_is_right", "conv_backward", 2, convolutions),
    (of_pooling, "test_the_gradient_goes_to_the_largest_entry", "pool_backward", None, images),
    (of_pooling, "test_the_gradient_passes_where_x_is_positive", "relu_backward", None, images),
    (of_dense, "test_the_gradient_by_the_inputs_is_right", "linear_backward", 0, rows),
    (of_dense, "test_the_gradient_by_the_weights_is_right", "linear_backward", 1, rows),
    (of_dense, "test_the_gradient_by_the_biases_is_right", "linear_backward", 2, rows),
    (of_dense, "test_the_gradient_of_the_loss_is_right", "softmax_cross_entropy_gradient", None, batches),
]
EACH_GRADIENT_CHECK = pytest.mark.parametrize(
    ("suite", "check", "function", "block", "draw"),
    GRADIENT_CHECKS,
    ids=[f"{function}-{('dx', 'dw', 'db')[block or 0]}" for *_, function, block, _ in GRADIENT_CHECKS],
)
SEEDS = range(200)


def run(suite: ModuleType, check: str, example: dict[str, Any], **functions: Callable[..., Any]) -> None:
    """Run one example of a check on these functions."""
    getattr(suite, check).hypothesis.inner_test(submission=SimpleNamespace(**functions), **example)


def with_one_entry_times(factor: float, function: str, block: int | None, seed: int) -> Callable[..., Any]:
    """The reference's function, with one entry of a gradient wrong that is not 0."""

    def doctored(*arguments: np.ndarray) -> Any:
        answer = getattr(layers, function)(*arguments)
        blocks = [array.copy() for array in (answer if block is not None else [answer])]
        wrong = blocks[block or 0]
        places = np.argwhere(wrong)
        if len(places):
            wrong[tuple(places[seed % len(places)])] *= factor
        return tuple(blocks) if block is not None else wrong

    return doctored


def in_single_precision(function: str) -> Callable[..., Any]:
    def rounded(*arguments: np.ndarray) -> Any:
        answer = getattr(layers, function)(*(array.astype(np.float32) for array in arguments))
        blocks = [array.astype(np.float32) for array in (answer if isinstance(answer, tuple) else [answer])]
        return tuple(blocks) if isinstance(answer, tuple) else blocks[0]

    return rounded


@EACH_GRADIENT_CHECK
@pytest.mark.parametrize("factor", [-1.0, 1.01])
def test_one_wrong_entry_is_found_at_every_seed(
    suite: ModuleType, check: str, function: str, block: int | None, draw: Draw, factor: float
) -> None:
    passed = []
    for seed in SEEDS:
        example = draw(seed)
        if function == "relu_backward":
            example["x"].flat[0] = 1.0  # so that some entry passes
        try:
            run(suite, check, example, **{function: with_one_entry_times(factor, function, block, seed)})
        except CheckFailed:
            continue
        passed.append(seed)
    assert passed == []


@EACH_GRADIENT_CHECK
def test_right_gradients_pass_at_every_seed_in_both_precisions(
    suite: ModuleType, check: str, function: str, block: int | None, draw: Draw
) -> None:
    for seed in SEEDS:
        run(suite, check, draw(seed), **{function: getattr(layers, function)})
        run(suite, check, draw(seed), **{function: in_single_precision(function)})
