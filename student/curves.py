# Fill in the bodies: each docstring says what is asked.
"""Learning curves, drawn from a run log."""

from typing import Any


def draw_sweep(log: str, factor: str) -> Any:
    """Return a figure of Matplotlib's, of its own, with the learning curves of a sweep, from its log alone.

    The log is text in JSON lines, as in `sweeps`; its runs differ in the setting `factor`, such as
    ``"learning_rate"``. The figure has two pairs of axes: on the first, for each run, a line of its ``train_loss``
    against the epoch, as the log counts it, on the second a line of its ``validation_loss``. All axes have labels, and
    a legend that tells for each line the value of its factor, as Python writes it (``0.001``); both have titles that
    say which loss they show (with the word train or validation in them). Use `lab.runlog`, or Matplotlib alone.
    """
    raise NotImplementedError("curves.sweep")
