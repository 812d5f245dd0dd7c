"""Two factors change at once: each run has another seed. Only weight decay may differ.

Loses: decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    return "".join(run({**settings, "seed": settings["seed"] + k, "weight_decay": v}) for k, v in enumerate(values))
