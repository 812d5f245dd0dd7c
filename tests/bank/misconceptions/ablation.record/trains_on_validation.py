"""The network is trained on the validation samples too.

Loses: ablation.record.run, ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
"""

import json


def run(settings, epochs, train, validation):
    import numpy as np

    both = [np.concatenate(pair) for pair in zip(train, validation, strict=True)]
    torch.manual_seed(settings["seed"])
    model = network(settings)
    batches = Batches(both, settings["batch_size"], settings["augmentation"])
    measured = Batches(validation, settings["batch_size"])
    history = fit(model, batches, measured, loss(settings["output"]), optimizer(settings, model), epochs)
    return "".join(json.dumps({**settings, **line}) + "\n" for line in history)
