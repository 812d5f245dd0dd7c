"""Hidden checks of the layers at the edges of what they may be asked: one or many along each axis, zeros, far out.

Expected values come from the definitions. A backward function that raises at an edge is paid for by dx alone, the
other gradients being judged where there is an answer.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.checks import (
    LONG,
    Submission,
    assert_close,
    at_edges,
    criterion,
    fail,
    numbers,
    pairs_at_edges,
    refused,
    spread,
)

Arrays = tuple[np.ndarray, ...]
Problem = tuple[str, Arrays]


def around(shapes: tuple[tuple[int, ...], ...], sizes: tuple[tuple[str, tuple[tuple[int, ...], ...]], ...]) -> Iterator:
    """Problems of unusual sizes, and of the usual `shapes` with each array in turn at an edge."""
    for what, unusual in sizes:
        yield what, tuple(spread(shape, seed) for seed, shape in enumerate(unusual))
    usual = [spread(shape, seed) for seed, shape in enumerate(shapes)]
    for place, shape in enumerate(shapes):
        for what, array in at_edges(*shape, long=()).items():
            if array.shape == shape:
                yield f"{what} in place {place}", (*usual[:place], array, *usual[place + 1 :])


def three(answer: object, name: str) -> list[object]:
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        fail(f"{name} does not return three arrays (dx, dw, db)", f"got: {answer!r:.300}")
    return list(answer)


def answered(ask: Callable[[], object]) -> Any:
    """What the submission answers, or None where it raises."""
    answers: list[object] = []
    return None if refused(lambda: answers.append(ask())) else answers[0]


# Convolution


def convolution(n: int, c: int, f: int, height: int, width: int, k: int) -> tuple[tuple[int, ...], ...]:
    """The shapes of x, w, b and dy."""
    return (n, c, height, width), (f, c, k, k), (f,), (n, f, height, width)


CONVOLUTIONS = (
    ("one image", convolution(1, 2, 3, 4, 4, 3)), ("one channel", convolution(2, 1, 3, 4, 4, 3)),
    ("one filter", convolution(2, 2, 1, 4, 4, 3)), ("one pixel", convolution(2, 2, 3, 1, 1, 3)),
    ("one row", convolution(2, 2, 3, 1, 5, 3)), ("one column", convolution(2, 2, 3, 5, 1, 3)),
    ("kernels of one entry", convolution(2, 2, 3, 4, 4, 1)), ("many images", convolution(LONG, 1, 2, 2, 2, 1)),
    ("kernels of eleven rows", convolution(2, 2, 2, 4, 13, 11)),
    ("many channels", convolution(1, LONG, 1, 2, 2, 1)), ("many filters", convolution(1, 1, LONG, 2, 2, 1)),
    ("many rows", convolution(1, 1, 1, LONG, 2, 3)), ("many columns", convolution(1, 1, 1, 2, LONG, 3)),
)  # fmt: skip


def convolutions() -> Iterator[Problem]:
    return around(convolution(2, 2, 3, 3, 3, 3), CONVOLUTIONS)


def padded(x: np.ndarray, k: int) -> np.ndarray:
    return np.pad(x, ((0, 0), (0, 0), (k // 2, k // 2), (k // 2, k // 2)))


def seen(x: np.ndarray, k: int) -> np.ndarray:
    """What each place sees, (N, C, H, W, k, k)."""
    return np.lib.stride_tricks.sliding_window_view(padded(x, k), (k, k), axis=(2, 3))


def by_images(dy: np.ndarray, w: np.ndarray) -> np.ndarray:
    """dx: each place gives to what it has seen."""
    k, r, (height, width) = w.shape[-1], w.shape[-1] // 2, dy.shape[2:]
    given_back = np.zeros((len(dy), w.shape[1], height + 2 * r, width + 2 * r))
    for p, q in np.ndindex(k, k):
        given_back[:, :, p : p + height, q : q + width] += np.einsum("nfij,fc->ncij", dy, w[:, :, p, q])
    return given_back[:, :, r : r + height, r : r + width]


@criterion("layers.convolution.forward")
def test_convolutions_at_the_edges_of_what_they_may_be_asked(submission: Submission):
    """Return the output for one image, channel, filter, row or column and for many, for zeros, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, (x, w, b, _) in convolutions():
        expected = np.einsum("ncijpq,fcpq->nfij", seen(x, w.shape[-1]), w) + b[:, None, None]
        assert_close(submission.conv_forward(x, w, b), expected, what=f"the output for {what}")


