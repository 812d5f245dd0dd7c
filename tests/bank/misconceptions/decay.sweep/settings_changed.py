"""The weight decay is written into the settings that are given, which are to stay as they are: write into a copy.

Loses: decay.sweep.else_equal
"""


def weight_decay_sweep(run, values, settings):
    record = ""
    for value in values:
        settings["weight_decay"] = value
        record += run(dict(settings))
    return record
