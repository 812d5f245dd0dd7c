def weight_decay_sweep(run, values, settings):
    text = ""
    for value in values:
        settings["weight_decay"] = value
        text += run(settings)
    return text
