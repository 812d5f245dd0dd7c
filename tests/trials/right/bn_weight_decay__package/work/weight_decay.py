import importlib

_io = importlib.import_module("decay_tools.records")
from decay_tools import drawing
from decay_tools.steps import decayed_step, penalty  # noqa: F401


def weight_decay_sweep(run, values, settings):
    texts = []
    for value in values:
        texts.append(run({**settings, "weight_decay": value}))
    return "".join(texts)


def best_weight_decay(record):
    return min(_io.last_rows(record), key=_io.Last.rank).weight_decay


def draw_weight_decay(record):
    return drawing.picture(sorted(_io.last_rows(record), key=lambda row: row.weight_decay))
