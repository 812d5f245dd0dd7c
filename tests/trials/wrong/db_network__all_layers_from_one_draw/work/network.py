import numpy as np

SHAPES = {"w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
          "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,)}


def initial_parameters(seed):
    return {name: np.random.default_rng(seed).normal(0, 0.1, shape) if name[0] == "w" else np.zeros(shape)
            for name, shape in SHAPES.items()}


def _forward(parameters, x, layers):
    """Return all that passes through, by name."""
    p, seen = parameters, {"x": x}
    seen["c1"] = layers["conv_forward"](x, p["w1"], p["b1"])
    seen["r1"] = layers["relu_forward"](seen["c1"])
    seen["p1"] = layers["pool_forward"](seen["r1"])
    seen["c2"] = layers["conv_forward"](seen["p1"], p["w2"], p["b2"])
    seen["r2"] = layers["relu_forward"](seen["c2"])
    seen["p2"] = layers["pool_forward"](seen["r2"])
    seen["f"] = layers["flatten_forward"](seen["p2"])
    seen["l3"] = layers["linear_forward"](seen["f"], p["w3"], p["b3"])
    seen["r3"] = layers["relu_forward"](seen["l3"])
    seen["l4"] = layers["linear_forward"](seen["r3"], p["w4"], p["b4"])
    return seen


def network_logits(parameters, x, layers):
    return _forward(parameters, x, layers)["l4"]


def network_gradient(parameters, x, one_hot, layers):
    p, g = parameters, {}
    seen = _forward(parameters, x, layers)
    d = layers["softmax_cross_entropy_gradient"](seen["l4"], one_hot)
    d, g["w4"], g["b4"] = layers["linear_backward"](d, seen["r3"], p["w4"])
    d = layers["relu_backward"](d, seen["l3"])
    d, g["w3"], g["b3"] = layers["linear_backward"](d, seen["f"], p["w3"])
    d = layers["flatten_backward"](d, seen["p2"])
    d = layers["pool_backward"](d, seen["r2"])
    d = layers["relu_backward"](d, seen["c2"])
    d, g["w2"], g["b2"] = layers["conv_backward"](d, seen["p1"], p["w2"])
    d = layers["pool_backward"](d, seen["r1"])
    d = layers["relu_backward"](d, seen["c1"])
    _, g["w1"], g["b1"] = layers["conv_backward"](d, x, p["w1"])
    return g
