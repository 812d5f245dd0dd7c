import json

MEASURES = {f"{part}_{what}" for part in ("train", "validation") for what in ("loss", "accuracy")}


def runs_of(log):
    for text in filter(None, map(str.strip, log.split("\n"))):
        line = json.loads(text)
        epoch = line.pop("epoch")
        accuracy = line["validation_accuracy"]
        for name in MEASURES & line.keys():
            del line[name]
        yield line, epoch, accuracy
