"""The random numbers are not seeded, so that no run can be made again.

Loses: decay.record.again
Unnamed: because no two runs of it are alike.
"""


def repeat_run(settings, epochs):
    import random

    return trained({**settings, "seed": random.SystemRandom().randrange(10**6)}, epochs)
