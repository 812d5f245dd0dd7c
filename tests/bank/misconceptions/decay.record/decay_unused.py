"""The runs are trained without their weight decay.

Loses: decay.record.again
"""


def repeat_run(settings, epochs):
    return trained({**settings, "weight_decay": 0.0}, epochs)
