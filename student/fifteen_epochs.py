# Fill in the bodies: each docstring says what is asked.
"""Fifteen epochs with each of three optimizers: their record, and runs that can be begun again.

The record is of the form that `runs` describes: JSON lines of settings, ``epoch``, ``train_loss``, ``train_accuracy``,
``test_loss`` and ``test_accuracy``, after each epoch of each run. The settings of a run are a dict with the keys

- ``optimizer``, which is ``"sgd"``, ``"momentum"`` or ``"rmsprop"``, ``learning_rate`` and ``batch_size``;
- ``seed``, a whole number that decides the initial parameters and all that is random;
- ``initial_loss``, which is the loss on all training samples before the first step, about ln 10: from 2.1 to 3.5;
- any others that you need.

The samples are 100 training digits of each class, and 10 test digits, as `choose_digits` chooses them of what
`load_mnist` loads.

So that the runs of your record come back when they are done again, on another computer and in another process, train on
the digits of the stand-in for torchvision (see `load_mnist`) in NumPy's double precision, write all digits, and add
`lab.protocol.conditions()` to the settings; ``seed_for(roll)`` there is a seed of your own. A record that was made
otherwise counts too where its curves come back; where they do not, a person looks at it.
"""

from collections.abc import Mapping
from typing import Any


def epochs_log() -> str:
    """Return the record of your training: the text of a file that you hand in beside your code.

    It holds three runs of fifteen epochs, one for each optimizer: ``"sgd"`` with a ``batch_size`` of 1, ``"momentum"``
    and ``"rmsprop"`` with one of 10, all with a learning rate of 0.001; α and ρ are 0.9. (What other sizes of batches
    do, describe where you hand in your curves.) Trained so, the last two get two of three test digits right or more,
    and with all three the training loss comes down to less than half of the initial loss.

    Read it by a relative path such as ``"epochs.jsonl"``.
    """
    raise NotImplementedError("epochs.record")


def repeat_run(settings: Mapping[str, Any], epochs: int) -> str:
    """Begin a run of your record again and train for so many epochs; return the record of this run.

    `settings` are those that your record has of the run, or with another learning rate or seed, but without
    ``initial_loss``, which is measured here, and stands in the record that is returned. A learning rate that differs by
    next to nothing gives next to the same run, another seed another one. A run of fewer epochs is the beginning of one
    of more. Your record is not there while runs are done again. While your work is checked the digits are those of the
    stand-in for torchvision (see `load_mnist`). All three runs together should not take more than 60 seconds on one
    processor, or they may take too long to be done again.
    """
    raise NotImplementedError("epochs.record")
