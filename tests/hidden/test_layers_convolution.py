"""Hidden checks of the convolution: dense random images, kernels and biases of many sizes, and laws.

Expected values come from the definition, place by place, and gradients from its transposition, place by place. All
upstream gradients are dense and vary, so that one wrong entry of any block shows.
"""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    assert_adjoint,
    assert_close,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    refused,
    spread,
    with_gaps,
)

seeds = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Convolution:
    """Images, kernels and biases of given sizes."""

    images: int
    channels: int
    filters: int
    height: int
    width: int
    kernel: int
    seed: int

    @property
    def x(self) -> np.ndarray:
        return spread((self.images, self.channels, self.height, self.width), self.seed)

    @property
    def w(self) -> np.ndarray:
        return spread((self.filters, self.channels, self.kernel, self.kernel), self.seed + 1)

    @property
    def b(self) -> np.ndarray:
        return spread(self.filters, self.seed + 2)

    @property
    def dy(self) -> np.ndarray:
        return spread((self.images, self.filters, self.height, self.width), self.seed + 3)


# Every size unlike every other, so that no two axes can be taken for each other.
UNLIKE = Convolution(images=2, channels=4, filters=3, height=5, width=6, kernel=3, seed=1)
SINGLE = Convolution(images=1, channels=1, filters=1, height=3, width=4, kernel=1, seed=2)
# A kernel that reaches over the whole image and beyond, from each place.
BEYOND = Convolution(images=1, channels=2, filters=3, height=1, width=2, kernel=5, seed=5)
SQUARE = Convolution(images=2, channels=4, filters=3, height=6, width=6, kernel=3, seed=6)
# With a border it is as large as a larger image without one.
BORDERED, BORDERLESS = UNLIKE, replace(UNLIKE, height=7, width=8, kernel=1)
# The first and the second convolution of the assignment's network.
FIRST = Convolution(images=1, channels=1, filters=4, height=28, width=28, kernel=5, seed=3)
SECOND = Convolution(images=2, channels=4, filters=4, height=14, width=14, kernel=5, seed=4)

few = st.integers(1, 3)
sizes = st.integers(1, 7)
convolutions = st.builds(Convolution, st.integers(1, 2), few, few, sizes, sizes, st.sampled_from((1, 3, 5)), seeds)


def pad(x: np.ndarray, kernel: int) -> np.ndarray:
    r = kernel // 2
    return np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))


