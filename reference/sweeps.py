"""Experiments that can be trusted: runs that can be repeated, and the logs of three sweeps.

A run is described by its settings, a dict with the keys

- ``optimizer``, ``"sgd"`` (without momentum) or ``"adam"``, and ``learning_rate``;
- ``batch_size`` and ``epochs``, and ``seed``, a whole number that decides the order of the samples;
- ``gamma`` and ``step_size`` where the learning rate is multiplied by gamma after every so many epochs, as StepLR does;
- any others that you need: they only stand in the log.

A log is text in JSON lines: after each epoch a line, a JSON object of all the run's settings, then ``epoch``, counted
from 1, and what was measured after it: ``train_loss``, ``train_accuracy``, ``validation_loss``,
``validation_accuracy``. Logs of several runs, one after the other, are a log too. `lab.runlog` writes, reads and draws
logs; nothing forces you to use it. Losses are mean cross-entropies, accuracies shares from 0 to 1, with all digits.

So that the runs of your log come back when they are done again, on another computer and in another process, train them
in double precision on the CPU: make network and samples, and train, within `lab.protocol.reproducible(seed)`, and add
`lab.protocol.conditions()` to the settings; ``seed_for(roll)`` there is a seed of your own. A log that was recorded
otherwise (in single precision, on a GPU) counts too where its curves come back; where they do not, a person looks at
it. A run at the edge of stability goes its own way after some epochs: it counts as far as it can be told. Of a run that
diverged NaN and Infinity may stand in the log.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from _swept import trained
from lab.runlog import RunLog
from torch import nn
from torch.nn.functional import cross_entropy

Samples = tuple[torch.Tensor, torch.Tensor]


def run_experiment(model: nn.Module, settings: Mapping[str, Any], train: Samples, validation: Samples) -> str:
    """Train a model as `settings` say, from the parameters that it has; return the run's log.

    `train` and `validation` are pairs of tensors (inputs, classes), of shapes (N, …) and (N,), N being different for
    the two; the model returns scores. The loss is the mean cross-entropy of a batch. Each epoch takes all training
    samples once, in batches of ``batch_size`` and an order of its own that the seed decides; the last batch may be
    smaller. After each epoch loss and accuracy are measured in evaluation mode, on all training and on all validation
    samples. The same model, settings and samples give the same log again, another seed another order; settings and
    samples are left as they are.
    """
    generator = torch.Generator().manual_seed(settings["seed"])
    algorithm = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings["optimizer"]]
    optimizer = algorithm(model.parameters(), lr=settings["learning_rate"])
    gamma, step_size = settings.get("gamma", 1), settings.get("step_size", 1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size, gamma)
    inputs, classes = train
    log = RunLog()
    for epoch in range(1, settings["epochs"] + 1):
        model.train()
        for batch in torch.randperm(len(inputs), generator=generator).split(settings["batch_size"]):
            optimizer.zero_grad()
            cross_entropy(model(inputs[batch]), classes[batch]).backward()
            optimizer.step()
        scheduler.step()
        log.write(settings, epoch, **_measured(model, "train", train), **_measured(model, "validation", validation))
    return str(log.text)


def _measured(model: nn.Module, part: str, samples: Samples) -> dict[str, float]:
    """Return loss and accuracy by name."""
    inputs, classes = samples
    model.eval()
    with torch.no_grad():
        scores = model(inputs)
    hits = (scores.argmax(dim=1) == classes).sum()
    return {f"{part}_loss": cross_entropy(scores, classes).item(), f"{part}_accuracy": hits.item() / len(classes)}


def repeat_run(settings: Mapping[str, Any], epochs: int) -> str:
    """Repeat a run of your sweeps from its beginning, for so many epochs; return its log.

    `settings` are those that your log has of the run, or with another learning rate or seed. A learning rate that
    differs by next to nothing gives next to the same run, another seed another one, unless a single batch takes all
    training samples. Model, initial parameters and samples are those of the sweep; what decides them stands in the
    settings. A run of fewer epochs is the beginning of one of more. Your log is not there while runs are done again. A
    run must not take more than 3 seconds on one processor, or doing all of them again may take too long: choose a small
    network and as few samples as that needs. (`lab.images` has pictures; files that you hand in beside your code can be
    read by their names.)
    """
    return trained(settings, epochs)


def sgd_log() -> str:
    """Return the log of your sweep of five learning rates with SGD, or more: one run for each.

    All other settings are the same for all runs, which have three epochs or more. The largest learning rate is ten
    times the smallest, or more. Settings besides say how many samples there are: ``train_size``, ``validation_size``;
    no sample is among both. Such a log is what `repeat_run` returns for each run: write it to a file once, by a script
    of your own, and read it here from the file, which you hand in beside your code, by a relative path such as
    ``"sgd.jsonl"``.
    """
    return Path("sweep_sgd.jsonl").read_text(encoding="utf-8")


def adam_log() -> str:
    """Return the log of your sweep of five learning rates with Adam, or more, as that of `sgd_log`."""
    return Path("sweep_adam.jsonl").read_text(encoding="utf-8")


def gamma_log() -> str:
    """Return the log of your sweep of five values of StepLR's gamma, or more; all else is the same for all runs.

    One epoch more than ``step_size`` is the least that shows what gamma does. The rest is as in `sgd_log`.
    """
    return Path("sweep_gamma.jsonl").read_text(encoding="utf-8")
