"""Public checks of schedules: numbers that one can tell without a computer."""

import math

from grader.checks import assert_close, criterion


@criterion("schedules.rates.steps")
def test_five_epochs_in_steps_of_two(submission):
    """Return 1, 1, 0.1, 0.1, 0.01.

    Catches: a fall in each epoch, an epoch too early or too late.
    """
    confusions = {
        "The rate falls after each epoch.": [1, 0.1, 0.01, 0.001, 0.0001],
        "The rate falls an epoch too early.": [1, 0.1, 0.1, 0.01, 0.01],
        "The rate falls once only.": [1, 1, 0.1, 0.1, 0.1],
    }
    got = submission.step_rates(1.0, 2, 0.1, 5)
    assert_close(got, [1, 1, 0.1, 0.1, 0.01], what="the learning rates", confusions=confusions)


@criterion("schedules.rates.cosine")
def test_six_epochs_along_a_cosine(submission):
    """Return 3 at first, and 2 half-way down to 1.

    Catches: a straight line, a lowest rate that is ignored.
    """
    half = 3**0.5 / 2
    confusions = {
        "This is a straight line.": [3, 8 / 3, 7 / 3, 2, 5 / 3, 4 / 3],
        "The cosine takes degrees for radians: half of its period is π, not 180.": [
            2 + math.cos(180 * t / 6) for t in range(6)
        ],
        "The lowest rate is ignored: this goes down to 0.": [3 * (1 + c) / 2 for c in (1, half, 0.5, 0, -0.5, -half)],
    }
    got = submission.cosine_rates(3.0, 1.0, 6)
    assert_close(got, [3, 2 + half, 2.5, 2, 1.5, 2 - half], what="the learning rates", confusions=confusions)
