"""Hidden checks of the activations: values, laws, derivatives by differences, each stage of a decomposition.

Expected values come from forms that are exact far out, derivatives from central differences of them.
Stages are compared where |z| is at most 6: farther out, single precision may lose half of its digits in
a stage without being wrong.
"""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    Decomposition,
    Submission,
    arrays,
    assert_close,
    assert_stages,
    assert_value,
    criterion,
    decomposition,
    in_company,
    in_fortran_order,
    spread,
    with_gaps,
)


def anchored(z: np.ndarray) -> np.ndarray:
    """z with one entry near 0, where all is of size 1: what rounding may do to 1 - tanh² is of that size too."""
    z.flat[0] = np.copysign(0.5, z.flat[0])
    return z


shapes = st.sampled_from([(1,), (5,), (2, 3), (2, 1, 2)])
points = arrays(shapes, 0.2, 6.0).map(anchored)
wide_points = arrays(shapes, 0.2, 20.0).map(anchored)
# Not as many below 0 as above, so that no choice by the mean or the sum fits.
FAR = np.array([[-1000.0, -900.0, -100.0], [0.5, -0.5, 0.0], [100.0, 750.0, 1000.0]])

Function = Callable[[np.ndarray], np.ndarray]


def asked(function: Callable[..., object], z: np.ndarray, value: Callable | None = None) -> object:
    """The submission's answer, between calls with other arrays of this shape, and in two memory orders.

    Of a derivative, after the function's `value` there. Before all of them the same numbers come in another shape, so
    that what is remembered by the numbers alone has the wrong shape.
    """
    function(z[np.newaxis])
    given = [with_gaps(z) if z.ndim == 1 else in_fortran_order(z)]
    return in_company(function, given, [3.0 - z], value and (lambda: value(3.0 - z)))


def sigmoid(z: np.ndarray) -> np.ndarray:
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1) / (1 + small)


def relu(z: np.ndarray) -> np.ndarray:
    return (z + np.abs(z)) / 2


def slope(function: Function, z: np.ndarray) -> np.ndarray:
    """The derivative by central differences, entry by entry."""
    return (function(z + 1e-5) - function(z - 1e-5)) / 2e-5


def both_signs(z: np.ndarray) -> np.ndarray:
    """z and −z in one array, lest the rectifier be 0 throughout."""
    return np.concatenate([z, -z])


def program_of(answer: object, function: Function, z: np.ndarray, least: int = 2) -> Decomposition:
    """The submission's decomposition, once its value is found right at z."""
    program = decomposition(answer, least=least)
    assert_value(program, function(z), z=z)
    return program


def assert_chain(program: Decomposition, local: object, function: Function, z: np.ndarray) -> None:
    chain = program.gradient(local, z=z)["z"]
    assert_close(chain, slope(function, z), what="the product of local derivatives, summed over all paths")


# Sigmoid


@criterion("activations.sigmoid.value")
@given(z=wide_points)
@settings(max_examples=5)
def test_sigmoid_at_any_point(submission: Submission, z):
    """Return 1 / (1 + exp(-z)), entry by entry, for arrays of any shape.

    Catches: the sign of the exponent, tanh for σ, a shape that is taken for granted.
    """
    assert_close(asked(submission.sigmoid, z), sigmoid(z), what="sigmoid(z)")


@criterion("activations.sigmoid.value")
def test_sigmoid_is_stable(submission: Submission):
    """Return 0, 1 and what lies between, for entries up to 1000 in one array.

    Catches: infinity over infinity, one form chosen for all entries alike.
    """
    assert_close(submission.sigmoid(FAR), sigmoid(FAR), what="sigmoid(z)")


@criterion("activations.sigmoid.value")
@given(z=wide_points)
@settings(max_examples=3)
def test_sigmoid_is_its_own_complement(submission: Submission, z):
    """Have σ(z) and σ(-z) add up to 1.

    Catches: a base other than e, a shift.
    """
    for point in (z, -z):
        assert_close(submission.sigmoid(point), 1 - sigmoid(-point), what="sigmoid(z)")


@criterion("activations.sigmoid.derivative")
@given(z=points)
@settings(max_examples=5)
def test_the_derivative_of_sigmoid_at_any_point(submission: Submission, z):
    """Return the slope of σ at z, entry by entry.

    Catches: z (1 - z), the sigmoid taken twice, a missing factor 1 - σ.
    """
    assert_close(asked(submission.sigmoid_derivative, z, submission.sigmoid), slope(sigmoid, z), what="sigmoid'(z)")


