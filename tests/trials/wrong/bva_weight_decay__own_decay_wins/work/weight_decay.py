import json

import numpy as np


def weight_decay_sweep(run, values, settings):
    records = []
    for value in values:
        records.append(run({"weight_decay": value, **settings}))
    return "".join(records)
