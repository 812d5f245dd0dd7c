"""The fifteen plain checks that every tool runs, three for each of five functions; `forms` gives them each tool's form.

`submission` is whatever holds the student's functions. A check calls one function, compares with
np.allclose, and is worth one mark.
"""

import numpy as np


def test_sgd_steps_against_the_gradient(submission):
    stepped = submission.sgd_step(np.array([1.0, -2.0]), np.array([0.5, 4.0]), 0.1)
    assert np.allclose(stepped, [0.95, -2.4])


def test_sgd_stays_where_the_gradient_is_zero(submission):
    assert np.allclose(submission.sgd_step(np.array([3.0, -1.0]), np.zeros(2), 0.5), [3.0, -1.0])


def test_sgd_steps_in_every_entry_of_a_matrix(submission):
    assert np.allclose(submission.sgd_step(np.full((2, 3), 2.0), np.ones((2, 3)), 1.5), np.full((2, 3), 0.5))


def test_momentum_begins_with_the_step_of_sgd(submission):
    moved = submission.momentum_steps(np.array([1.0, 1.0]), np.array([[2.0, -1.0]]), 0.1, 0.9)
    assert np.allclose(moved, [0.8, 1.1])


def test_momentum_remembers_the_last_gradient(submission):
    moved = submission.momentum_steps(np.array([0.0]), np.array([[1.0], [1.0], [0.0]]), 0.1, 0.5)
    assert np.allclose(moved, [-0.325])


def test_momentum_of_zero_is_sgd(submission):
    moved = submission.momentum_steps(np.array([0.0]), np.array([[1.0], [2.0], [3.0]]), 0.5, 0.0)
    assert np.allclose(moved, [-3.0])


def test_sigmoid_has_the_known_values(submission):
    values = submission.sigmoid(np.log(np.array([1.0, 3.0, 9.0])))
    assert np.allclose(values, [0.5, 0.75, 0.9])


def test_sigmoid_is_symmetric_about_one_half(submission):
    x = np.linspace(-4.0, 4.0, 9)
    assert np.allclose(submission.sigmoid(x) + submission.sigmoid(-x), np.ones(9))


def test_sigmoid_saturates_at_large_arguments(submission):
    assert np.allclose(submission.sigmoid(np.array([-1000.0, 1000.0])), [0.0, 1.0])


def test_correlation_adds_up_products(submission):
    z = submission.circular_correlation(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0]))
    assert np.allclose(z, [32.0, 29.0, 29.0])


def test_correlation_with_an_impulse_shifts(submission):
    z = submission.circular_correlation(np.array([0.0, 1.0, 0.0, 0.0]), np.array([1.0, 2.0, 3.0, 4.0]))
    assert np.allclose(z, [2.0, 3.0, 4.0, 1.0])


def test_correlation_with_the_first_unit_signal_changes_nothing(submission):
    z = submission.circular_correlation(np.array([1.0, 0.0, 0.0]), np.array([7.0, 8.0, 9.0]))
    assert np.allclose(z, [7.0, 8.0, 9.0])


def test_cross_entropy_of_equal_logits_is_the_logarithm_of_their_number(submission):
    assert np.allclose(submission.softmax_cross_entropy(np.zeros((1, 4)), np.array([2])), np.log(4.0))


def test_cross_entropy_is_the_mean_over_rows(submission):
    logits = np.log(np.array([[1.0, 3.0], [1.0, 1.0]]))
    assert np.allclose(submission.softmax_cross_entropy(logits, np.array([1, 0])), np.log(8.0 / 3.0) / 2)


def test_cross_entropy_stands_large_logits(submission):
    logits = np.array([[1000.0, 1000.0]])
    assert np.allclose(submission.softmax_cross_entropy(logits, np.array([0])), np.log(2.0))
