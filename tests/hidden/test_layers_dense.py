"""Hidden checks of flattening, the fully connected layer and the loss: dense random batches of many sizes, and laws.

Expected values come from loops over the definitions, and the gradient of the loss from central differences.
"""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    arrays,
    assert_close,
    assert_mean_gradient,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    numeric_gradient,
    refused,
    spread,
    told_apart,
    with_gaps,
)

seeds = st.integers(0, 2**32 - 1)
few = st.integers(1, 3)
DENSE = spread((2, 3, 4, 5), seed=5)


def gradients(answer: object, function: str) -> list[object]:
    """A backward function's dx, dw and db."""
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        fail(f"{function} does not return three arrays (dx, dw, db)", f"got: {answer!r:.300}")
    return list(answer)


# Flattening and the fully connected layer


@criterion("layers.linear.flatten")
@given(x=arrays(st.tuples(few, few, few, few)))
@example(x=DENSE)
@example(x=in_fortran_order(DENSE))
@example(x=with_gaps(spread((11, 1, 2, 3), seed=6)))
@settings(max_examples=4)
def test_flattening_keeps_the_order(submission, x):
    """Return (N, C · H · W) with columns fastest, then rows, then channels.

    Catches: another order of axes, column-major order, images mixed up, the order in memory, at most ten images.
    """
    n, c, i, j = np.indices(x.shape).reshape(4, -1)
    expected = np.zeros((x.shape[0], x[0].size))
    expected[n, (c * x.shape[2] + i) * x.shape[3] + j] = x[n, c, i, j]
    assert_close(submission.flatten_forward(x), expected, what="the vectors")


@criterion("layers.linear.flatten")
@given(x=arrays(st.tuples(few, few, few, few)), seed=seeds)
@example(x=DENSE, seed=1)
@example(x=in_fortran_order(DENSE), seed=2)
@settings(max_examples=4)
def test_unflattening_is_the_way_back(submission, x, seed):
    """Return each gradient where the entry came from, for the shape that is passed in.

    Catches: another order than the forward one, a shape kept from the forward pass, a gradient of 0 that is changed,
    a misread memory order.
    """
    expected = spread(x.shape, seed)
    expected[0, 0, 0, 0] = 0
    refused(lambda: submission.flatten_forward(DENSE[:, :, ::-1, :1]))
    dy = np.asfortranarray(np.stack([image.ravel() for image in expected]))
    assert_close(submission.flatten_backward(dy, x), expected, what="dx")


def layer(rows: int, inputs: int, outputs: int, seed: int) -> tuple[np.ndarray, ...]:
    """x, w, b and dy."""
    shapes = ((rows, inputs), (outputs, inputs), (outputs,), (rows, outputs))
    return tuple(spread(shape, seed + number) for number, shape in enumerate(shapes))


layers = st.builds(layer, few, st.integers(1, 5), st.integers(1, 4), seeds)
LAST = layer(4, 49, 10, seed=6)  # the network's last
# The last of no length that a batch is likely to be cut into.
SQUARE, MANY = layer(3, 3, 3, seed=7), layer(331, 2, 3, seed=8)


@criterion("layers.linear.forward")
@given(problem=layers)
@example(problem=LAST)
@example(problem=SQUARE)
@example(problem=MANY)
@settings(max_examples=4)
def test_outputs_are_those_of_the_definition(submission, problem):
    """Return y = x wᵀ + b for batches and layers of any size.

    Catches: (in, out) for (out, in), a bias left out or added along the batch.
    """
    x, w, b, _ = problem
    expected = [[b[m] + sum(w[m] * row) for m in range(len(w))] for row in x]
    assert_close(submission.linear_forward(x, w, b), expected, what="the output")


@criterion("layers.linear.dx")
@given(problem=layers)
@example(problem=LAST)
@example(problem=SQUARE)
@example(problem=MANY)
@settings(max_examples=4)
def test_the_gradient_by_the_inputs_is_right(submission, problem):
    """Return ∂L/∂x: in each row the weights of all outputs, weighed by dy.

    Catches: transposed products, a batch that is mixed.
    """
    x, w, _, dy = problem
    expected = [sum(row[m] * w[m] for m in range(len(w))) for row in dy]
    dx, _, _ = gradients(submission.linear_backward(dy, x, w), "linear_backward")
    assert_close(dx, expected, what="dx")


