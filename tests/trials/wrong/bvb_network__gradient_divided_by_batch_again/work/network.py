import numpy as np


def initial_parameters(seed):
    rng = np.random.default_rng(seed)
    parameters = {}
    for name, shape in (("1", (4, 1, 5, 5)), ("2", (4, 4, 5, 5)), ("3", (49, 196)), ("4", (10, 49))):
        parameters["w" + name] = rng.normal(0, np.prod(shape[1:]) ** -0.5, shape)
        parameters["b" + name] = np.zeros(shape[0])
    return parameters


def forward(parameters, x, layers):
    p, saved = parameters, [x]
    for step in (
        lambda a: layers["conv_forward"](a, p["w1"], p["b1"]),
        layers["relu_forward"],
        layers["pool_forward"],
        lambda a: layers["conv_forward"](a, p["w2"], p["b2"]),
        layers["relu_forward"],
        layers["pool_forward"],
        layers["flatten_forward"],
        lambda a: layers["linear_forward"](a, p["w3"], p["b3"]),
        layers["relu_forward"],
        lambda a: layers["linear_forward"](a, p["w4"], p["b4"]),
    ):
        saved.append(step(saved[-1]))
    return saved


def network_logits(parameters, x, layers):
    return forward(parameters, x, layers)[-1]


def network_gradient(parameters, x, one_hot, layers):
    p, a, g = parameters, forward(parameters, x, layers), {}
    d = layers["softmax_cross_entropy_gradient"](a[10], one_hot) / len(x)
    d, g["w4"], g["b4"] = layers["linear_backward"](d, a[9], p["w4"])
    d = layers["relu_backward"](d, a[8])
    d, g["w3"], g["b3"] = layers["linear_backward"](d, a[7], p["w3"])
    d = layers["flatten_backward"](d, a[6])
    d = layers["pool_backward"](d, a[5])
    d = layers["relu_backward"](d, a[4])
    d, g["w2"], g["b2"] = layers["conv_backward"](d, a[3], p["w2"])
    d = layers["pool_backward"](d, a[2])
    d = layers["relu_backward"](d, a[1])
    _, g["w1"], g["b1"] = layers["conv_backward"](d, a[0], p["w1"])
    return g
