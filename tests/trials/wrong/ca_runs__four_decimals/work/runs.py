import json
import numpy as np

def training_run(parameters, epoch, measure, train, test, epochs, settings):
    rng = np.random.default_rng(settings["seed"])
    memory = None
    record = ""
    for e in range(epochs):
        parameters, memory = epoch(parameters, memory, rng.permutation(len(train[0])))
        train_loss, train_accuracy = measure(parameters, train[0], train[1])
        test_loss, test_accuracy = measure(parameters, test[0], test[1])
        row = dict(settings)
        row["epoch"] = e + 1
        row["train_loss"] = round(float(train_loss), 4)
        row["train_accuracy"] = float(train_accuracy)
        row["test_loss"] = round(float(test_loss), 4)
        row["test_accuracy"] = float(test_accuracy)
        record += json.dumps(row) + "\n"
    return parameters, record

def accuracy(logits, one_hot):
    return float(np.mean(logits.argmax(axis=1) == one_hot.argmax(axis=1)))

def final_accuracies(record):
    out = {}
    for line in record.splitlines():
        row = json.loads(line)
        out[row["optimizer"]] = row["test_accuracy"]
    return out