@criterion("layers.linear.dw")
@given(problem=layers)
@example(problem=LAST)
@example(problem=SQUARE)
@example(problem=MANY)
@settings(max_examples=4)
def test_the_gradient_by_the_weights_is_right(submission, problem):
    """Return ∂L/∂w: the sum over the batch of dy times x.

    Catches: transposed products, a mean over the batch.
    """
    x, w, _, dy = problem
    expected = sum(np.multiply.outer(dy[n], x[n]) for n in range(len(x)))
    _, dw, _ = gradients(submission.linear_backward(dy, x, w), "linear_backward")
    assert_close(dw, expected, what="dw")


@criterion("layers.linear.db")
@given(problem=layers)
@example(problem=LAST)
@example(problem=SQUARE)
@example(problem=MANY)
@settings(max_examples=4)
def test_the_gradient_by_the_biases_is_right(submission, problem):
    """Return ∂L/∂b: the sum of dy over the batch.

    Catches: sums over outputs, a mean over the batch.
    """
    x, w, _, dy = problem
    _, _, db = gradients(submission.linear_backward(dy, x, w), "linear_backward")
    assert_close(db, sum(dy), what="db")


@criterion("layers.linear.forward")
def test_other_batches_of_the_same_size_change_nothing(submission):
    """Return the same for the same arrays, whatever was asked before and however they lie in memory.

    Catches: results kept by size, a misread memory order.
    """
    (x, w, b, _), (x2, w2, b2, _) = layer(2, 3, 4, seed=9), layer(2, 3, 4, seed=19)
    got = in_company(submission.linear_forward, [in_fortran_order(x), with_gaps(w), b], [x2, w2, b2])
    assert_close(got, x @ w.T + b, what="the output")


@criterion("layers.linear.dx")
def test_the_gradient_is_by_what_is_passed_in(submission):
    """Return ∂L/∂x at the arrays that are passed in, whatever went forwards or backwards before.

    Catches: weights kept from the forward pass, results kept by size, a misread memory order.
    """
    dx, _, dy, _, w = after_another_pass(submission)
    assert_close(dx, dy @ w, what="dx")


@criterion("layers.linear.dw")
def test_the_gradient_by_the_weights_is_at_what_is_passed_in(submission):
    """Return ∂L/∂w at the arrays that are passed in, whatever went forwards or backwards before.

    Catches: inputs kept from the forward pass, results kept by size, a misread memory order.
    """
    _, dw, dy, x, _ = after_another_pass(submission)
    assert_close(dw, dy.T @ x, what="dw")


def after_another_pass(submission) -> tuple[object, object, np.ndarray, np.ndarray, np.ndarray]:
    """The submission's dx and dw, and dy, x and w, after other arrays of these shapes have gone both ways."""
    (x, w, _, dy), (x2, w2, b2, dy2) = layer(2, 3, 4, seed=9), layer(2, 3, 4, seed=19)
    refused(lambda: submission.linear_forward(x2, w2, b2))
    answer = in_company(submission.linear_backward, [with_gaps(dy), in_fortran_order(x), w], [dy2, x2, w2])
    dx, dw, _ = gradients(answer, "linear_backward")
    return dx, dw, dy, x, w


# Loss


