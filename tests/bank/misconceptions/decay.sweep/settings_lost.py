"""The settings of the best network are lost: the runs are given weight decay alone.

Loses: decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    return "".join(run({"weight_decay": v}) for v in values)
