"""Hidden checks of the activations at the edges of what they may be asked: small and large shapes, zeros, far numbers.

Expected values come from forms that are exact far out.
"""

from collections.abc import Callable, Iterator

import numpy as np

from grader.checks import (
    Submission,
    assert_close,
    assert_stages,
    assert_value,
    at_edges,
    criterion,
    decomposition,
    fail,
    numbers,
)

# Beside numbers of size 1: what is smaller may be lost where they are added.
NEAR_ONE = 1e-6

Function = Callable[[np.ndarray], np.ndarray]


def sigmoid(z: np.ndarray) -> np.ndarray:
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1) / (1 + small)


def sigmoid_slope(z: np.ndarray) -> np.ndarray:
    return sigmoid(z) * sigmoid(-z)


def tanh_slope(z: np.ndarray) -> np.ndarray:
    return 4 * sigmoid(2 * z) * sigmoid(-2 * z)


def relu(z: np.ndarray) -> np.ndarray:
    return (z + np.abs(z)) / 2


def anywhere(far: float, tiny: float = 1e-3) -> Iterator[tuple[str, np.ndarray]]:
    """Arrays at an edge and their words, also of one axis and of four."""
    yield from at_edges(3, 4, far=far, tiny=tiny).items()
    yield from at_edges(5, far=far, tiny=tiny).items()
    yield "four axes", at_edges(2, 3, 4, 2)["1 along axis 1"]


def assert_everywhere(function: Callable[..., object], right: Function, what: str) -> None:
    for edge, z in anywhere(far=1000.0):
        assert_close(function(z), right(z), what=f"{what} for {edge}", atol=NEAR_ONE)


def assert_local_everywhere(submission: Submission, name: str, right: Function, least: int = 2) -> None:
    # Farther out, single precision may lose half of its digits in a stage without being wrong.
    for _, z in anywhere(far=6.0, tiny=0.1):
        program = decomposition(getattr(submission, f"{name}_decomposition")(), least=least)
        assert_value(program, right(z), z=z)
        assert_stages(program, getattr(submission, f"{name}_local_derivatives")(z), z=z)


@criterion("activations.sigmoid.value")
def test_sigmoid_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the sigmoid of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_everywhere(submission.sigmoid, sigmoid, "sigmoid(z)")


@criterion("activations.sigmoid.derivative")
def test_the_derivative_of_sigmoid_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the slope for one entry and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_everywhere(submission.sigmoid_derivative, sigmoid_slope, "sigmoid'(z)")


@criterion("activations.sigmoid.local")
def test_the_stages_of_sigmoid_at_the_edges_of_what_they_may_be_asked(submission: Submission):
    """Return each stage's derivatives for one entry and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing.
    """
    assert_local_everywhere(submission, "sigmoid", sigmoid)


@criterion("activations.tanh.value")
def test_tanh_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return tanh of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_everywhere(submission.tanh, np.tanh, "tanh(z)")


@criterion("activations.tanh.derivative")
def test_the_derivative_of_tanh_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the slope for one entry and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_everywhere(submission.tanh_derivative, tanh_slope, "tanh'(z)")


@criterion("activations.tanh.local")
def test_the_stages_of_tanh_at_the_edges_of_what_they_may_be_asked(submission: Submission):
    """Return each stage's derivatives for one entry and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing.
    """
    assert_local_everywhere(submission, "tanh", np.tanh)


@criterion("activations.relu.value")
def test_relu_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the rectifier of one entry and of many, of zeros, of equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a threshold above 0, a clip.
    """
    for edge, z in anywhere(far=1e6, tiny=1e-6):
        assert_close(submission.relu(z), relu(z), what=f"relu(z) for {edge}")


@criterion("activations.relu.derivative")
def test_the_derivative_of_relu_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return 1 or 0 for one entry and for many, for equal, large and small numbers, and from 0 to 1 for zeros.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a threshold above 0, a clip.
    """
    for edge, z in anywhere(far=1e6, tiny=1e-6):
        got = numbers(submission.relu_derivative(z), what=f"relu'(z) for {edge}")
        if not z.any():
            if got.shape != z.shape or not ((got >= 0) & (got <= 1)).all():
                fail("relu'(0) is not a number from 0 to 1 at each place", f"for {z.shape}, got {got!r:.300}")
            continue
        assert_close(got, (z > 0).astype(float), what=f"relu'(z) for {edge}", atol=NEAR_ONE)


@criterion("activations.relu.local")
def test_the_stages_of_relu_at_the_edges_of_what_they_may_be_asked(submission: Submission):
    """Return each stage's derivatives for one entry and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, a slope at 0 beyond those on both sides.
    """
    assert_local_everywhere(submission, "relu", relu, least=1)
