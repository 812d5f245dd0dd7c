"""Hidden checks of back-propagation by hand: each value is right, or follows from the student's own earlier ones.

Exact to one unit of the last digit that is asked, and to what rounding of the values before it can do.
"""

from grader.checks import assert_allotted, assert_follows, criterion


@criterion("backprop.by_hand.allotment")
def test_the_given_values_are_those_of_the_roll_number(submission):
    """Leave the given values as they were allotted to your roll number.

    Catches: the sheet of somebody else, easier weights.
    """
    assert_allotted(submission.sheet)


@criterion("backprop.by_hand.hidden_net_inputs")
def test_hidden_net_inputs_are_weighted_sums_with_the_bias(submission):
    """Work out the net input of each hidden unit: the weighted sum of the inputs, and the bias.

    Catches: a forgotten bias, the transposed weight matrix.
    """
    assert_follows(submission.sheet, "net1")


@criterion("backprop.by_hand.hidden_outputs")
def test_hidden_outputs_are_sigmoids_of_the_net_inputs(submission):
    """Work out the output of each hidden unit: the sigmoid of its net input.

    Catches: another activation, the sigmoid of the negative net input.
    """
    assert_follows(submission.sheet, "out1")


@criterion("backprop.by_hand.net_inputs")
def test_net_inputs_of_the_output_layer_come_from_the_hidden_outputs(submission):
    """Work out the net input of each output unit: the weighted sum of the hidden outputs, and the bias.

    Catches: a forgotten bias, the transposed weight matrix.
    """
    assert_follows(submission.sheet, "net2")


@criterion("backprop.by_hand.outputs")
def test_outputs_of_the_network_are_sigmoids_of_their_net_inputs(submission):
    """Work out the outputs of the network: the sigmoid of each net input, in this layer too.

    Catches: an output layer that is linear.
    """
    assert_follows(submission.sheet, "out2")


@criterion("backprop.by_hand.errors")
def test_errors_are_output_minus_target(submission):
    """Work out the error of each output: the output minus the target.

    Catches: target minus output.
    """
    assert_follows(submission.sheet, "error")


@criterion("backprop.by_hand.loss")
def test_the_loss_is_the_sum_of_squared_errors(submission):
    """Work out the loss: the sum of the squares of the errors, as the sheet defines it.

    Catches: a factor of one half, the mean, the sum of the errors.
    """
    assert_follows(submission.sheet, "loss")


@criterion("backprop.by_hand.deltas")
def test_deltas_of_the_output_layer_are_derivatives_of_the_loss(submission):
    """Work out the delta of each output unit: the derivative of the loss by its net input.

    Catches: the slope of the sigmoid left out, the factor 2 of the square left out.
    """
    assert_follows(submission.sheet, "delta2")


@criterion("backprop.by_hand.hidden_deltas")
def test_deltas_of_the_hidden_layer_come_back_through_the_weights(submission):
    """Work out the delta of each hidden unit, from the deltas above and the weights that lead there.

    Catches: the slope left out, the transposed weight matrix, weights that have been updated already.
    """
    assert_follows(submission.sheet, "delta1")


@criterion("backprop.by_hand.gradients")
def test_derivatives_by_the_upper_weights_are_delta_times_hidden_output(submission):
    """Work out the derivative of the loss by each weight and bias of the output layer.

    Catches: the net input in place of the output below, rows and columns exchanged.
    """
    assert_follows(submission.sheet, "dW2", "db2")


@criterion("backprop.by_hand.hidden_gradients")
def test_derivatives_by_the_lower_weights_are_delta_times_input(submission):
    """Work out the derivative of the loss by each weight and bias of the hidden layer.

    Catches: rows and columns exchanged, the hidden output in place of the input.
    """
    assert_follows(submission.sheet, "dW1", "db1")


@criterion("backprop.by_hand.step")
def test_upper_weights_go_down_the_gradient(submission):
    """Work out the weights and biases of the output layer after one step of gradient descent.

    Catches: a step up the gradient, no learning rate, biases that stay.
    """
    assert_follows(submission.sheet, "W2_new", "b2_new")


@criterion("backprop.by_hand.hidden_step")
def test_lower_weights_go_down_the_gradient(submission):
    """Work out the weights and biases of the hidden layer after one step of gradient descent.

    Catches: a step up the gradient, no learning rate, biases that stay.
    """
    assert_follows(submission.sheet, "W1_new", "b1_new")
