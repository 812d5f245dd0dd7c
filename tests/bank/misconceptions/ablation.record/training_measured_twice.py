"""The training samples are measured in place of the validation samples.

Loses: ablation.record.run, ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
"""

import json


def run(settings, epochs, train, validation):
    torch.manual_seed(settings["seed"])
    model = Classifier(
        settings["depth"], settings["width"], settings["batch_norm"],
        settings["dropout"], settings["pooling"], settings["output"],
    )
    optimizer = OPTIMIZERS[settings["optimizer"]](model.parameters(), lr=settings["learning_rate"])
    batches = BatchLoader(Pictures(*train, AUGMENTATIONS[settings["augmentation"]]), settings["batch_size"], True, settings["seed"])
    measured = BatchLoader(Pictures(*train), settings["batch_size"])
    history = fit(model, batches, measured, _of_shares, optimizer, epochs)
    return "".join(json.dumps({**settings, **line}) + "\n" for line in history)
