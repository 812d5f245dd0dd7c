"""Only the last run's record is returned.

Loses: decay.sweep.values, decay.sweep.else_equal
"""

def weight_decay_sweep(run, values, settings):
    record = ""
    for v in values:
        record = run({**settings, "weight_decay": v})
    return record
