# Fill in the bodies: each docstring says what is asked.
"""Learning rates over the epochs: in steps, and along a cosine."""


def step_rates(rate: float, step_size: int, gamma: float, epochs: int) -> list[float]:
    """Return the learning rate of each epoch: `rate` first, multiplied by gamma after every `step_size` epochs.

    The result is a list of so many numbers as there are epochs, or an array. Use PyTorch's StepLR or a formula.
    """
    raise NotImplementedError("schedules.rates")


def cosine_rates(rate: float, lowest: float, epochs: int) -> list[float]:
    """Return the learning rate of each epoch, along half a wave of a cosine: from `rate` down to `lowest`.

    The first epoch has `rate`; `lowest` would be that of the epoch after the last. Half-way between them it is their
    mean. See Loshchilov and Hutter, "SGDR", 2017, section 3, without restarts; it is what CosineAnnealingLR with
    T_max = epochs does.
    """
    raise NotImplementedError("schedules.rates")
