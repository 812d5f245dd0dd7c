import itertools
import numpy as np


def passing(parameters, x, layers):
    """Yield the name and the output of each step, one after the other."""
    numbers = itertools.count(1)
    for step in ("conv", "relu", "pool", "conv", "relu", "pool", "flatten", "linear", "relu", "linear"):
        extra = ()
        if step in ("conv", "linear"):
            number = next(numbers)
            extra = parameters[f"w{number}"], parameters[f"b{number}"]
        x = layers[f"{step}_forward"](x, *extra)
        yield step, x


def activation_maps(parameters, image, layers):
    outputs = passing(parameters, np.array(image, float)[None, None], layers)
    after = (value[0] for step, value in outputs if step == "relu")
    return tuple(itertools.islice(after, 2))


def bottleneck(parameters, x, layers):
    """The 196 that enter the hidden layer, one image at a time."""
    rows = []
    for image in x:
        found = dict(itertools.takewhile(lambda pair: pair[0] != "linear", passing(parameters, image[None], layers)))
        rows.append(found["flatten"])
    return np.vstack(rows)
