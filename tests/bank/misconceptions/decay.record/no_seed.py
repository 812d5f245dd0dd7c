"""The same run, begun twice, is not the same: all that is random must follow from the seed of the settings.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
"""


def repeat_run(settings, epochs):
    import random

    return trained({**settings, "seed": random.SystemRandom().randrange(10**6)}, epochs)
