import numpy as np
from nets.tape import Tape

SHAPES = dict(w1=(4, 1, 5, 5), w2=(4, 4, 5, 5), w3=(49, 196), w4=(10, 49))


def initial_parameters(seed):
    rng = np.random.default_rng(seed)
    parameters = {}
    for name, shape in SHAPES.items():
        fan_in = int(np.prod(shape[1:]))
        parameters[name] = rng.standard_normal(shape) * np.sqrt(2 / fan_in)
        parameters["b" + name[1]] = np.zeros(shape[0])
    return parameters


def run(parameters, x, layers):
    tape = Tape(parameters, layers)
    for kind, number in (("conv", 1), ("pool", 0), ("relu", 0), ("conv", 2), ("pool", 0), ("relu", 0), ("flatten", 0), ("linear", 3), ("relu", 0), ("linear", 4)):
        x = tape.push(kind, x, number)
    return x, tape


def network_logits(parameters, x, layers):
    return run(parameters, x, layers)[0]


def network_gradient(parameters, x, one_hot, layers):
    logits, tape = run(parameters, x, layers)
    return tape.unwind(layers["softmax_cross_entropy_gradient"](logits, one_hot) / len(x))