@criterion("layers.convolution.dx")
def test_the_gradient_by_the_images_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return dx for one image, channel, filter, row or column and for many, for zeros, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    for what, (x, w, _, dy) in convolutions():
        dx, _, _ = three(submission.conv_backward(dy, x, w), "conv_backward")
        assert_close(dx, by_images(dy, w), what=f"dx for {what}")


@criterion("layers.convolution.dw")
def test_the_gradient_by_the_kernels_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return dw for one image, channel, filter, row or column and for many, for zeros, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    for what, (x, w, _, dy) in convolutions():
        if (answer := answered(lambda dy=dy, x=x, w=w: submission.conv_backward(dy, x, w))) is not None:
            expected = np.einsum("nfij,ncijpq->fcpq", dy, seen(x, w.shape[-1]))
            assert_close(three(answer, "conv_backward")[1], expected, what=f"dw for {what}")


@criterion("layers.convolution.db")
def test_the_gradient_by_the_biases_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return db for one image, channel, filter, row or column and for many, for zeros, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    for what, (x, w, _, dy) in convolutions():
        if (answer := answered(lambda dy=dy, x=x, w=w: submission.conv_backward(dy, x, w))) is not None:
            assert_close(three(answer, "conv_backward")[2], dy.sum(axis=(0, 2, 3)), what=f"db for {what}")


# Pooling


