
def weight_decay_sweep(run, values, settings):
    own = dict(settings)
    record = ""
    for value in values:
        own["weight_decay"] = value
        record += run(own)
    return record
