"""Public checks of the counts: layers so small that one can draw them and count.

The numbers of the paper's own layers are not here: of those only the form is looked at.
"""

import numpy as np

from grader.checks import assert_close, criterion, evaluated, fail, numbers

# W has 2 rows and 3 columns.
DENSE = {"n": 3, "m": 2}
# x and its zeros are 0 0 x x x x x 0 0: a kernel of 3 has 7 places. There are 4 such kernels.
CONVOLUTION = {"n": 5, "maps": 4, "kernel": 3, "padding": 2}
PLACES = 7

BIAS = "A bias is counted; the layer has none."
MACS = "These are multiply-accumulates; count the multiplications and the additions."
OPERATIONS = "These are operations; a product and the addition of it are one multiply-accumulate."


def count(counts, key, what, sizes):
    """Return one count of what a function of the submission's returned."""
    if not isinstance(counts, dict) or key not in counts:
        fail(f'{what}: there is no dict with the entry "{key}"', f"got: {counts!r:.300}")
    return evaluated(counts[key], what=f'{what}["{key}"]', **sizes)


def assert_count(submission, function, sizes, key, expected, also=None, confusions=None):
    """Compare one count; `also` is right too."""
    what = f"{function}({', '.join(map(str, sizes.values()))})"
    got = count(getattr(submission, function)(*sizes.values()), key, what, sizes)
    if also is not None and np.shape(got) == () and got == also:
        return
    assert_close(got, expected, what=f'{what}["{key}"]', confusions=confusions)


def assert_number(submission, function, key):
    """Demand a whole number above 0, whichever."""
    got = numbers(count(getattr(submission, function)(), key, f"{function}()", {}), what=f'{function}()["{key}"]')
    if got.shape != () or np.iscomplexobj(got) or not got > 0 or got % 1 != 0:
        fail(f'{function}()["{key}"] is not a whole number above 0', f"got: {got}")


@criterion("counting.dense.outputs")
def test_the_outputs_of_a_dense_layer_by_hand(submission):
    """Return 2 outputs for a matrix of 2 rows and 3 columns.

    Catches: inputs for outputs.
    """
    assert_count(submission, "f_counts", DENSE, "outputs", 2, confusions={"These are the inputs.": 3})


@criterion("counting.dense.parameters")
def test_the_parameters_of_a_dense_layer_by_hand(submission):
    """Return 6 parameters for a matrix of 2 rows and 3 columns.

    Catches: a bias that is added.
    """
    assert_count(submission, "f_counts", DENSE, "parameters", 6, confusions={BIAS: 8})


@criterion("counting.dense.macs")
def test_the_multiply_accumulates_of_a_dense_layer_by_hand(submission):
    """Return 3 multiply-accumulates for each of 2 outputs.

    Catches: operations for multiply-accumulates.
    """
    assert_count(submission, "f_counts", DENSE, "macs", 6, confusions={OPERATIONS: 10})


@criterion("counting.dense.operations")
def test_the_operations_of_a_dense_layer_by_hand(submission):
    """Return 3 multiplications and 2 additions for each of 2 outputs; σ may be counted.

    Catches: multiply-accumulates for operations.
    """
    assert_count(submission, "f_counts", DENSE, "operations", 10, also=12, confusions={MACS: 6})


@criterion("counting.convolution.outputs")
def test_the_outputs_of_a_convolution_by_hand(submission):
    """Return 7 outputs for each of 4 feature maps.

    Catches: the padding forgotten or counted at one end only, one feature map only.
    """
    confusions = {
        "The padding is forgotten.": 4 * 3,
        "The padding is counted once; there are zeros at both ends.": 4 * 5,
        "These are the outputs of one feature map.": 7,
    }
    assert_count(submission, "g_counts", CONVOLUTION, "outputs", 4 * PLACES, confusions=confusions)


@criterion("counting.convolution.parameters")
def test_the_parameters_of_a_convolution_by_hand(submission):
    """Return 4 kernels of 3 numbers.

    Catches: a bias that is added, weights counted at each place.
    """
    confusions = {
        BIAS: 4 * 4,
        "The weights are counted at each place; all places share them.": 4 * PLACES * 3,
        "This is one kernel; each feature map has its own.": 3,
    }
    assert_count(submission, "g_counts", CONVOLUTION, "parameters", 12, confusions=confusions)


@criterion("counting.convolution.macs")
def test_the_multiply_accumulates_of_a_convolution_by_hand(submission):
    """Return 3 multiply-accumulates for each of 4 times 7 outputs.

    Catches: operations for multiply-accumulates, a matrix product's count.
    """
    assert_count(submission, "g_counts", CONVOLUTION, "macs", 4 * PLACES * 3, confusions={OPERATIONS: 4 * PLACES * 5})


@criterion("counting.convolution.operations")
def test_the_operations_of_a_convolution_by_hand(submission):
    """Return 3 multiplications and 2 additions for each of 4 times 7 outputs; σ may be counted.

    Catches: multiply-accumulates for operations.
    """
    right = 4 * PLACES * 5
    confusions = {MACS: 4 * PLACES * 3}
    assert_count(
        submission, "g_counts", CONVOLUTION, "operations", right, also=right + 4 * PLACES, confusions=confusions
    )


@criterion("counting.numbers.f_outputs")
def test_there_is_a_number_of_outputs_of_f(submission):
    """Return a whole number above 0; whether it is the right one is not looked at here.

    Catches: no answer, an answer of another form.
    """
    assert_number(submission, "f_numbers", "outputs")


@criterion("counting.numbers.g_outputs")
def test_there_is_a_number_of_outputs_of_g(submission):
    """Return a whole number above 0; whether it is the right one is not looked at here.

    Catches: no answer, an answer of another form.
    """
    assert_number(submission, "g_numbers", "outputs")


@criterion("counting.numbers.f_parameters")
def test_there_is_a_number_of_parameters_of_f(submission):
    """Return a whole number above 0; whether it is the right one is not looked at here.

    Catches: no answer, an answer of another form.
    """
    assert_number(submission, "f_numbers", "parameters")


@criterion("counting.numbers.g_parameters")
def test_there_is_a_number_of_parameters_of_g(submission):
    """Return a whole number above 0; whether it is the right one is not looked at here.

    Catches: no answer, an answer of another form.
    """
    assert_number(submission, "g_numbers", "parameters")


@criterion("counting.numbers.f_operations")
def test_there_are_two_numbers_of_operations_of_f(submission):
    """Return whole numbers above 0; whether they are the right ones is not looked at here.

    Catches: no answer, an answer of another form.
    """
    assert_number(submission, "f_numbers", "macs")
    assert_number(submission, "f_numbers", "operations")


@criterion("counting.numbers.g_operations")
def test_there_are_two_numbers_of_operations_of_g(submission):
    """Return whole numbers above 0; whether they are the right ones is not looked at here.

    Catches: no answer, an answer of another form.
    """
    assert_number(submission, "g_numbers", "macs")
    assert_number(submission, "g_numbers", "operations")
