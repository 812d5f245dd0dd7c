import copy


def weight_decay_sweep(run, values, settings):
    def job(value):
        mine = copy.deepcopy(dict(settings))
        mine["weight_decay"] = value
        return run(mine)

    return "".join(map(job, sorted(values)))
