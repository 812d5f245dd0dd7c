"""A run that is begun again starts from other weights: draw them by the seed of the settings.

Loses: epochs.record.measured, epochs.record.complete, epochs.record.learned
Unnamed: because a log that does not come back does not tell how it was made.
"""

from _epochs import epoch_of, measured
from network import initial_parameters
from runs import training_run


def repeat_run(settings, epochs):
    train, test = samples()
    start = initial_parameters(settings["seed"] + 5)
    stated = {**settings, "initial_loss": measured(start, *train)[0]}
    return training_run(start, epoch_of(settings, train), measured, train, test, epochs, stated)[1]
