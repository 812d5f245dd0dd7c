import numpy as np


def weight_decay_sweep(run, values, settings):
    default = settings.get("weight_decay", 1e-4)
    return "".join([run(dict(settings, weight_decay=value or default)) for value in values])
