import numpy as np

SHAPES = {"w1": (4, 1, 5, 5), "w2": (4, 4, 5, 5), "w3": (49, 196), "w4": (10, 49)}
PLAN = [("conv", 1), ("relu", 0), ("pool", 0), ("conv", 2), ("relu", 0), ("pool", 0), ("flatten", 0),
        ("linear", 3), ("relu", 0), ("linear", 4)]

def initial_parameters(seed):
    random = np.random.RandomState(seed)
    parameters = {}
    for name, shape in SHAPES.items():
        fan_in = np.prod(shape[1:])
        parameters[name] = random.randn(*shape) * np.sqrt(2 / fan_in)
        parameters["b" + name[1:]] = np.zeros(shape[0])
    # He's would be 0.28, 0.14, 0.1, 0.2
    return parameters

def _forward(parameters, x, layers):
    tape = []
    for kind, n in PLAN:
        tape.append(x)
        more = (parameters[f"w{n}"], parameters[f"b{n}"]) if n else ()
        x = layers[f"{kind}_forward"](x, *more)
    return x, tape

def network_logits(parameters, x, layers):
    return _forward(parameters, x, layers)[0]

def network_gradient(parameters, x, one_hot, layers):
    logits, tape = _forward(parameters, x, layers)
    dy = layers["softmax_cross_entropy_gradient"](logits, one_hot)
    grads = {}
    for (kind, n), seen in zip(reversed(PLAN), reversed(tape)):
        back = layers[kind + "_backward"]
        if n:
            dy, grads[f"w{n}"], grads[f"b{n}"] = back(dy, seen, parameters[f"w{n}"])
        else:
            dy = back(dy, seen)
    return grads
