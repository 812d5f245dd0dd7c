"""The losses hold the penalty of the weight decay. Measure the cross-entropy without it.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
Unnamed: a formula that nothing was trained for loses the same check, whose own words say what to record.
"""

import json

import numpy as np

from _decayed import _gradient, _initial, _measured, _samples
from weight_decay import decayed_step


def repeat_run(settings, epochs):
    random, parts, lines = np.random.default_rng(settings["seed"]), _samples(settings), []
    x, classes = parts["train"]
    p = _initial(random, x.shape[1], settings["hidden"])
    for epoch in range(1, epochs + 1):
        order = random.permutation(len(x))
        for batch in np.split(order, range(settings["batch_size"], len(x), settings["batch_size"])):
            slopes = _gradient(p, x[batch], classes[batch])
            p = {n: decayed_step(p[n], slopes[n], settings["learning_rate"], settings["weight_decay"]) for n in p}
        measures = dict(pair for part, samples in parts.items() for pair in _measured(p, part, samples))
        penalty = settings["weight_decay"] / 2 * sum(float((w**2).sum()) for w in p.values())
        measures = {n: m + penalty if n.endswith("loss") else m for n, m in measures.items()}
        lines.append(json.dumps({**settings, "epoch": epoch, **measures}) + "\n")
    return "".join(lines)
