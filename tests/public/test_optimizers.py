"""Public checks of the update rules: steps down the bowl that one can follow by hand, and single laws.

Every descent begins at (1, 3), where the gradient of 10 x² + y² is (20, 6).
"""

import numpy as np

from grader.checks import ConstantGradient, Quadratic, Recorded, assert_close, criterion, fail, moves, told_apart, walk

BOWL = Quadratic(hessian=((20.0, 0.0), (0.0, 2.0)), minimum=(0.0, 0.0), start=(1.0, 3.0))
START = np.array([1.0, 3.0])
PUSH, FLAT = ConstantGradient((1.0, -2.0)), ConstantGradient((0.0, 0.0))
TINY = 1e-8
UPHILL = "The sign is wrong: the path climbs, and descent goes against the gradient."
# Room for epsilon, and for memories kept in single precision.
ROUNDING = {"rtol": 1e-5, "atol": 1e-5}


def slopes(*values: float) -> list[ConstantGradient]:
    """Return slopes of one parameter, one for each step."""
    return [ConstantGradient((value,)) for value in values]


@criterion("optimizers.sgd.gradient")
def test_the_bowl_by_hand(submission):
    """Return 10·1 + 9 = 19 and the gradient (20, 6) at (1, 3).

    Catches: a factor 2 that is missing.
    """
    assert_close(submission.bowl(START), 19.0, what="the value of bowl")
    confusions = {"The 2 that comes down from each square is missing.": [10.0, 3.0]}
    assert_close(submission.bowl_gradient(START), [20.0, 6.0], what="the gradient of bowl", confusions=confusions)


@criterion("optimizers.sgd.trajectory")
def test_two_steps_of_sgd_by_hand(submission):
    """Go from (1, 3) to (-1, 2.4) and on to (1, 1.92) at a learning rate of 0.1.

    Catches: the wrong sign.
    """
    got = walk(submission.SGD(learning_rate=0.1), [BOWL] * 2, START)
    confusions = {UPHILL: [[1.0, 3.0], [3.0, 3.6], [9.0, 4.32]]}
    expected = [[1.0, 3.0], [-1.0, 2.4], [1.0, 1.92]]
    assert_close(got, expected, what="the path of SGD", confusions=confusions, **ROUNDING, over=BOWL)


@criterion("optimizers.sgd.path")
def test_a_path_begins_at_the_start(submission):
    """Return the start and as many steps of the optimizer as there are iterations.

    Catches: a path without its start.
    """
    path = submission.descend(submission.SGD(learning_rate=0.1), BOWL, START, 2)
    expected = walk(submission.SGD(learning_rate=0.1), [BOWL] * 2, START)
    confusions = {"The path lacks its start.": expected[1:], "Only the end is returned.": expected[-1]}
    assert_close(path, expected, what="the path", confusions=confusions, **ROUNDING, over=BOWL)


@criterion("optimizers.momentum.first_step")
def test_momentum_starts_like_sgd(submission):
    """Go from (1, 3) to (-1, 2.4) in the first step, as plain SGD does.

    Catches: an average of gradients for a velocity.
    """
    optimizer = submission.Momentum(learning_rate=0.1, beta=0.75)
    got = walk(optimizer, [BOWL], START)
    confusions = {
        "The gradient is scaled by 1 - beta; it must be added whole.": [[1.0, 3.0], [0.5, 2.85]],
        UPHILL: [[1.0, 3.0], [3.0, 3.6]],
    }
    with told_apart(submission, lambda: walk(optimizer, [FLAT], got[-1])):
        expected = [[1.0, 3.0], [-1.0, 2.4]]
        assert_close(got, expected, what="the first step", confusions=confusions, **ROUNDING, over=BOWL)


@criterion("optimizers.momentum.velocity")
def test_momentum_goes_on_where_it_is_flat(submission):
    """Move on by beta times the last step where the gradient is zero.

    Catches: a velocity that does not outlast a call of step.
    """
    first, second = moves(submission.Momentum(learning_rate=0.1, beta=0.5), [PUSH, FLAT], np.zeros(2))
    confusions = {"The velocity is not kept in the object from one call of step to the next.": [0.0, 0.0]}
    what = "the ratio of moves on flat ground"
    assert_close(second / first, [0.5, 0.5], what=what, confusions=confusions, rtol=1e-3)


@criterion("optimizers.momentum.trajectory")
def test_three_steps_of_momentum_by_hand(submission):
    """Go from (1, 3) to (-1, 2.4), (0, 1.62) and (0.5, 0.906) with rate 0.1 and beta 0.5.

    Catches: no memory, Nesterov's rule.
    """
    got = walk(submission.Momentum(learning_rate=0.1, beta=0.5), [BOWL] * 3, START)
    confusions = {
        "This is plain SGD: the velocity is not kept.": [[1.0, 3.0], [-1.0, 2.4], [1.0, 1.92], [-1.0, 1.536]],
        UPHILL: [[1.0, 3.0], [3.0, 3.6], [10.0, 4.62], [33.5, 6.054]],
    }
    expected = [[1.0, 3.0], [-1.0, 2.4], [0.0, 1.62], [0.5, 0.906]]
    assert_close(got, expected, what="the path of momentum", confusions=confusions, **ROUNDING, over=BOWL)


