"""The runs are sorted; the record is to hold them in the order of the values.

Loses: decay.sweep.values, decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "weight_decay": v}) for v in sorted(values))
