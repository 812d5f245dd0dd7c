"""The runs are trained without their weight decay.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
Unnamed: because a log that does not come back does not tell how it was made.
"""


def repeat_run(settings, epochs):
    return trained({**settings, "weight_decay": 0.0}, epochs)
