import json

import numpy as np


def weight_decay_sweep(run, values, settings):
    records = []
    for value in sorted(values):
        records.append(run({**settings, "weight_decay": value}))
    return "".join(records)
