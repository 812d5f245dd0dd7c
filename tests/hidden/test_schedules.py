"""Hidden checks of schedules: by their laws, for any numbers."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, numbers

rates = st.integers(1, 50).map(lambda k: k / 100)


@criterion("schedules.rates.steps")
@given(
    rate=rates,
    step_size=st.integers(1, 5),
    gamma=st.sampled_from([0.1, 0.3, 0.5, 0.9, 1.5]),
    epochs=st.integers(6, 13),
)
@settings(max_examples=6)
def test_the_rate_falls_after_every_step_size_epochs(submission, rate, step_size, gamma, epochs):
    """Keep the rate for `step_size` epochs, then multiply it by gamma, and so on.

    Catches: an epoch too early or too late, a fall in each epoch, gamma subtracted, one fall only.
    """
    got = submission.step_rates(rate, step_size, gamma, epochs)
    assert_close(got, stepped(rate, step_size, gamma, epochs), what="the learning rates")


def stepped(rate, step_size, gamma, epochs):
    """Return the rates, multiplied whenever it is time."""
    expected, now = [], rate
    for epoch in range(epochs):
        if epoch and epoch % step_size == 0:
            now *= gamma
        expected.append(now)
    return expected


@criterion("schedules.rates.steps")
@given(rate=rates)
@settings(max_examples=1)
def test_steps_at_their_limits(submission, rate):
    """Return one rate for one epoch, as many as fall due in forty, and zeros where gamma is 0; take large numbers too.

    Each argument is also the only one that differs from an earlier call.

    Catches: a least rate, falls that end, gamma = 0 taken for none, a step size that must divide the epochs, rates,
    epochs or step sizes that are cut off, rates that are remembered for other arguments.
    """
    cases = (3, 0.5, 1), (7, 0.5, 3), (1, 0.1, 12), (3, 0.2, 40), (2, 0.0, 5), (2, 1.0, 5), (130, 0.5, 300)
    for first, (step_size, gamma, epochs) in product((250 * rate, rate), (*cases, (3, 0.5, 40))):
        got = submission.step_rates(first, step_size, gamma, epochs)
        expected = stepped(first, step_size, gamma, epochs)
        # Each rate is beside its own size: the last ones are small, and are to be right all the same.
        assert_close(numbers(got, what="the learning rates").shape, [epochs], what="the number of learning rates")
        logs = [np.log10(np.maximum(numbers(each, what="the learning rates"), 1e-40)) for each in (got, expected)]
        assert_close(logs[0], logs[1], what="the logarithms of the learning rates")


@criterion("schedules.rates.cosine")
@given(rate=rates, share=st.sampled_from([0.0, 0.1, 0.5, 0.9]), epochs=st.integers(4, 12))
@settings(max_examples=6)
def test_the_rate_follows_half_a_wave(submission, rate, share, epochs):
    """Begin with the rate, and fall along a cosine: the second difference is proportional to what lies above the mean.

    Catches: a straight line, a whole wave, `lowest` ignored or reached an epoch early, degrees for radians.
    """
    assert_close(submission.cosine_rates(rate, rate * share, epochs), wave(rate, rate * share, epochs), what=RATES)


RATES = "the learning rates"


def wave(rate, lowest, epochs):
    """Return the real part of a number that goes half round a circle, from the rate to the lowest one."""
    turned = [np.exp(1j * np.pi * epoch / epochs).real for epoch in range(epochs)]
    return (rate + lowest) / 2 + (rate - lowest) / 2 * np.array(turned)


@criterion("schedules.rates.cosine")
@given(rate=rates)
@settings(max_examples=1)
def test_a_cosine_at_its_limits(submission, rate):
    """Return the rate for one epoch, half a wave of 300, and the same rate always where it is the lowest too.

    Each argument is also the only one that differs from an earlier call.

    Catches: a division by the number of epochs less one, restarts, a lowest rate that is a share, rates or epochs
    that are cut off, a wave that is remembered for other arguments.
    """
    cases = (rate / 4, 1), (rate / 4, 2), (rate / 3, 40), (0.0, 25), (rate, 3), (rate / 9, 300), (rate / 3, 25)
    for first, lowest, epochs in (*((rate, *case) for case in cases), (30.0, rate, 5), (20.0, rate, 5)):
        assert_close(submission.cosine_rates(first, lowest, epochs), wave(first, lowest, epochs), what=RATES)
