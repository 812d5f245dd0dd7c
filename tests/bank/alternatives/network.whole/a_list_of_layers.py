"""A list of layers, gone through forwards and backwards; what each was given is kept."""

import numpy as np

STACK = [("conv", "1"), ("relu", ""), ("pool", ""), ("conv", "2"), ("relu", ""), ("pool", ""), ("flatten", "")]
STACK += [("linear", "3"), ("relu", ""), ("linear", "4")]


def initial_parameters(seed):
    state = np.random.RandomState(seed)
    parameters = {}
    for number, shape in enumerate([(4, 1, 5, 5), (4, 4, 5, 5), (49, 196), (10, 49)], start=1):
        parameters[f"w{number}"] = (0.05 * state.randn(*shape)).astype(np.float32)
        parameters[f"b{number}"] = np.zeros(shape[0], dtype=np.float32)
    return parameters


def forwards(parameters, x, layers):
    given = []
    for kind, number in STACK:
        given.append(x)
        own = [parameters["w" + number], parameters["b" + number]] if number else []
        x = layers[kind + "_forward"](x, *own)
    return x, given


def network_logits(parameters, x, layers):
    return forwards(parameters, x, layers)[0]


def network_gradient(parameters, x, one_hot, layers):
    out, given = forwards(parameters, x, layers)
    back, found = layers["softmax_cross_entropy_gradient"](out, one_hot), {}
    for (kind, number), x in zip(reversed(STACK), reversed(given)):
        if number:
            back, found["w" + number], found["b" + number] = layers[kind + "_backward"](back, x, parameters["w" + number])
        else:
            back = layers[kind + "_backward"](back, x)
    return found
