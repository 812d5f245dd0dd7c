"""The seed of the settings is not used: another seed gives the same run.

Loses: ablation.record.run, ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
"""

import json


def run(settings, epochs, train, validation):
    torch.manual_seed(0)
    model = network(settings)
    batches = Batches(train, settings["batch_size"], settings["augmentation"])
    measured = Batches(validation, settings["batch_size"])
    history = fit(model, batches, measured, loss(settings["output"]), optimizer(settings, model), epochs)
    return "".join(json.dumps({**settings, **line}) + "\n" for line in history)