def windows(x: np.ndarray) -> np.ndarray:
    """The entries of each window, shape (N, C, ⌊H / 2⌋, ⌊W / 2⌋, 4)."""
    height, width = (size // 2 for size in x.shape[2:])
    whole = x[:, :, : 2 * height, : 2 * width]
    return whole.reshape(*x.shape[:2], height, 2, width, 2).swapaxes(3, 4).reshape(*x.shape[:2], height, width, 4)


def images() -> dict[str, np.ndarray]:
    return at_edges(2, 3, 4, 6, least=(1, 1, 2, 2))


@criterion("layers.pooling.forward")
def test_pooling_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the largest entries for one image, channel or window and for many, for zeros, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, x in images().items():
        if not any(size % 2 for size in x.shape[2:]):
            assert_close(submission.pool_forward(x), windows(x).max(axis=-1), what=f"the output for {what}")


@criterion("layers.pooling.gradient")
def test_the_gradient_of_pooling_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return dx for one image, channel or window and for many, for upstream zeros, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    usual = spread((2, 3, 4, 6), 8)
    problems = [(what, x, spread(windows(x).shape[:4], 9)) for what, x in images().items() if np.ptp(x)]
    problems += [
        (f"{what} upstream", usual, dy) for what, dy in at_edges(2, 3, 2, 3).items() if dy.shape == (2, 3, 2, 3)
    ]
    for what, x, dy in problems:
        if not any(size % 2 for size in x.shape[2:]):
            got = numbers(submission.pool_backward(dy, x), what=f"dx for {what}")
            if got.shape != x.shape:
                fail(f"dx for {what} has the wrong shape", f"expected {x.shape}, got {got.shape}")
            largest = windows(x) == windows(x).max(axis=-1, keepdims=True)
            assert_close(windows(got), largest * dy[..., None], what=f"dx for {what}, by windows")


@criterion("layers.pooling.ties")
def test_windows_of_equal_entries_share_the_whole_gradient(submission: Submission):
    """Share each window's gradient among its entries where all are 0, or all are another number.

    Catches: zeros taken for padding, shares that are negative or do not add up to the whole.
    """
    for what, x in images().items():
        if not np.ptp(x):
            dy = spread(windows(x).shape[:4], 9)
            got = numbers(submission.pool_backward(dy, x), what=f"dx for {what}")
            if got.shape != x.shape or np.any(windows(got) * dy[..., None] < 0):
                fail(f"dx for {what} has another shape, or shares of the wrong sign", f"got: {got!r:.300}")
            assert_close(windows(got).sum(axis=-1), dy, what=f"the sum of dx over each window of {what}")


# ReLU


@criterion("layers.relu.forward")
def test_relu_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return max(x, 0) for one entry and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a threshold above 0.
    """
    for what, x in [*at_edges(3, 4).items(), *at_edges(5).items()]:
        assert_close(submission.relu_forward(x), (x + np.abs(x)) / 2, what=f"the output for {what}")


@criterion("layers.relu.gradient")
def test_the_gradient_of_relu_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return dx for one entry and for many, for upstream zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, a gradient of zeros taken for a missing one, a threshold.
    """
    for what, dy, x in [*pairs_at_edges(3, 4), *pairs_at_edges(5)]:
        got = numbers(submission.relu_backward(dy, x), what=f"dx for {what}")
        if x.any():
            assert_close(got, dy * (x > 0), what=f"dx for {what}")
        elif got.shape != x.shape or not (np.abs(got / dy - 0.5) <= 0.5 + 1e-6).all():
            fail("dx where x is 0 is not dy times a number from 0 to 1", f"got: {got!r:.300}")


# Flattening and the fully connected layer


@criterion("layers.linear.flatten")
def test_flattening_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return vectors, and images again, for one image, channel, row or column and for many, for zeros and others.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    for what, x in at_edges(2, 3, 4, 5).items():
        vectors = np.stack([image.ravel() for image in np.ascontiguousarray(x)])
        assert_close(submission.flatten_forward(x), vectors, what=f"the vectors for {what}")
        assert_close(submission.flatten_backward(vectors, spread(x.shape, 6)), x, what=f"dx for {what}")


def linear(n: int, d: int, m: int) -> tuple[tuple[int, ...], ...]:
    """The shapes of x, w, b and dy."""
    return (n, d), (m, d), (m,), (n, m)


LINEAR = (
    ("one row", linear(1, 3, 4)), ("one input", linear(2, 1, 4)), ("one output", linear(2, 3, 1)),
    ("one of each", linear(1, 1, 1)), ("many rows", linear(LONG, 3, 4)), ("many inputs", linear(2, LONG, 4)),
    ("many outputs", linear(2, 3, LONG)),
)  # fmt: skip


def layers() -> Iterator[Problem]:
    return around(linear(2, 3, 4), LINEAR)


@criterion("layers.linear.forward")
def test_linear_layers_at_the_edges_of_what_they_may_be_asked(submission: Submission):
    """Return the output for one row, input or output and for many, for zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, (x, w, b, _) in layers():
        assert_close(submission.linear_forward(x, w, b), x @ w.T + b, what=f"the output for {what}")


@criterion("layers.linear.dx")
def test_the_gradient_by_the_inputs_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return dx for one row, input or output and for many, for zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    for what, (x, w, _, dy) in layers():
        dx, _, _ = three(submission.linear_backward(dy, x, w), "linear_backward")
        assert_close(dx, dy @ w, what=f"dx for {what}")


@criterion("layers.linear.dw")
def test_the_gradient_by_the_weights_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return dw for one row, input or output and for many, for zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    for what, (x, w, _, dy) in layers():
        if (answer := answered(lambda dy=dy, x=x, w=w: submission.linear_backward(dy, x, w))) is not None:
            assert_close(three(answer, "linear_backward")[1], dy.T @ x, what=f"dw for {what}")


@criterion("layers.linear.db")
def test_the_gradient_by_a_layers_biases_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return db for one row, input or output and for many, for zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, a gradient of zeros taken for a missing one.
    """
    for what, (x, w, _, dy) in layers():
        if (answer := answered(lambda dy=dy, x=x, w=w: submission.linear_backward(dy, x, w))) is not None:
            assert_close(three(answer, "linear_backward")[2], dy.sum(axis=0), what=f"db for {what}")


# Loss


def batches() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Logits at an edge, and labels; the largest logits are the question of another criterion."""
    for what, logits in at_edges(3, 4, far=6.0).items():
        rows, classes = logits.shape
        yield what, logits, np.eye(classes)[np.arange(rows) % classes]
        yield f"{what} and the last class", logits, np.eye(classes)[np.full(rows, classes - 1)]


def probabilities(logits: np.ndarray) -> np.ndarray:
    return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


@criterion("layers.loss.softmax")
def test_probabilities_at_the_edges_of_what_they_may_be_asked(submission: Submission):
    """Return the probabilities for one row or class and for many, for zeros, equal and small logits.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    for what, logits, _ in batches():
        assert_close(submission.softmax(logits), probabilities(logits), what=f"the probabilities for {what}")


@criterion("layers.loss.value")
def test_the_loss_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the loss for one row or class and for many, for zeros, equal and small logits.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    for what, logits, one_hot in batches():
        right = -np.log(probabilities(logits)[one_hot == 1]).mean()
        got = numbers(submission.softmax_cross_entropy(logits, one_hot), what=f"the loss for {what}")
        # One more, since the loss of a single class is 0.
        assert_close(1 + got, 1 + right, what=f"one more than the loss for {what}")


@criterion("layers.loss.gradient")
def test_the_gradient_of_the_loss_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the gradient for one row or class and for many, for zeros, equal and small logits.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    for what, logits, one_hot in batches():
        right = (probabilities(logits) - one_hot) / len(logits)
        got = submission.softmax_cross_entropy_gradient(logits, one_hot)
        assert_close(got, right, what=f"the gradient for {what}", atol=1e-6)