@criterion("activations.sigmoid.derivative")
def test_the_derivative_of_sigmoid_is_stable(submission: Submission):
    """Return 1/4 at 0, the same at z and -z, and 0 far out.

    Catches: infinity over infinity.
    """
    assert_close(submission.sigmoid_derivative(FAR), sigmoid(FAR) * sigmoid(-FAR), what="sigmoid'(z)")


@criterion("activations.sigmoid.decomposition")
@given(z=wide_points)
@settings(max_examples=5)
def test_the_stages_of_sigmoid(submission: Submission, z):
    """Take the sigmoid apart into elementary stages, the last of which has its value.

    Catches: the function itself as a stage, a stage left out, in the wrong place or unused.
    """
    program_of(submission.sigmoid_decomposition(), sigmoid, z)


@criterion("activations.sigmoid.decomposition")
def test_the_stages_of_sigmoid_up_to_20(submission: Submission):
    """Have a decomposition that holds from -20 to 20.

    Catches: a series cut off.
    """
    program_of(submission.sigmoid_decomposition(), sigmoid, np.linspace(-20, 20, 9))


@criterion("activations.sigmoid.local")
@given(z=points)
@settings(max_examples=5)
def test_the_local_derivatives_of_sigmoid(submission: Submission, z):
    """Return each stage's own derivative, by each operand that is a name.

    Catches: a sign, a square or the chain rule in the wrong place, a derivative taken at the stage's value.
    """
    program = program_of(submission.sigmoid_decomposition(), sigmoid, z)
    local = asked(submission.sigmoid_local_derivatives, z)
    assert_stages(program, local, z=z)
    assert_chain(program, local, sigmoid, z)


# Tanh


@criterion("activations.tanh.value")
@given(z=wide_points)
@settings(max_examples=5)
def test_tanh_at_any_point(submission: Submission, z):
    """Return tanh(z), entry by entry, for arrays of any shape.

    Catches: the sign, z/2 or 2z for z, the quotient upside down.
    """
    assert_close(asked(submission.tanh, z), np.tanh(z), what="tanh(z)")


@criterion("activations.tanh.value")
def test_tanh_is_stable(submission: Submission):
    """Return -1, 1 and what lies between, for entries up to 1000 in one array.

    Catches: infinity over infinity, one form chosen for all entries alike.
    """
    assert_close(submission.tanh(FAR), np.tanh(FAR), what="tanh(z)")


@criterion("activations.tanh.value")
@given(z=points)
@settings(max_examples=3)
def test_tanh_is_a_stretched_sigmoid(submission: Submission, z):
    """Have tanh(z) = 2 σ(2z) - 1, and tanh(-z) = -tanh(z).

    Catches: σ(z) stretched to -1 and 1 without the 2z.
    """
    for point in (z, -z):
        assert_close(submission.tanh(point), 2 * sigmoid(2 * point) - 1, what="tanh(z)")


@criterion("activations.tanh.derivative")
@given(z=points)
@settings(max_examples=5)
def test_the_derivative_of_tanh_at_any_point(submission: Submission, z):
    """Return the slope of tanh at z, entry by entry.

    Catches: 1 - z², 1 - tanh(z), tanh taken twice, one path of two.
    """
    assert_close(asked(submission.tanh_derivative, z, submission.tanh), slope(np.tanh, z), what="tanh'(z)")


@criterion("activations.tanh.derivative")
def test_the_derivative_of_tanh_is_stable(submission: Submission):
    """Return 1 at 0, the same at z and -z, and 0 far out.

    Catches: infinity over infinity.
    """
    expected = 4 * sigmoid(2 * FAR) * sigmoid(-2 * FAR)
    assert_close(submission.tanh_derivative(FAR), expected, what="tanh'(z)")


@criterion("activations.tanh.decomposition")
@given(z=wide_points)
@settings(max_examples=5)
def test_the_stages_of_tanh(submission: Submission, z):
    """Take tanh apart into elementary stages, the last of which has its value.

    Catches: the function itself as a stage, a stage left out, in the wrong place or unused.
    """
    program_of(submission.tanh_decomposition(), np.tanh, z)