def correlate(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The definition, place by place."""
    k = w.shape[-1]
    padded, y = pad(x, k), np.empty((len(x), len(w), *x.shape[2:]))
    for i, j in np.ndindex(*x.shape[2:]):
        y[:, :, i, j] = b + np.tensordot(padded[:, :, i : i + k, j : j + k], w, axes=([1, 2, 3], [1, 2, 3]))
    return y


def by_images(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """dx: each place gives to what it has seen."""
    k, r = w.shape[-1], w.shape[-1] // 2
    given_back = np.zeros_like(pad(x, k))
    for i, j in np.ndindex(*x.shape[2:]):
        given_back[:, :, i : i + k, j : j + k] += np.tensordot(dy[:, :, i, j], w, axes=1)
    return given_back[:, :, r : r + x.shape[2], r : r + x.shape[3]]


def by_kernels(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """dw: what each place has seen, weighed by its gradient."""
    k, padded, dw = w.shape[-1], pad(x, w.shape[-1]), np.zeros_like(w)
    for i, j in np.ndindex(*x.shape[2:]):
        dw += np.tensordot(dy[:, :, i, j], padded[:, :, i : i + k, j : j + k], axes=(0, 0))
    return dw


def backward(submission, problem: Convolution, dy: np.ndarray | None = None) -> list[object]:
    """The submission's dx, dw and db."""
    return three(submission.conv_backward(problem.dy if dy is None else dy, problem.x, problem.w))


def backward_if_any(submission, problem: Convolution) -> list[object] | None:
    """The submission's dx, dw and db, or None where it raises for images that are not square: dx pays for that."""
    answers: list[list[object]] = []
    if problem.height != problem.width and refused(lambda: answers.append(backward(submission, problem))):
        return None
    return answers[0] if answers else backward(submission, problem)


def three(answer: object) -> list[object]:
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        fail("conv_backward does not return three arrays (dx, dw, db)", f"got: {answer!r:.300}")
    return list(answer)


@criterion("layers.convolution.forward")
@given(problem=convolutions)
@example(problem=UNLIKE)
@example(problem=SINGLE)
@example(problem=BEYOND)
@settings(max_examples=5)
def test_outputs_are_those_of_the_definition(submission, problem):
    """Return the cross-correlation, with "same" padding, plus the bias, for images and kernels of any size.

    Catches: kernels turned round, padding on one side, axes exchanged, channels not summed, a bias left out.
    """
    got = submission.conv_forward(problem.x, problem.w, problem.b)
    assert_close(got, correlate(problem.x, problem.w, problem.b), what="the output")


@criterion("layers.convolution.forward")
def test_outputs_of_the_networks_own_size(submission):
    """Return the cross-correlation of a 28×28 image with four 5×5 kernels.

    Catches: sizes taken for granted.
    """
    got = submission.conv_forward(FIRST.x, FIRST.w, FIRST.b)
    assert_close(got, correlate(FIRST.x, FIRST.w, FIRST.b), what="the output")


@criterion("layers.convolution.forward")
def test_other_images_of_the_same_size_change_nothing(submission):
    """Return the same for the same images, whatever was asked before and however they lie in memory.

    Catches: results kept by size, a misread memory order, at most ten images.
    """
    many = Convolution(images=11, channels=2, filters=3, height=3, width=4, kernel=3, seed=7)
    other = Convolution(images=11, channels=2, filters=3, height=3, width=4, kernel=3, seed=17)
    for arrange in (in_fortran_order, with_gaps):
        given_, others = ([arrange(each.x), arrange(each.w), each.b] for each in (many, other))
        got = in_company(submission.conv_forward, given_, others)
        assert_close(got, correlate(many.x, many.w, many.b), what="the output")


@criterion("layers.convolution.forward")
def test_the_border_is_zero_whatever_was_there_before(submission):
    """Return the same after an image without border that is as large as this one with its border.

    Catches: padded arrays that are kept and whose border is not cleared.
    """
    submission.conv_forward(BORDERLESS.x, BORDERLESS.w, BORDERLESS.b)
    got = submission.conv_forward(BORDERED.x, BORDERED.w, BORDERED.b)
    assert_close(got, correlate(BORDERED.x, BORDERED.w, BORDERED.b), what="the output after that of a larger image")


@criterion("layers.convolution.forward")
@given(seed=seeds, down=st.integers(-2, 2), right=st.integers(-2, 2))
@settings(max_examples=2)
def test_a_moved_image_moves_the_output(submission, seed, down, right):
    """Return the same pattern, moved, for an image that is moved well inside its border.

    Catches: outputs that depend on where in the image something stands.
    """
    x = np.zeros((1, 2, 9, 10))
    x[:, :, 3:6, 3:7] = spread((1, 2, 3, 4), seed)
    w, b = spread((2, 2, 3, 3), seed + 1), spread(2, seed + 2)
    stays = numbers(submission.conv_forward(x, w, b), what="the output")
    if stays.shape != x.shape:
        fail("the output has the wrong shape", f"expected {x.shape}, got {stays.shape}")
    moved = submission.conv_forward(np.roll(x, (down, right), axis=(2, 3)), w, b)
    # Compared with the definition, and not with `stays` alone: a constant output moves along with anything.
    assert_close(stays, correlate(x, w, b), what="the output")
    assert_close(moved, np.roll(correlate(x, w, b), (down, right), axis=(2, 3)), what="the output of the moved image")


@criterion("layers.convolution.dx")
@given(problem=convolutions)
@example(problem=UNLIKE)
@example(problem=SINGLE)
@example(problem=BEYOND)
@settings(max_examples=5)
def test_the_gradient_by_the_images_is_right(submission, problem):
    """Return ∂L/∂x for images and kernels of any size.

    Catches: the kernel not turned by 180°, `[r:-r]` at r = 0, filters not summed, padding on one side.
    """
    dx, _, _ = backward(submission, problem)
    assert_close(dx, by_images(problem.dy, problem.x, problem.w), what="dx")


@criterion("layers.convolution.dx")
def test_the_gradient_is_by_what_is_passed_in(submission):
    """Return ∂L/∂x at the arrays that are passed in, whatever went forwards or backwards before.

    Catches: kernels kept from the forward pass, results kept by size or by dy, a misread memory order.
    """
    answer, problem = after_another_pass(submission, UNLIKE)
    assert_close(answer[0], by_images(problem.dy, problem.x, problem.w), what="dx")


@criterion("layers.convolution.dx")
def test_the_border_of_dy_is_zero_whatever_was_there_before(submission):
    """Return ∂L/∂x after a pass of larger images without border.

    Catches: padded arrays that are kept and whose border is not cleared.
    """
    backward(submission, BORDERLESS)
    dx, _, _ = backward(submission, BORDERED)
    assert_close(dx, by_images(BORDERED.dy, BORDERED.x, BORDERED.w), what="dx after a pass of larger images")


@criterion("layers.convolution.dw")
def test_the_border_of_x_is_zero_whatever_was_there_before(submission):
    """Return ∂L/∂w after a pass of larger images without border.

    Catches: padded arrays that are kept and whose border is not cleared.
    """
    if backward_if_any(submission, BORDERLESS) and (answer := backward_if_any(submission, BORDERED)):
        dw = by_kernels(BORDERED.dy, BORDERED.x, BORDERED.w)
        assert_close(answer[1], dw, what="dw after a pass of larger images")


@criterion("layers.convolution.dw")
def test_the_gradient_by_the_kernels_is_at_what_is_passed_in(submission):
    """Return ∂L/∂w at the arrays that are passed in, whatever went forwards or backwards before.

    Catches: images kept from the forward pass, results kept by size or by dy, a misread memory order.
    """
    answer, problem = after_another_pass(submission, SQUARE)
    assert_close(answer[1], by_kernels(problem.dy, problem.x, problem.w), what="dw")


def after_another_pass(submission, problem: Convolution) -> tuple[list[object], Convolution]:
    """The submission's dx, dw and db, after other arrays of these shapes have gone both ways, and the problem."""
    pair = (problem, replace(problem, seed=problem.seed + 10))

    def after_a_forward_pass(*arguments: np.ndarray) -> object:
        refused(lambda: submission.conv_forward(pair[1].x, pair[1].w, pair[1].b))
        return submission.conv_backward(*arguments)

    given_, others = ([in_fortran_order(each.dy), with_gaps(each.x), in_fortran_order(each.w)] for each in pair)
    submission.conv_backward(given_[0], *others[1:])  # what dy alone does not tell apart
    return three(in_company(after_a_forward_pass, given_, others)), problem


@criterion("layers.convolution.dx")
def test_the_gradient_by_the_images_passes_the_dot_product_test(submission):
    """Have <J u, dy> equal <u, dx> at the size of the network's second convolution.

    Catches: every wrong dx.
    """
    u = spread(SECOND.x.shape, seed=9)
    dx, _, _ = backward(submission, SECOND)
    forward = correlate(u, SECOND.w, np.zeros(SECOND.filters))  # linear in x
    assert_adjoint(forward=forward, v=SECOND.dy, u=u, backward=numbers(dx, what="dx"), what="<u, dx> beside <J u, dy>")


@criterion("layers.convolution.dw")
@given(problem=convolutions)
@example(problem=UNLIKE)
@example(problem=SINGLE)
@example(problem=BEYOND)
@example(problem=SQUARE)
@settings(max_examples=5)
def test_the_gradient_by_the_kernels_is_right(submission, problem):
    """Return ∂L/∂w for images and kernels of any size.

    Catches: dw turned round, axes exchanged, a batch that is not summed or averaged once more.
    """
    if (answer := backward_if_any(submission, problem)) is not None:
        assert_close(answer[1], by_kernels(problem.dy, problem.x, problem.w), what="dw")


@criterion("layers.convolution.dw")
def test_the_kernels_and_their_gradient_weigh_what_the_outputs_weigh(submission):
    """Have <w, dw> equal <y, dy> for outputs y without bias, since they are linear in w.

    Catches: every wrong dw at the size of the network's first convolution.
    """
    _, dw, _ = backward(submission, FIRST)
    y = correlate(FIRST.x, FIRST.w, np.zeros(FIRST.filters))
    assert_adjoint(forward=y, v=FIRST.dy, u=FIRST.w, backward=numbers(dw, what="dw"), what="<w, dw> beside <y, dy>")


@criterion("layers.convolution.db")
@given(problem=convolutions)
@example(problem=UNLIKE)
@example(problem=SQUARE)
@settings(max_examples=4)
def test_the_gradient_by_the_biases_is_right(submission, problem):
    """Return the sum of dy over images, rows and columns.

    Catches: db not summed over the batch or over space, means for sums.
    """
    if (answer := backward_if_any(submission, problem)) is not None:
        assert_close(answer[2], problem.dy.sum(axis=(0, 2, 3)), what="db")


@criterion("layers.convolution.db")
@given(factor=st.sampled_from((-3.0, 0.5)))
@settings(max_examples=2)
def test_the_gradient_by_the_biases_is_linear_in_dy(submission, factor):
    """Return a multiple for a multiple of dy.

    Catches: a gradient that leaves dy out.
    """
    _, _, db = backward(submission, SQUARE, factor * SQUARE.dy)
    assert_close(db, factor * SQUARE.dy.sum(axis=(0, 2, 3)), what="db")
