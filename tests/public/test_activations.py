"""Public checks of the activations: numbers that one can find by hand, and the far ends."""

import numpy as np

from grader.checks import assert_close, assert_stages, assert_value, criterion, decomposition

# exp of these is 1/3, 1/2, 1, 2 and 3.
Z = np.log([[1 / 3, 1 / 2, 1.0, 2.0, 3.0]])
FAR = np.array([-1000.0, 1000.0])
SIGMOID = np.array([[1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4]])
TANH = np.array([[-4 / 5, -3 / 5, 0.0, 3 / 5, 4 / 5]])
RELU = np.maximum(Z, 0)
# Away from 0, where the rectifier has no derivative.
BENT = np.array([-3.0, -0.5, 0.5, 3.0])
STEP = np.array([0.0, 0.0, 1.0, 1.0])


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


@criterion("activations.sigmoid.value")
def test_sigmoid_by_hand(submission):
    """Return 1/4, 1/3, 1/2, 2/3 and 3/4 where exp(z) is 1/3, 1/2, 1, 2 and 3.

    Catches: the sign of the exponent.
    """
    confusions = {
        "The sign of the exponent is wrong: σ(z) = 1 / (1 + exp(−z)).": 1 - SIGMOID,
        "This is tanh(z).": TANH,
    }
    assert_close(submission.sigmoid(Z), SIGMOID, what="sigmoid(z)", confusions=confusions)


@criterion("activations.sigmoid.value")
def test_sigmoid_far_out(submission):
    """Return 0 and 1 at z = -1000 and 1000.

    Catches: exp(1000) / (1 + exp(1000)), which is infinity over infinity.
    """
    assert_close(submission.sigmoid(FAR), [0.0, 1.0], what="sigmoid(z) far out")


@criterion("activations.sigmoid.derivative")
def test_the_derivative_of_sigmoid_by_hand(submission):
    """Return σ'(z) at points where σ(z) is 1/4, 1/3, 1/2, 2/3 and 3/4.

    Catches: z (1 - z), the sigmoid taken twice.
    """
    confusions = {
        "This is z (1 − z); z is what goes into the sigmoid, not what comes out.": Z * (1 - Z),
        "The sigmoid is applied twice: take σ(z) once.": lambda: sigmoid(SIGMOID) * (1 - sigmoid(SIGMOID)),
        "This is the sigmoid itself.": SIGMOID,
        "The sign is wrong: the sigmoid rises everywhere.": -SIGMOID * (1 - SIGMOID),
    }
    expected = [[3 / 16, 2 / 9, 1 / 4, 2 / 9, 3 / 16]]
    assert_close(submission.sigmoid_derivative(Z), expected, what="σ'(z)", confusions=confusions)


@criterion("activations.sigmoid.derivative")
def test_the_derivative_of_sigmoid_far_out(submission):
    """Return 0 at z = -1000 and 1000.

    Catches: infinity over infinity.
    """
    assert_close(submission.sigmoid_derivative(FAR), [0.0, 0.0], what="σ'(z) far out", atol=1e-6)


@criterion("activations.sigmoid.decomposition")
def test_the_stages_of_sigmoid_come_to_the_sigmoid(submission):
    """Take the sigmoid apart into stages whose last one has its value.

    Catches: a stage in the wrong place.
    """
    program = decomposition(submission.sigmoid_decomposition(), least=2)
    confusions = {"The sign of the exponent is wrong: σ(z) = 1 / (1 + exp(−z)).": 1 - SIGMOID}
    assert_value(program, SIGMOID, confusions=confusions, z=Z)