@criterion("optimizers.nesterov.velocity")
def test_nesterov_goes_on_where_it_is_flat(submission):
    """Move on by beta times the last step where the gradient stays zero.

    Catches: a velocity that does not outlast a call of step.
    """
    _, second, third = moves(submission.Nesterov(learning_rate=0.1, beta=0.5), [PUSH, FLAT, FLAT], np.zeros(2))
    if (np.abs(second) < 1e-6).any():
        fail("the parameters stop as soon as the slope ends: the velocity is not kept in the object")
    what = "the ratio of moves on flat ground"
    assert_close(third / second, [0.5, 0.5], what=what, rtol=1e-3)


@criterion("optimizers.nesterov.lookahead")
def test_the_second_gradient_is_asked_ahead(submission):
    """Ask for the second step's gradient at (-2, 2.1), with rate 0.1 and beta 0.5.

    Catches: plain momentum, which asks at (-1, 2.4).
    """
    optimizer, second = submission.Nesterov(learning_rate=0.1, beta=0.5), Recorded(BOWL)
    walk(optimizer, [BOWL, second], START)
    if not second.points:
        fail("the second step does not ask for the gradient")
    ahead = np.array([-2.0, 2.1])
    nearest = min(second.points, key=lambda point: float(np.abs(point - ahead).max()))
    confusions = {
        "The gradient is taken at the parameters, which is plain momentum.": [-1.0, 2.4],
        "The look-ahead goes a whole velocity far; it is beta times the velocity.": [-3.0, 1.8],
    }
    assert_close(nearest, ahead, what="the point of the second gradient", confusions=confusions, **ROUNDING)


@criterion("optimizers.nesterov.trajectory")
def test_two_steps_of_nesterov_by_hand(submission):
    """Go from (1, 3) to (-1, 2.4) and (2, 1.68), or in torch's form to (-2, 2.1) and (3.5, 1.32).

    Catches: plain momentum, which goes to (-1, 2.4) and (0, 1.62).
    """
    got = walk(submission.Nesterov(learning_rate=0.1, beta=0.5), [BOWL] * 2, START)
    forms = np.array([[[1.0, 3.0], [-1.0, 2.4], [2.0, 1.68]], [[1.0, 3.0], [-2.0, 2.1], [3.5, 1.32]]])
    # The form whose first step this is: what goes wrong later is told by that one's path.
    nearest = min(forms, key=lambda path: float(np.abs(path[:2] - got[:2]).max()))
    confusions = {
        "This is plain momentum.": [[1.0, 3.0], [-1.0, 2.4], [0.0, 1.62]],
        "This steps along v + β g; the second form steps along g + β v.": [
            [1.0, 3.0], [-2.0, 2.1], [3.0, 1.17],
        ],
    }  # fmt: skip
    with told_apart(submission, lambda: walk(submission.Nesterov(0.1, 0.5), [Recorded(BOWL)] * 2, START)):
        assert_close(got, nearest, what="the path of Nesterov's rule", confusions=confusions, **ROUNDING, over=BOWL)


@criterion("optimizers.adagrad.accumulation")
def test_adagrad_adds_up_squares_by_hand(submission):
    """With slopes 3, 4 and 12, divide by 3, 5 and 13.

    Catches: squares that are not summed, a missing root.
    """
    got = moves(submission.AdaGrad(learning_rate=0.5, epsilon=TINY), slopes(3.0, 4.0, 12.0), np.zeros(1))
    confusions = {
        "Only the last gradient's square is used: the sum is not kept.": [[-0.5], [-0.5], [-0.5]],
        "The square root is missing.": [[-0.5 / 3], [-0.5 * 4 / 25], [-0.5 * 12 / 169]],
    }
    expected = [[-0.5], [-0.5 * 4 / 5], [-0.5 * 12 / 13]]
    assert_close(got, expected, what="the series of steps of AdaGrad", confusions=confusions, **ROUNDING)


def assert_own_rates(optimizer: object) -> None:
    """The rate, step / gradient, is smaller for the steeper coordinate."""
    flatter, steeper = np.abs(moves(optimizer, [ConstantGradient((1.0, -4.0))] * 3, np.zeros(2))[-1]) / [1.0, 4.0]
    if not flatter > 1.5 * steeper:
        fail(
            "a steeper coordinate does not get a smaller rate",
            f"step / gradient: {flatter:.6g} where the slope is 1, {steeper:.6g} where it is 4",
            "All coordinates share one rate: keep the squares for each coordinate.",
        )