@criterion("activations.tanh.decomposition")
def test_the_stages_of_tanh_up_to_20(submission: Submission):
    """Have a decomposition that holds from -20 to 20.

    Catches: a series cut off.
    """
    program_of(submission.tanh_decomposition(), np.tanh, np.linspace(-20, 20, 9))


@criterion("activations.tanh.local")
@given(z=points)
@settings(max_examples=5)
def test_the_local_derivatives_of_tanh(submission: Submission, z):
    """Return each stage's own derivative, by each operand that is a name.

    Catches: the quotient rule without its sign or square, one operand of two, the chain rule too early.
    """
    program = program_of(submission.tanh_decomposition(), np.tanh, z)
    local = asked(submission.tanh_local_derivatives, z)
    assert_stages(program, local, z=z)
    assert_chain(program, local, np.tanh, z)


# ReLU


@criterion("activations.relu.value")
@given(z=wide_points)
@settings(max_examples=5)
def test_relu_at_any_point(submission: Submission, z):
    """Return z where it is positive and 0 elsewhere, for arrays of any shape.

    Catches: the absolute value, the wrong half cut off, a leak below 0.
    """
    both = both_signs(z)
    assert_close(asked(submission.relu, both), relu(both), what="relu(z)")


@criterion("activations.relu.value")
def test_relu_is_unbounded(submission: Submission):
    """Return positive entries as they are, however large, and 0 for 0.

    Catches: a rectifier capped at 1 or 6, one sign taken for all entries, or for all of a last axis.
    """
    assert_close(submission.relu(FAR), relu(FAR), what="relu(z)")
    deep = spread((2, 3, 2, 4), seed=3)
    assert_close(submission.relu(deep), relu(deep), what="relu(z)")


@criterion("activations.relu.value")
@given(z=points)
@settings(max_examples=3)
def test_relu_parts_make_up_z(submission: Submission, z):
    """Have relu(z) - relu(-z) = z.

    Catches: a smoothed rectifier.
    """
    both = both_signs(z)
    assert_close(submission.relu(both), both + relu(-both), what="relu(z)")


@criterion("activations.relu.derivative")
@given(z=wide_points)
@settings(max_examples=5)
def test_the_derivative_of_relu_at_any_point(submission: Submission, z):
    """Return 1 where z is positive and 0 where it is negative.

    Catches: a leak below 0, the sign of z, the function in place of its derivative.
    """
    both = both_signs(z)
    got = asked(submission.relu_derivative, both, submission.relu)
    assert_close(got, slope(relu, both), what="relu'(z)")


@criterion("activations.relu.derivative")
def test_the_derivative_of_relu_far_out_and_at_zero(submission: Submission):
    """Return 0 and 1 far out, and anything from 0 to 1 at 0.

    Catches: z/|z|, which is nan at 0, a derivative that grows with z.
    """
    far = FAR[FAR != 0]
    assert_close(submission.relu_derivative(far), (far > 0).astype(float), what="relu'(z)")
    at_zero = submission.relu_derivative(np.zeros((2, 1)))
    assert_close(at_zero, np.full((2, 1), 0.5), what="relu'(0), which may be anything from 0 to 1,", atol=0.5)


@criterion("activations.relu.decomposition")
@given(z=wide_points)
@settings(max_examples=5)
def test_the_stages_of_relu(submission: Submission, z):
    """Write the rectifier as elementary stages, the last of which has its value.

    Catches: the function itself as a stage, the wrong half cut off, |z|.
    """
    both = both_signs(z)
    program_of(submission.relu_decomposition(), relu, both, least=1)


@criterion("activations.relu.local")
@given(z=points)
@settings(max_examples=5)
def test_the_local_derivatives_of_relu(submission: Submission, z):
    """Return each stage's own derivative, by each operand that is a name.

    Catches: a leak below 0, the stage's value in place of its derivative.
    """
    both = both_signs(z)
    program = program_of(submission.relu_decomposition(), relu, both, least=1)
    local = asked(submission.relu_local_derivatives, both)
    assert_stages(program, local, z=both)
    assert_chain(program, local, relu, both)


@criterion("activations.relu.local")
def test_the_local_derivatives_of_relu_at_its_kink(submission: Submission):
    """Return a derivative between those on both sides at z = 0.

    Catches: nan at 0, a slope beyond both sides.
    """
    z = np.array([-1.0, 0.0, 2.0])
    program = program_of(submission.relu_decomposition(), relu, z, least=1)
    assert_stages(program, submission.relu_local_derivatives(z), z=z)
