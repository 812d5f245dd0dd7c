import json
from collections import OrderedDict
import numpy as np

accuracy = lambda logits, one_hot: round(float(np.mean(np.argmax(logits, -1) == np.argmax(one_hot, -1))), 2)

def final_accuracies(record):
    lines = sorted(map(json.loads, record.strip().split("\n")), key=lambda line: line["epoch"])
    return OrderedDict((line["optimizer"], line["test_accuracy"]) for line in lines)
