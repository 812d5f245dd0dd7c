"""Public checks of gradient norms: two layers that one can follow on paper."""

import numpy as np

from grader.checks import assert_close, criterion


@criterion("depth.norms.sigmoid")
def test_two_sigmoid_layers_on_paper(submission):
    """Follow an example through two layers of one unit each, with weights of 0.

    Catches: σ(z) for its derivative, the derivative of an activation left out.
    """
    # Each unit gives σ(0) = 1/2 and has the derivative 1/4: the last weight's gradient is 1/4 · 1/2, and nothing
    # gets through a weight of 0 to the first.
    confusions = {
        "σ(z) stands where its derivative σ(z) (1 − σ(z)) is asked for.": [0.0, 0.25],
        "The derivative of the last activation is left out.": [0.0, 0.5],
        "The norms are in the wrong order: the first layer's comes first.": [0.125, 0.0],
    }
    weights = [np.zeros((1, 1)), np.zeros((1, 1))]
    got = submission.gradient_norms(weights, np.array([2.0]), "sigmoid")
    assert_close(got, [0.0, 0.125], what="the norms for the activation 'sigmoid'", confusions=confusions)


@criterion("depth.norms.relu")
def test_two_relu_layers_on_paper(submission):
    """Follow an example through a ReLU layer of two units, one of them shut, and one of one unit.

    Catches: a unit that lets gradients through though it is shut, norms that are squared.
    """
    # z_1 = (2 · 2, −1 · 2) = (4, −2) and a_1 = (4, 0); a_2 = z_2 = 3 · 4. The gradient by W_2 is (4, 0), by W_1 3 · 2
    # for the open unit's weight and 0 for the other's.
    confusions = {
        "A shut unit (z < 0) lets nothing through on the way back either.": [np.hypot(6, 10), 4.0],
        "These are the squares of the norms.": [36.0, 16.0],
        "The norms are in the wrong order: the first layer's comes first.": [4.0, 6.0],
    }
    weights = [np.array([[2.0], [-1.0]]), np.array([[3.0, 5.0]])]
    got = submission.gradient_norms(weights, np.array([2.0]), "relu")
    assert_close(got, [6.0, 4.0], what="the norms for the activation 'relu'", confusions=confusions)
