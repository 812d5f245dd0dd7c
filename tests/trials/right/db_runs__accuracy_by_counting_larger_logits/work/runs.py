import json
from collections import ChainMap
import numpy as np


def accuracy(logits, one_hot):
    """How often nothing in the row is larger than the logit of the class."""
    own = np.take_along_axis(logits, np.nonzero(one_hot)[1][:, None], axis=1)
    larger = np.count_nonzero(logits > own, axis=1)
    return 1.0 - np.count_nonzero(larger) / larger.size


def final_accuracies(record):
    lines = sorted(map(json.loads, filter(str.strip, record.splitlines())), key=lambda line: -line["epoch"])
    # the first map that knows a name answers
    return dict(ChainMap(*({line["optimizer"]: line["test_accuracy"]} for line in lines)))
