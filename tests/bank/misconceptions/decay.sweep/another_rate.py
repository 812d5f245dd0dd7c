"""Two factors change at once: each run has another learning rate. Only weight decay may differ.

Loses: decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "learning_rate": settings["learning_rate"] / 2**k, "weight_decay": v}) for k, v in enumerate(values))