def assert_epsilon_is_added(one: object, more: object, rate: float) -> None:
    """The step's denominator is larger by 2 with epsilon 3 than with epsilon 1."""
    before, after = (rate * 2.0 / np.abs(moves(optimizer, slopes(2.0), np.zeros(1))[0]) for optimizer in (one, more))
    confusions = {
        "epsilon stands inside the square root; it must be added to the root.": np.sqrt(before**2 - 1 + 3),
        "epsilon has no effect.": before,
    }
    assert_close(after, before + 2, what="what the step divides by", confusions=confusions, **ROUNDING)


@criterion("optimizers.adagrad.coordinates")
def test_adagrad_slows_the_steeper_coordinate(submission):
    """Give the steeper of two coordinates the smaller rate.

    Catches: the squares summed over the whole vector.
    """
    assert_own_rates(submission.AdaGrad(learning_rate=0.5, epsilon=TINY))


@criterion("optimizers.adagrad.epsilon")
def test_adagrad_divides_by_root_plus_epsilon(submission):
    """Divide by 2 more with epsilon 3 than with epsilon 1.

    Catches: epsilon inside the root.
    """
    one, three = (submission.AdaGrad(learning_rate=0.5, epsilon=epsilon) for epsilon in (1.0, 3.0))
    assert_epsilon_is_added(one, three, rate=0.5)


@criterion("optimizers.adagrad.trajectory")
def test_two_steps_of_adagrad_by_hand(submission):
    """Go from (1, 3) by 0.5 in both, to (0.5, 2.5), and then divide by √500 and √61.

    Catches: one rate for all coordinates, no memory.
    """
    got = walk(submission.AdaGrad(learning_rate=0.5, epsilon=TINY), [BOWL] * 2, START)
    expected = [[1.0, 3.0], [0.5, 2.5], [0.5 - 0.5 * 10 / 500**0.5, 2.5 - 0.5 * 5 / 61**0.5]]
    assert_close(got, expected, what="the path of AdaGrad", **ROUNDING, over=BOWL)


@criterion("optimizers.rmsprop.average")
def test_rmsprop_averages_squares_by_hand(submission):
    """With rho 0.75 and slopes 2, 1 and 1, have an average of 1 each time.

    Catches: the factor 1 - rho missing, a missing root where the average is not 1.
    """
    optimizer = submission.RMSProp(learning_rate=0.5, rho=0.75, epsilon=TINY)
    got = moves(optimizer, slopes(2.0, 1.0, 1.0, 5.0), np.zeros(1))
    confusions = {
        "The factor 1 - rho before the new square is missing.": [[-0.5], [-0.25], [-0.25], [-2.5 / 28**0.5]],
        "The square root is missing.": [[-1.0], [-0.5], [-0.5], [-2.5 / 7]],
        "rho and 1 - rho are exchanged.": [
            [-1 / 3**0.5],
            [-0.5 / 1.5**0.5],
            [-0.5 / 1.125**0.5],
            [-2.5 / 19.03125**0.5],
        ],
    }
    expected = [[-1.0], [-0.5], [-0.5], [-2.5 / 7**0.5]]
    assert_close(got, expected, what="the series of steps of RMSProp", confusions=confusions, **ROUNDING)


@criterion("optimizers.rmsprop.coordinates")
def test_rmsprop_slows_the_steeper_coordinate(submission):
    """Give the steeper of two coordinates the smaller rate.

    Catches: the squares summed over the whole vector.
    """
    assert_own_rates(submission.RMSProp(learning_rate=0.5, rho=0.75, epsilon=TINY))


@criterion("optimizers.rmsprop.epsilon")
def test_rmsprop_divides_by_root_plus_epsilon(submission):
    """Divide by 2 more with epsilon 3 than with epsilon 1.

    Catches: epsilon inside the root.
    """
    one, three = (submission.RMSProp(learning_rate=0.5, rho=0.84, epsilon=epsilon) for epsilon in (1.0, 3.0))
    assert_epsilon_is_added(one, three, rate=0.5)


@criterion("optimizers.rmsprop.trajectory")
def test_two_steps_of_rmsprop_by_hand(submission):
    """Go from (1, 3) to (0, 2), with rate 0.5 and rho 0.75, and then divide by √75 and √10.75.

    Catches: one rate for all coordinates, no memory.
    """
    got = walk(submission.RMSProp(learning_rate=0.5, rho=0.75, epsilon=TINY), [BOWL] * 2, START)
    expected = [[1.0, 3.0], [0.0, 2.0], [0.0, 2.0 - 2.0 / 10.75**0.5]]
    assert_close(got, expected, what="the path of RMSProp", **ROUNDING, over=BOWL)
