"""The network's own weight decay wins: put the value of the sweep over the settings, not under them.

Loses: decay.sweep.values, decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    return "".join(run({"weight_decay": v, **settings}) for v in values)
