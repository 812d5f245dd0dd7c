"""Hidden checks of schedules: by their laws, for any numbers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, numbers

rates = st.integers(1, 50).map(lambda k: k / 100)


@criterion("schedules.rates.steps")
@given(rate=rates, step_size=st.integers(2, 5), gamma=st.sampled_from([0.1, 0.3, 0.5, 0.9]), epochs=st.integers(6, 13))
@settings(max_examples=6)
def test_the_rate_falls_after_every_step_size_epochs(submission, rate, step_size, gamma, epochs):
    """Keep the rate for `step_size` epochs, then multiply it by gamma, and so on.

    Catches: an epoch too early or too late, a fall in each epoch, gamma subtracted, one fall only.
    """
    expected, now = [], rate
    for epoch in range(epochs):
        if epoch and epoch % step_size == 0:
            now *= gamma
        expected.append(now)
    assert_close(submission.step_rates(rate, step_size, gamma, epochs), expected, what="the learning rates")


@criterion("schedules.rates.cosine")
@given(rate=rates, share=st.sampled_from([0.0, 0.1, 0.5]), epochs=st.integers(4, 12))
@settings(max_examples=6)
def test_the_rate_follows_half_a_wave(submission, rate, share, epochs):
    """Begin with the rate, and fall along a cosine: the second difference is proportional to what lies above the mean.

    Catches: a straight line, a whole wave, `lowest` ignored or reached an epoch early, degrees for radians.
    """
    lowest = rate * share
    got = numbers(submission.cosine_rates(rate, lowest, epochs), what="the learning rates")
    wave = [np.exp(1j * np.pi * epoch / epochs).real for epoch in range(epochs)]
    assert_close(got, (rate + lowest) / 2 + (rate - lowest) / 2 * np.array(wave), what="the learning rates")
