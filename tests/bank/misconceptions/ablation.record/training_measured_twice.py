"""The training samples are measured in place of the validation samples.

Loses: ablation.record.run, ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
"""

import json


def run(settings, epochs, train, validation):
    torch.manual_seed(settings["seed"])
    model = network(settings)
    batches = Batches(train, settings["batch_size"], settings["augmentation"])
    measured = Batches(train, settings["batch_size"])
    history = fit(model, batches, measured, loss(settings["output"]), optimizer(settings, model), epochs)
    return "".join(json.dumps({**settings, **line}) + "\n" for line in history)
