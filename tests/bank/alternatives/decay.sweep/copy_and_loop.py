"""A copy of the settings that is changed for each run, and a list of records."""

def weight_decay_sweep(run, values, settings):
    mine = dict(settings)
    records = []
    for value in values:
        mine["weight_decay"] = value
        records.append(run(mine))
    return "".join(records)
