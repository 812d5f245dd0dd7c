"""Public checks of circular correlation: a few numbers that one can find by hand, and one law."""

import numpy as np

from grader.checks import assert_adjoint, assert_close, criterion, evaluated, fail, numbers, spread

X = np.array([1.0, 2.0, 0.0])
Y = np.array([3.0, 5.0, 7.0])
# One digit for each entry of z, so that one sees in a sum where its parts come from.
V = np.array([1.0, 10.0, 100.0])


def products(submission, x: np.ndarray, y: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the submission's x_bar and y_bar as arrays."""
    pair = submission.vjp(x, y, v)
    rows = list(pair) if isinstance(pair, tuple | list) or np.ndim(pair) == 2 else []
    if len(rows) != 2:
        fail("vjp does not return a pair of arrays (x_bar, y_bar)", f"got: {pair!r:.300}")
    return rows[0], rows[1]


def assert_coefficient(function, k, i, expected, *, what):
    """Compare a coefficient, given as a number or as a formula."""
    answer = function(X, Y, k, i)
    assert_close(evaluated(answer, what=what, x=X, y=Y, k=k, i=i, n=len(X)), expected, what=what)


def matrix(answer, x, y, *, what):
    """Return a Jacobian; of the formula of its entries, their values."""
    if not isinstance(answer, str):
        return answer
    lags = range(len(x))
    return [[evaluated(answer, what=what, x=x, y=y, k=k, i=i, n=len(x)) for i in lags] for k in lags]


@criterion("correlation.forward.direction")
def test_a_signal_that_ends_early_is_read_forwards(submission):
    """Return z[k] = x[0] y[k] + x[1] y[k + 1] where nothing wraps around.

    Catches: convolution.
    """
    y = np.array([0.0, 5.0, 7.0])
    # 1·0 + 2·5, 1·5 + 2·7, 1·7 + 2·0
    confusions = {"This is convolution: y is read backwards.": [14.0, 5.0, 17.0]}
    assert_close(
        submission.circular_correlation(X, y), [10.0, 19.0, 7.0], what="the correlation", confusions=confusions
    )


@criterion("correlation.forward.wrap")
def test_the_products_of_all_lags_add_up(submission):
    """Have the sum of z equal the sum of x times the sum of y: no product is lost at the end.

    Catches: signals that are cut off at their end.
    """
    total = np.sum(numbers(submission.circular_correlation(X, Y), what="the correlation"))
    confusions = {"The signals do not wrap around: products with i + k >= n are missing.": 13.0 + 19.0 + 7.0}
    assert_close(total, 3.0 * 15.0, what="the sum of the correlation", confusions=confusions)


@criterion("correlation.coefficients.dx")
def test_coefficients_by_x_by_hand(submission):
    """Return the number that x[i] is multiplied by in z[k].

    Catches: the index k - i, no wrap-around.
    """
    assert_coefficient(submission.dz_dx, 0, 2, 7.0, what="∂z[0]/∂x[2]")
    assert_coefficient(submission.dz_dx, 2, 2, 5.0, what="∂z[2]/∂x[2]")


@criterion("correlation.coefficients.dy")
def test_coefficients_by_y_by_hand(submission):
    """Return the number that y[i] is multiplied by in z[k].

    Catches: the index k - i, no wrap-around.
    """
    # z[0] = x[0] y[0] + x[1] y[1] + …, and z[2] = x[0] y[2] + x[1] y[0] + …
    assert_coefficient(submission.dz_dy, 0, 1, 2.0, what="∂z[0]/∂y[1]")
    assert_coefficient(submission.dz_dy, 2, 0, 2.0, what="∂z[2]/∂y[0]")


@criterion("correlation.jacobians.x")
def test_the_jacobian_by_x_by_hand(submission):
    """Return, in row k and column i, the number that x[i] is multiplied by in z[k].

    Catches: the index k - i, no wrap-around.
    """
    expected = [[3.0, 5.0, 7.0], [5.0, 7.0, 3.0], [7.0, 3.0, 5.0]]
    confusions = {"The index is k - i; x[i] is multiplied by y[(i + k) mod n].": [[3, 7, 5], [5, 3, 7], [7, 5, 3]]}
    got = matrix(submission.jacobian_x(X, Y), X, Y, what="the Jacobian by x")
    assert_close(got, expected, what="the Jacobian by x", confusions=confusions)


@criterion("correlation.jacobians.y")
def test_the_jacobian_by_y_by_hand(submission):
    """Return, in row k and column i, the number that y[i] is multiplied by in z[k].

    Catches: the transposed matrix, no wrap-around.
    """
    expected = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 2.0], [2.0, 0.0, 1.0]])
    confusions = {"This is transposed: there is one row for each k.": expected.T}
    got = matrix(submission.jacobian_y(X, Y), X, Y, what="the Jacobian by y")
    assert_close(got, expected, what="the Jacobian by y", confusions=confusions)


@criterion("correlation.products.x_bar")
def test_x_bar_weighs_each_row_by_v(submission):
    """Return 1, 10 and 100 times the rows of the Jacobian by x, added up.

    Catches: the Jacobian without v, the pair exchanged.
    """
    x_bar, _ = products(submission, X, Y, V)
    assert_close(x_bar, [753.0, 375.0, 537.0], what="x_bar")


@criterion("correlation.products.y_bar")
def test_y_bar_weighs_each_row_by_v(submission):
    """Return 1, 10 and 100 times the rows of the Jacobian by y, added up.

    Catches: the Jacobian not transposed, the pair exchanged.
    """
    _, y_bar = products(submission, X, Y, V)
    confusions = {"The Jacobian is not transposed: v weighs its columns.": [21.0, 210.0, 102.0]}
    assert_close(y_bar, [201.0, 12.0, 120.0], what="y_bar", confusions=confusions)


@criterion("correlation.products.x_bar")
def test_x_bar_passes_the_dot_product_test(submission):
    """Have <J u, v> equal <u, x_bar> for any u.

    Catches: every wrong x_bar.
    """
    y, v, u = spread((3, 6), seed=1)
    forward = [np.roll(y, -k) @ u for k in range(6)]  # z is linear in x, so J u is z of u
    x_bar, _ = products(submission, spread(6, seed=2), y, v)
    assert_adjoint(forward=forward, v=v, u=u, backward=numbers(x_bar, what="x_bar"), what="<u, x_bar> beside <J u, v>")


@criterion("correlation.products.y_bar")
def test_y_bar_passes_the_dot_product_test(submission):
    """Have <J u, v> equal <u, y_bar> for any u.

    Catches: every wrong y_bar.
    """
    x, v, u = spread((3, 6), seed=1)
    forward = [x @ np.roll(u, -k) for k in range(6)]  # z is linear in y, so J u is z with u for y
    _, y_bar = products(submission, x, spread(6, seed=2), v)
    assert_adjoint(forward=forward, v=v, u=u, backward=numbers(y_bar, what="y_bar"), what="<u, y_bar> beside <J u, v>")
