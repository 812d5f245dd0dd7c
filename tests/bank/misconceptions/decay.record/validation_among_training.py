"""The parts are to have no sample in common: what was trained on says nothing of samples that are new.

Loses: decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
"""

import json

import numpy as np
from _decayed import _gradient, _initial, _measured, _samples
from pathlib import Path
from weight_decay import decayed_step


def _settings():
    measures = [f"{part}_{what}" for part in ("train", "validation", "test") for what in ("loss", "accuracy")]
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{k: v for k, v in line.items() if k not in ("epoch", *measures)} for line in lines if line["epoch"] == 1]


def decay_log():
    return "".join(repeat_run(settings, 5) for settings in _settings())


def chosen_weight_decay():
    runs = [[json.loads(line) for line in repeat_run(settings, 5).splitlines()] for settings in _settings()]
    return max((run[-1] for run in runs), key=lambda end: (end["validation_accuracy"], -end["validation_loss"]))[
        "weight_decay"
    ]


def repeat_run(settings, epochs):
    random, parts, lines = np.random.default_rng(settings["seed"]), _samples(settings), []
    x, classes = parts["train"]
    parts["validation"] = tuple(np.concatenate([a, b])[: settings["validation_size"]] for a, b in zip(*map(parts.get, ("train", "validation"))))
    p = _initial(random, x.shape[1], settings["hidden"])
    for epoch in range(1, epochs + 1):
        order = random.permutation(len(x))
        for batch in np.split(order, range(settings["batch_size"], len(x), settings["batch_size"])):
            slopes = _gradient(p, x[batch], classes[batch])
            p = {n: decayed_step(p[n], slopes[n], settings["learning_rate"], settings["weight_decay"]) for n in p}
        measures = dict(pair for part, samples in parts.items() for pair in _measured(p, part, samples))
        lines.append(json.dumps({**settings, "epoch": epoch, **measures}) + "\n")
    return "".join(lines)
