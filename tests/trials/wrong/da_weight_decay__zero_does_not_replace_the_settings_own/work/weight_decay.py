
def weight_decay_sweep(run, values, settings):
    records = []
    for value in values:
        own = {"weight_decay": 0.0, **settings}
        if value:
            own["weight_decay"] = value
        records.append(run(own))
    return "".join(records)