def batch(rows: int, classes: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits and labels, dense and unlike."""
    labels = np.random.default_rng(seed).integers(0, classes, rows)
    return spread((rows, classes), seed, 0.2, 3.0), np.eye(classes)[labels]


batches = st.builds(batch, st.integers(1, 4), st.integers(2, 6), seeds)
TEN, MANY_ROWS, LONG = batch(5, 10, seed=10), batch(12, 3, seed=11), batch(331, 3, seed=12)


def probabilities(logits: np.ndarray) -> np.ndarray:
    """The definition, in reach of exp."""
    return np.array([np.exp(row) / sum(np.exp(row)) for row in logits])


def cross_entropy(logits: np.ndarray, one_hot: np.ndarray) -> float:
    return float(-np.log(probabilities(logits)[one_hot == 1]).sum() / len(logits))


@criterion("layers.loss.softmax")
@given(data=batches)
@example(data=TEN)
@example(data=LONG)
@settings(max_examples=4)
def test_probabilities_are_those_of_the_definition(submission, data):
    """Return the softmax of each row.

    Catches: sums over the batch, other bases, logits that are not shifted alike.
    """
    logits, _ = data
    assert_close(submission.softmax(logits), probabilities(logits), what="the probabilities")


@criterion("layers.loss.softmax")
@given(data=batches, shift=st.sampled_from((-5.0, 3.0)))
@settings(max_examples=3)
def test_a_shift_of_all_logits_changes_nothing(submission, data, shift):
    """Return the same probabilities when all logits grow alike.

    Catches: quotients of other functions than exp.
    """
    logits, _ = data
    got = submission.softmax(logits + shift)
    assert_close(got, probabilities(logits), what="the probabilities of shifted logits")


@criterion("layers.loss.value")
@given(data=batches)
@example(data=TEN)
@example(data=LONG)
@settings(max_examples=5)
def test_the_loss_is_the_mean_over_the_batch(submission, data):
    """Return the mean over the batch of −ln of the label's probability, as one number.

    Catches: sums, means over classes, another logarithm, the entropy of the wrong classes, a mean of the means of
    parts.
    """
    logits, one_hot = data
    assert_close(submission.softmax_cross_entropy(logits, one_hot), cross_entropy(logits, one_hot), what="the loss")


@criterion("layers.loss.gradient")
@given(data=batches)
@example(data=TEN)
@example(data=MANY_ROWS)
@settings(max_examples=4)
def test_the_gradient_of_the_loss_is_right(submission, data):
    """Return the gradient of the mean over the batch.

    Catches: a gradient that is not divided by the size of the batch, signs, softmax without the labels.
    """
    logits, one_hot = data
    expected = numeric_gradient(lambda at: cross_entropy(at, one_hot), logits)
    got = submission.softmax_cross_entropy_gradient(logits, one_hot)
    assert_close(got, expected, what="the gradient", rtol=1e-6, atol=1e-9)


@criterion("layers.loss.gradient")
def test_the_gradient_of_the_loss_is_at_what_is_passed_in(submission):
    """Return the gradient at the logits that are passed in, whatever was asked before, in whatever memory they lie.

    Catches: probabilities kept from the loss, results kept by size, a misread memory order.
    """
    (logits, one_hot), (logits2, one_hot2) = MANY_ROWS, batch(12, 3, seed=13)
    given_ = [in_fortran_order(logits), with_gaps(one_hot)]
    others = [logits2, one_hot2]
    got = in_company(
        submission.softmax_cross_entropy_gradient, given_, others, lambda: submission.softmax_cross_entropy(*others)
    )
    expected = numeric_gradient(lambda at: cross_entropy(at, one_hot), logits)
    assert_close(got, expected, what="the gradient", rtol=1e-6, atol=1e-9)


@criterion("layers.loss.gradient")
def test_the_gradient_of_the_loss_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 rows.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    logits, one_hot = LONG
    got = submission.softmax_cross_entropy_gradient(logits, one_hot)
    assert_mean_gradient(got, lambda rows, at: cross_entropy(at, one_hot[rows]), logits, what="the gradient")


@criterion("layers.loss.softmax")
def test_probabilities_of_other_logits_change_nothing(submission):
    """Return the same for the same logits, whatever was asked before and however they lie in memory.

    Catches: results kept by size, a misread memory order.
    """
    got = in_company(submission.softmax, [in_fortran_order(MANY_ROWS[0])], [batch(12, 3, seed=13)[0]])
    assert_close(got, probabilities(MANY_ROWS[0]), what="the probabilities")


@criterion("layers.loss.value")
def test_the_loss_of_other_logits_changes_nothing(submission):
    """Return the same for the same arrays, whatever was asked before and however they lie in memory.

    Catches: results kept by size, a misread memory order.
    """
    logits, one_hot = MANY_ROWS
    given_, others = [with_gaps(logits), in_fortran_order(one_hot)], list(batch(12, 3, seed=13))
    got = in_company(submission.softmax_cross_entropy, given_, others)
    assert_close(got, cross_entropy(logits, one_hot), what="the loss")


@criterion("layers.loss.gradient")
@given(data=batches)
@settings(max_examples=2)
def test_the_rows_of_the_gradient_add_up_to_zero(submission, data):
    """Return rows that add up to 0, since a shift of all logits changes no loss.

    Catches: a gradient of something else.
    """
    logits, one_hot = data
    got = numbers(submission.softmax_cross_entropy_gradient(logits, one_hot), what="the gradient")
    if got.shape != logits.shape:
        fail("the gradient has the wrong shape", f"expected {logits.shape}, got {got.shape}")
    assert_close(got.sum(axis=1), np.zeros(len(logits)), what="the sums of the gradient's rows", atol=1e-6)


HUGE = np.array([[1e4, -1e4, 0.0], [-1e4, 0.0, 5.0], [1e4, 1e4 - 1, -1e4]])
LABELS = np.eye(3)[[1, 2, 0]]


def sigmoid(z: float) -> float:
    return float(1 / (1 + np.exp(-z)))  # the softmax of two logits that differ by z


def scaled(got: object, expected: np.ndarray, what: str) -> np.ndarray:
    """Return `expected`, or it in the scale of `got`: means and signs are other criteria's questions."""
    array = numbers(got, what=what)
    if array.shape != expected.shape or not np.isfinite(array).all():
        return expected
    return min((factor * expected for factor in (1, 1 / 3, -1)), key=lambda right: float(np.abs(right - array).max()))


@criterion("layers.loss.stable")
def test_probabilities_of_huge_logits(submission):
    """Return the softmax of logits of ±10 000.

    Catches: exp without a shift, a shift by the largest logit of the whole batch.
    """
    expected = [[1.0, 0.0, 0.0], [0.0, sigmoid(-5.0), sigmoid(5.0)], [sigmoid(1.0), sigmoid(-1.0), 0.0]]
    assert_close(submission.softmax(HUGE), expected, what="the probabilities of huge logits", atol=1e-12)


@criterion("layers.loss.stable")
def test_the_loss_of_huge_logits(submission):
    """Return the loss of logits of ±10 000, which is large and finite.

    Catches: the logarithm of a probability that is 0, or of a small number put in its place.
    """
    losses = np.array([2e4, -np.log(sigmoid(5.0)), -np.log(sigmoid(1.0))])
    for logits, label, loss in zip(HUGE, LABELS, losses, strict=True):
        got = submission.softmax_cross_entropy(logits[None], label[None])
        right = scaled(got, loss, "the loss")
        # In single precision numbers of 10 000 have no more than three decimals.
        with told_apart(submission, lambda: submission.softmax_cross_entropy(*TEN)):
            assert_close(got, right, what="the loss of huge logits", atol=1e-2)


@criterion("layers.loss.stable")
def test_the_gradient_of_huge_logits(submission):
    """Return the gradient of the loss at logits of ±10 000.

    Catches: exp without a shift.
    """
    slopes = np.array([[1, -1, 0], [0, sigmoid(-5.0), -sigmoid(-5.0)], [-sigmoid(-1.0), sigmoid(-1.0), 0]])
    for logits, label, gradient in zip(HUGE, LABELS, slopes, strict=True):
        got = submission.softmax_cross_entropy_gradient(logits[None], label[None])
        right = scaled(got, gradient[None], "the gradient")
        with told_apart(submission, lambda: submission.softmax_cross_entropy_gradient(*TEN)):
            assert_close(got, right, what="the gradient at huge logits", atol=1e-12)
