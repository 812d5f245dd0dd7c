"""The sweep over weight decay, by its record: a run for each value, the value chosen, and runs begun again.

The record is of the form that `weight_decay` describes: JSON lines of settings, ``epoch``, and loss and accuracy of
training, validation and test samples after each epoch. The settings of a run are a dict with the keys

- ``weight_decay``, as PyTorch's optimizers mean it, and ``seed``, a whole number that decides all that is random;
- ``train_size``, ``validation_size`` and ``test_size``: how many samples there are of each part; none is in two parts;
- any others that you need, such as ``learning_rate``, ``batch_size``, ``hidden``.

Losses are mean cross-entropies without the penalty of the weight decay, or runs could not be compared; accuracies are
shares from 0 to 1. All digits are written.

So that the runs of your record come back when they are done again, on another computer and in another process, compute
in NumPy's double precision, let the seed decide all that is random, and add `lab.protocol.conditions()` to the
settings; ``seed_for(roll)`` there is a seed of your own. A record that was made otherwise counts too where its curves
come back; where they do not, a person looks at it. Of a run that diverged NaN and Infinity may stand in the record.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from _decayed import trained


def decay_log() -> str:
    """Return the record of your sweep: the text of a file that you hand in beside your code.

    It holds a run for each of five values of weight decay or more, one of which is 0; all other settings are the same
    for all runs, which have five epochs or more. `weight_decay_sweep` makes such a record of the runs of `repeat_run`;
    write it to the file once, by a script of your own, and read it here by a relative path such as ``"decay.jsonl"``.
    """
    return Path("decay.jsonl").read_text(encoding="utf-8")


def chosen_weight_decay() -> float:
    """Return the weight decay that you take: the best of your record, as `best_weight_decay` defines the best."""
    return 0.01


def repeat_run(settings: Mapping[str, Any], epochs: int) -> str:
    """Begin a run of your record again and train for so many epochs; return the record of this run.

    `settings` are those that your record has of the run, or with another weight decay or seed. A weight decay that
    differs by next to nothing gives next to the same run, another seed another one. Network, initial parameters and
    samples are those of the sweep, and what decides them stands in the settings. A run of fewer epochs is the beginning
    of one of more. Your record is not there while runs are done again. A run must not take more than 3 seconds on one
    processor, or doing all of them again may take too long: choose a small network, in NumPy, and as few samples as
    that needs. Which samples is up to you: ``torchvision.datasets.MNIST`` has 1000 digits while your work is checked,
    by a small stand-in without PyTorch, and files that you hand in beside your code can be read by their names.
    """
    return trained(settings, epochs)