@criterion("activations.sigmoid.local")
def test_each_stage_of_sigmoid_has_its_own_derivative(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: a chain rule applied too early, a sign or a square forgotten.
    """
    program = decomposition(submission.sigmoid_decomposition(), least=2)
    assert_stages(program, submission.sigmoid_local_derivatives(Z), z=Z)


@criterion("activations.tanh.value")
def test_tanh_by_hand(submission):
    """Return -4/5, -3/5, 0, 3/5 and 4/5 where exp(z) is 1/3, 1/2, 1, 2 and 3.

    Catches: the sign, z for 2z or z/2.
    """
    confusions = {
        "The sign is wrong: tanh rises.": -TANH,
        "This is 2 σ(z) − 1, which is tanh(z / 2).": 2 * SIGMOID - 1,
        "The quotient is upside down.": lambda: 1 / TANH,
        "This is σ(z).": SIGMOID,
    }
    assert_close(submission.tanh(Z), TANH, what="tanh(z)", confusions=confusions)


@criterion("activations.tanh.value")
def test_tanh_far_out(submission):
    """Return -1 and 1 at z = -1000 and 1000.

    Catches: the quotient of exponentials as it stands, which is infinity over infinity.
    """
    assert_close(submission.tanh(FAR), [-1.0, 1.0], what="tanh(z) far out")


@criterion("activations.tanh.derivative")
def test_the_derivative_of_tanh_by_hand(submission):
    """Return tanh'(z) at points where tanh(z) is ±4/5, ±3/5 and 0.

    Catches: 1 - z².
    """
    expected = np.array([[9 / 25, 16 / 25, 1.0, 16 / 25, 9 / 25]])
    confusions = {
        "This is 1 − z²; z is what goes into tanh, not what comes out.": 1 - Z**2,
        "tanh is applied twice: take tanh(z) once.": 1 - np.tanh(TANH) ** 2,
        "The square is missing: this is 1 − tanh(z).": 1 - TANH,
        "The sign is wrong: tanh rises everywhere.": -expected,
        "This is tanh(z) itself.": TANH,
        "This is σ'(z), the sigmoid's derivative.": SIGMOID * (1 - SIGMOID),
    }
    assert_close(submission.tanh_derivative(Z), expected, what="tanh'(z)", confusions=confusions)


@criterion("activations.tanh.derivative")
def test_the_derivative_of_tanh_far_out(submission):
    """Return 0 at z = -1000 and 1000.

    Catches: infinity over infinity.
    """
    assert_close(submission.tanh_derivative(FAR), [0.0, 0.0], what="tanh'(z) far out", atol=1e-6)


@criterion("activations.tanh.decomposition")
def test_the_stages_of_tanh_come_to_tanh(submission):
    """Take tanh apart into stages whose last one has its value.

    Catches: a stage in the wrong place.
    """
    program = decomposition(submission.tanh_decomposition(), least=2)
    confusions = {
        "The sign is wrong: tanh rises.": -TANH,
        "This is tanh(z / 2).": 2 * SIGMOID - 1,
        "The quotient is upside down.": lambda: 1 / TANH,
    }
    assert_value(program, TANH, confusions=confusions, z=Z)


@criterion("activations.tanh.local")
def test_each_stage_of_tanh_has_its_own_derivative(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: a chain rule applied too early, a sign or a square forgotten, one operand of two.
    """
    program = decomposition(submission.tanh_decomposition(), least=2)
    away = Z[Z != 0]
    assert_stages(program, submission.tanh_local_derivatives(away), z=away)


@criterion("activations.relu.value")
def test_relu_by_hand(submission):
    """Return z where it is positive, and 0 elsewhere.

    Catches: the absolute value, a leak below 0.
    """
    confusions = {
        "This is |z|: below 0 the rectifier is 0.": np.abs(Z),
        "This is min(z, 0): the wrong half is cut off.": np.minimum(Z, 0),
        "This is z itself: below 0 the rectifier is 0.": Z,
        "This is the derivative.": (Z > 0).astype(float),
    }
    assert_close(submission.relu(Z), RELU, what="relu(z)", confusions=confusions)
    assert_close(submission.relu(FAR), [0.0, 1000.0], what="relu(z) far out")


@criterion("activations.relu.derivative")
def test_the_derivative_of_relu_by_hand(submission):
    """Return 0 below zero and 1 above.

    Catches: a leak below 0, the function in place of its derivative.
    """
    confusions = {
        "This is the rectifier itself.": np.maximum(BENT, 0),
        "This is the sign of z: below 0 the rectifier is even.": np.sign(BENT),
        "This is 1 everywhere: below 0 the rectifier is even.": np.ones(4),
        "The halves are exchanged.": 1 - STEP,
    }
    assert_close(submission.relu_derivative(BENT), STEP, what="relu'(z)", confusions=confusions)


@criterion("activations.relu.derivative")
def test_the_derivative_of_relu_at_zero(submission):
    """Return any number from 0 to 1 at z = 0.

    Catches: nan from 0/0.
    """
    got = submission.relu_derivative(np.zeros(2))
    assert_close(got, [0.5, 0.5], what="relu'(0), which may be anything from 0 to 1,", atol=0.5)


@criterion("activations.relu.decomposition")
def test_the_stages_of_relu_come_to_relu(submission):
    """Write the rectifier as stages whose last one has its value.

    Catches: the wrong half cut off.
    """
    program = decomposition(submission.relu_decomposition())
    confusions = {"This is min(z, 0): the wrong half is cut off.": np.minimum(Z, 0)}
    assert_value(program, RELU, confusions=confusions, z=Z)


@criterion("activations.relu.local")
def test_each_stage_of_relu_has_its_own_derivative(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: a leak below 0.
    """
    program = decomposition(submission.relu_decomposition())
    assert_stages(program, submission.relu_local_derivatives(BENT), z=BENT)
