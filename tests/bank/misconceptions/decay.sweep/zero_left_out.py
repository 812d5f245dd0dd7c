"""A weight decay of 0 is left out: it is the run that the others are compared with.

Loses: decay.sweep.values, decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "weight_decay": v}) for v in values if v)
