"""Hidden checks of circular correlation and its Jacobians: laws, the FFT, derivatives by differences.

Signals have three entries at least: with one or two, correlation is convolution and both Jacobians are
symmetric. Correlation is linear in each signal, so that differences are exact for steps of size 1 and
lose nothing in single precision. Expected values come from the formula by loops, or from a law.
"""

import itertools
from collections.abc import Callable, Iterator

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    arrays,
    assert_close,
    criterion,
    evaluated,
    fail,
    in_company,
    numbers,
    numeric_jacobian,
    pairs_at_edges,
    spread,
    with_gaps,
)

seeds = st.integers(0, 2**32 - 1)
lengths = st.integers(3, 7)
signals = arrays(st.tuples(lengths))
LONG = spread((12,), seed=3)


def asked(function: Callable, *signals: np.ndarray) -> object:
    """The submission's answer, between calls with other signals of this length, and for views with gaps in memory."""
    return in_company(function, [with_gaps(signal) for signal in signals], [signal[::-1] + 3.0 for signal in signals])


def another(signal: np.ndarray, seed: int) -> np.ndarray:
    return spread(signal.shape, seed)


def correlate(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    n = len(x)
    return np.array([sum(x[i] * y[(i + k) % n] for i in range(n)) for k in range(n)])


def convolve(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    n = len(x)
    return np.array([sum(x[i] * y[(k - i) % n] for i in range(n)) for k in range(n)])


def right_x(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """∂z[k]/∂x[i] by differences of the formula itself."""
    return numeric_jacobian(lambda signal: correlate(signal, y), x, step=1.0)


def right_y(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """∂z[k]/∂y[i] by differences of the formula itself."""
    return numeric_jacobian(lambda signal: correlate(x, signal), y, step=1.0)


def edges() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Pairs of signals, of which one is at an edge, in words and numbers."""
    return pairs_at_edges(5, far=1e4)


def taken(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both Jacobians, by the definition: y at i + k, and x at i − k."""
    k, i = np.indices((len(x), len(x)))
    return y[(i + k) % len(x)], x[(i - k) % len(x)]


# Forward


@criterion("correlation.forward.direction")
@given(x=arrays((2,)), y=signals)
@settings(max_examples=4)
def test_it_reads_y_forwards(submission, x, y):
    """Multiply x[i] by y[i + k], on signals for which nothing wraps around.

    Catches: convolution, the roles of x and y exchanged.
    """
    # x holds only its first two entries and y starts with 0, so no product reaches over the end.
    x, y = np.append(x, np.zeros(len(y) - 2)), np.append(0, y[1:])
    assert_close(submission.circular_correlation(x, y), correlate(x, y), what="the correlation")


@criterion("correlation.forward.direction")
@given(x=signals, shift=st.integers(0, 2))
@settings(max_examples=4)
def test_it_is_largest_at_the_shift(submission, x, shift):
    """Be largest at lag k where y is x moved to the right by k.

    Catches: convolution, the roles of x and y exchanged.
    """
    # Room enough that neither the moved signal nor the lags up to len(x) reach over the end.
    padded = np.append(x, np.zeros(len(x)))
    z = numbers(submission.circular_correlation(padded, np.roll(padded, shift)), what="the correlation")
    if z.shape != padded.shape:
        fail("the correlation has the wrong shape", f"expected {padded.shape}, got {z.shape}")
    largest = int(np.argmax(z[: len(x)]))
    if largest != shift:
        fail("the correlation with a moved copy is not largest where the copy is", f"z = {z}, at {shift}: {z[shift]}")


@criterion("correlation.forward.direction")
@given(seed=seeds)
@settings(max_examples=1)
def test_signals_may_be_in_single_precision(submission, seed):
    """Correlate signals whose numbers take four bytes each, and for which nothing wraps around.

    Catches: bytes that are read as those of double precision.
    """
    x, y = spread((5,), seed).astype(np.float32), spread((5,), seed + 1).astype(np.float32)
    x[2:] = y[0] = 0
    got = submission.circular_correlation(x, y)
    assert_close(got, correlate(x, y), what="the correlation of signals in single precision", rtol=1e-5, atol=1e-5)


@criterion("correlation.forward.wrap")
@given(x=signals, seed=seeds)
@example(x=LONG, seed=1)
@example(x=1000 * LONG, seed=1)
@settings(max_examples=5)
def test_products_reach_around_the_end(submission, x, seed):
    """Take part of the products from around the end of y.

    Catches: signals padded with zeros or cut off at their end, the full and valid modes of np.correlate, results that
    are clipped.
    """
    y = another(x, seed)
    got = numbers(asked(submission.circular_correlation, x, y), what="the correlation")
    if got.shape != x.shape:
        fail("the correlation has the wrong shape", f"expected {x.shape}, got {got.shape}")
    # Which way y is read is another criterion's question: the nearest of the circular forms counts.
    circular = (correlate(x, y), convolve(x, y), correlate(y, x))
    nearest = min(circular, key=lambda z: float(np.abs(z - got).max()))
    assert_close(got, nearest, what="the correlation")


@criterion("correlation.forward.wrap")
def test_one_entry_is_a_product(submission):
    """Give the product for signals of one entry.

    Catches: a signal of length 1 that is not thought of.
    """
    assert_close(submission.circular_correlation(np.array([3.0]), np.array([-2.0])), [-6.0], what="the correlation")


@criterion("correlation.forward.wrap")
def test_the_correlation_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the correlation of signals of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, x, y in edges():
        got = numbers(submission.circular_correlation(x, y), what="the correlation")
        # Which way y is read is another criterion's question: the nearest of the circular forms counts.
        forms = [taken(x, y)[0] @ x, taken(y, x)[1].T @ x, taken(y, x)[0] @ y]
        right = min(forms, key=lambda z, got=got: float(np.abs(z - got).max())) if got.shape == x.shape else forms[0]
        assert_close(got, right, what=f"the correlation for {what}")


# Coefficients


def coefficient(function: Callable, x: np.ndarray, y: np.ndarray, k: int, i: int) -> object:
    """One coefficient; of a formula, its value."""
    return value_of(function(x, y, k, i), x, y, k, i)


def value_of(answer: object, x: np.ndarray, y: np.ndarray, k: int, i: int) -> object:
    return evaluated(answer, what="the coefficient", x=x, y=y, k=k, i=i, n=len(x))


def table(signal: np.ndarray, lag: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
    """The entries of a signal at the index that `lag` gives of k and i, modulo its length."""
    return np.take(signal, lag(*np.indices((len(signal),) * 2)) % len(signal))


def coefficients(function: Callable, x: np.ndarray, y: np.ndarray) -> list[list[object]]:
    """The submission's coefficients, row k, column i; each must be one number, or a formula of it."""
    answers = [[function(x, y, k, i) for i in range(len(x))] for k in range(len(x))]
    if len(texts := {each for each in itertools.chain.from_iterable(answers) if isinstance(each, str)}) > 1:
        fail("the formula of a coefficient is not the same for all k and i", f"got: {sorted(texts)!r:.200}")
    rows = [[value_of(each, x, y, k, i) for i, each in enumerate(row)] for k, row in enumerate(answers)]
    for value in itertools.chain.from_iterable(rows):
        if numbers(value, what="a coefficient").shape != ():
            fail("a coefficient is not one number", f"got {value!r:.200}")
    return rows


@criterion("correlation.coefficients.dx")
@given(x=arrays((4,)), y=arrays((4,)))
@settings(max_examples=2)
def test_each_coefficient_by_x_is_right(submission, x, y):
    """Return ∂z[k]/∂x[i] for every k and i.

    Catches: the index k - i, no wrap-around, the derivative by y, a text of its own for each k and i.
    """
    got = coefficients(submission.dz_dx, x, y)
    confusions = {
        "The index is k - i; in z[k], x[i] is multiplied by y[(i + k) mod n].": table(y, lambda k, i: k - i),
        "The index is i - k; in z[k], x[i] is multiplied by y[(i + k) mod n].": table(y, lambda k, i: i - k),
        "This is x itself; z is linear in x, so the derivative by x holds y.": table(x, lambda k, i: i + k),
    }
    assert_close(got, right_x(x, y), what="the table of ∂z[k]/∂x[i]", confusions=confusions)


@criterion("correlation.coefficients.dy")
@given(x=arrays((4,)), y=arrays((4,)))
@settings(max_examples=2)
def test_each_coefficient_by_y_is_right(submission, x, y):
    """Return ∂z[k]/∂y[i] for every k and i.

    Catches: the index k - i, the index i + k as for x, no wrap-around.
    """
    got = coefficients(submission.dz_dy, x, y)
    confusions = {
        "The index is k - i; in z[k], y[i] is multiplied by x[(i - k) mod n].": table(x, lambda k, i: k - i),
        "The index is i + k, as for x; in z[k], y[i] is multiplied by x[(i - k) mod n].": table(x, lambda k, i: i + k),
    }
    assert_close(got, right_y(x, y), what="the table of ∂z[k]/∂y[i]", confusions=confusions)


@criterion("correlation.coefficients.dx")
@given(y=signals, seed=seeds)
@settings(max_examples=2)
def test_the_coefficients_by_x_do_not_depend_on_x(submission, y, seed):
    """Return y[(i + k) mod n], whatever x is, for signals of other lengths too.

    Catches: a length that is taken for granted.
    """
    k, i = len(y) - 1, len(y) - 2
    for x in (another(y, seed), another(y, seed + 1)):
        assert_close(coefficient(submission.dz_dx, x, y, k, i), y[len(y) - 3], what="∂z[k]/∂x[i]")


@criterion("correlation.coefficients.dy")
@given(x=signals, seed=seeds)
@settings(max_examples=2)
def test_the_coefficients_by_y_do_not_depend_on_y(submission, x, seed):
    """Return x[(i - k) mod n], whatever y is, for signals of other lengths too.

    Catches: a length that is taken for granted, a negative index left as it is in the wrong place.
    """
    k, i = len(x) - 1, 0
    for y in (another(x, seed), another(x, seed + 1)):
        assert_close(coefficient(submission.dz_dy, x, y, k, i), x[1], what="∂z[k]/∂y[i]")


@criterion("correlation.coefficients.dx")
def test_a_coefficient_by_x_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for signals of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, indices of eight bits.
    """
    for what, x, y in edges():
        for k, i in ((0, 0), (len(x) - 1, len(x) // 2)):
            got = coefficient(submission.dz_dx, x, y, k, i)
            assert_close(got, taken(x, y)[0][k, i], what=f"∂z[k]/∂x[i] for {what}")


@criterion("correlation.coefficients.dy")
def test_a_coefficient_by_y_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for signals of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, indices of eight bits.
    """
    for what, x, y in edges():
        for k, i in ((0, 0), (len(x) - 1, len(x) // 2)):
            got = coefficient(submission.dz_dy, x, y, k, i)
            assert_close(got, taken(x, y)[1][k, i], what=f"∂z[k]/∂y[i] for {what}")


# Matrices


def matrix(answer: object, x: np.ndarray, y: np.ndarray, *, what: str) -> object:
    """A Jacobian; of the formula of its entries, their values."""
    if not isinstance(answer, str):
        return answer
    lags = range(len(x))
    return [[evaluated(answer, what=what, x=x, y=y, k=k, i=i, n=len(x)) for i in lags] for k in lags]


@criterion("correlation.jacobians.x")
@given(x=signals, seed=seeds)
@example(x=LONG, seed=1)
@settings(max_examples=4)
def test_the_jacobian_by_x_is_right(submission, x, seed):
    """Return the matrix of ∂z[k]/∂x[i], row k, column i.

    Catches: the index k - i, no wrap-around, the derivative by y.
    """
    y = another(x, seed)
    got = matrix(asked(submission.jacobian_x, x, y), x, y, what="the Jacobian by x")
    assert_close(got, right_x(x, y), what="the Jacobian by x")


@criterion("correlation.jacobians.y")
@given(x=signals, seed=seeds)
@example(x=LONG, seed=1)
@settings(max_examples=4)
def test_the_jacobian_by_y_is_right(submission, x, seed):
    """Return the matrix of ∂z[k]/∂y[i], row k, column i.

    Catches: the transposed matrix, the index i + k as for x, no wrap-around.
    """
    y = another(x, seed)
    got = matrix(asked(submission.jacobian_y, x, y), x, y, what="the Jacobian by y")
    assert_close(got, right_y(x, y), what="the Jacobian by y")


@criterion("correlation.jacobians.x")
def test_signals_of_the_jacobian_by_x_may_be_in_single_precision(submission):
    """Return it for signals whose numbers take four bytes each.

    Catches: bytes that are read as those of double precision.
    """
    x, y = spread((5,), 1).astype(np.float32), spread((5,), 2).astype(np.float32)
    got = matrix(submission.jacobian_x(x, y), x, y, what="the Jacobian by x")
    assert_close(got, taken(x, y)[0], what="the Jacobian by x in single precision")


@criterion("correlation.jacobians.y")
def test_signals_of_the_jacobian_by_y_may_be_in_single_precision(submission):
    """Return it for signals whose numbers take four bytes each.

    Catches: bytes that are read as those of double precision.
    """
    x, y = spread((5,), 1).astype(np.float32), spread((5,), 2).astype(np.float32)
    got = matrix(submission.jacobian_y(x, y), x, y, what="the Jacobian by y")
    assert_close(got, taken(x, y)[1], what="the Jacobian by y in single precision")


@criterion("correlation.jacobians.x")
def test_the_jacobian_by_x_of_one_entry_is_y(submission):
    """Return [[y]] for signals of one entry.

    Catches: a signal of length 1 that is not thought of.
    """
    x, y = np.array([3.0]), np.array([-2.0])
    got = matrix(submission.jacobian_x(x, y), x, y, what="the Jacobian by x")
    assert_close(got, [[-2.0]], what="the Jacobian by x")


@criterion("correlation.jacobians.y")
def test_the_jacobian_by_y_of_one_entry_is_x(submission):
    """Return [[x]] for signals of one entry.

    Catches: a signal of length 1 that is not thought of.
    """
    x, y = np.array([3.0]), np.array([-2.0])
    got = matrix(submission.jacobian_y(x, y), x, y, what="the Jacobian by y")
    assert_close(got, [[3.0]], what="the Jacobian by y")


@criterion("correlation.jacobians.x")
def test_the_jacobian_by_x_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for signals of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, indices of eight bits.
    """
    assert_jacobians(submission.jacobian_x, "x")


@criterion("correlation.jacobians.y")
def test_the_jacobian_by_y_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for signals of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, indices of eight bits.
    """
    assert_jacobians(submission.jacobian_y, "y")


def assert_jacobians(function: Callable, name: str) -> None:
    for what, x, y in edges():
        answer, right = function(x, y), taken(x, y)["xy".index(name)]
        # Of a formula, each entry is worked out by itself: the greatest take too long, and coefficients show them.
        if not (isinstance(answer, str) and len(x) > 20):
            got = matrix(answer, x, y, what="the Jacobian")
            assert_close(got, right, what=f"the Jacobian by {name} for {what}")
