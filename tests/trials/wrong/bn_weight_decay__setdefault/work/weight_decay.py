def weight_decay_sweep(run, values, settings):
    record = ""
    for value in values:
        mine = dict(settings)
        mine.setdefault("weight_decay", value)
        record += run(mine)
    return record
