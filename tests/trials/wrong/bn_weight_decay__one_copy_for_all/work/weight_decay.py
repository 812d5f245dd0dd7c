def weight_decay_sweep(run, values, settings):
    settings = dict(settings)
    texts = []
    for settings["weight_decay"] in values:
        texts.append(run(settings))
    return "".join(texts)
