# Fill in the bodies: each docstring says what is asked.
"""An ablation: what each part of a network and of its training does, found by changing one at a time.

Settings of a run are a dict. Seven of them are the factors of the ablation. Their names are given; which values they
take, numbers, texts, true or false, is up to you, as is what other settings there are:

- ``batch_norm``: with or without batch normalisation
- ``depth``: how many blocks of layers
- ``dropout``: how much is dropped
- ``output``: the activation at the end
- ``pooling``: how pictures become smaller
- ``optimizer``: the update rule
- ``augmentation``: what is done to pictures in training: rotation, translation, colours, or nothing

A record is text in JSON lines: after each epoch of a run one line, a JSON object, ended by a line break. It holds all
settings of the run, the same in each of its lines, then ``epoch``, counted from 1, and what was measured in this epoch:
``train_loss``, ``train_accuracy``, ``validation_loss``, ``validation_accuracy``. Losses are means over the samples of
the cross-entropy, whatever the activation at the end is, or runs could not be compared: of the probabilities that
outputs are divided into. Accuracies are shares from 0 to 1, with all digits. Records of runs one after the other are a
record too.

So that the runs of your record come back when they are done again, on another computer and in another process, train
them in double precision on the CPU: make network and samples, and train, within `lab.protocol.reproducible(seed)`, and
add `lab.protocol.conditions()` to the settings; ``seed_for(roll)`` there is a seed of your own. A record that was made
otherwise (in single precision, on a GPU) counts too where its curves come back; where they do not, a person looks at
it. A run at the edge of stability goes its own way after some epochs: it counts as far as it can be told. Of a run that
diverged NaN and Infinity may stand in the record.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

Samples = tuple[np.ndarray, np.ndarray]


def ablation_log() -> str:
    """Return the record of your ablation: the text of the file ``ablation.jsonl``, which is handed in beside the code.

    The first run is the baseline. Each of the others changes one factor of the baseline and nothing else, and each of
    the seven factors is changed by one of them or more. All have the same number of epochs, three or more, and were
    trained by `run` on ``shapes("train", 1000)`` and ``shapes("validation", 500)`` of ``lab.images``. Nothing is
    measured on a test set.
    """
    raise NotImplementedError("ablation.record")


def run(settings: Mapping[str, Any], epochs: int, train: Samples, validation: Samples) -> str:
    """Train one network by its settings for so many epochs; return the record of this run.

    ``train`` and ``validation`` are pairs (pictures, classes): arrays of shape (N, H, W, 3), uint8, and (N,), integer,
    from 0 to 9. The network is trained on the first and measured on both; the second is not trained on, and not
    augmented. ``settings`` are such as stand in your own record, with a whole number as ``"seed"``, which decides all
    that is random: the same call returns the same record, another seed another one. Where they have a
    ``"learning_rate"``, one that differs by next to nothing gives next to the same run. A run of fewer epochs is the
    beginning of one of more. Your record is not there while its runs are done again, and a run must not take more than
    3 seconds on one processor, or doing all of them again may take too long. Whether the training measures are of the
    outputs that the steps were computed from or of another pass after the epoch is up to you.
    """
    raise NotImplementedError("ablation.record")
