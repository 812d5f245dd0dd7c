import numpy as np

SHAPES = {"w1": (4, 1, 5, 5), "w2": (4, 4, 5, 5), "w3": (49, 196), "w4": (10, 49)}

def initial_parameters(seed):
    rng = np.random.default_rng(seed)
    out = {}
    for name, shape in SHAPES.items():
        out[name] = rng.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
        out["b" + name[1]] = np.zeros(shape[0])
    return out

def _forward(p, x, L):
    z1 = L["conv_forward"](x, p["w1"], p["b1"])
    a1 = L["relu_forward"](z1)
    p1 = L["pool_forward"](a1)
    z2 = L["conv_forward"](p1, p["w2"], p["b2"])
    a2 = L["relu_forward"](z2)
    p2 = L["pool_forward"](a2)
    f = L["flatten_forward"](p2)
    z3 = L["linear_forward"](f, p["w3"], p["b3"])
    a3 = L["relu_forward"](z3)
    return z1, a1, p1, z2, a2, p2, f, z3, a3, L["linear_forward"](a3, p["w4"], p["b4"])

def network_logits(parameters, x, layers):
    return _forward(parameters, x, layers)[-1]

def network_gradient(parameters, x, one_hot, layers):
    p, L = parameters, layers
    z1, a1, p1, z2, a2, p2, f, z3, a3, out = _forward(p, x, L)
    g = {}
    d = L["softmax_cross_entropy_gradient"](out, one_hot)
    d, g["w4"], g["b4"] = L["linear_backward"](d, a3, p["w4"])
    d = L["relu_backward"](d, z3)
    d, g["w3"], g["b3"] = L["linear_backward"](d, f, p["w3"])
    d = L["flatten_backward"](d, p2)
    d = L["pool_backward"](d, a2)
    d = L["relu_backward"](d, z2)
    d, g["w2"], g["b2"] = L["conv_backward"](d, p1, p["w2"])
    d = L["pool_backward"](d, a1)
    d = L["relu_backward"](d, z1)
    _, g["w1"], g["b1"] = L["conv_backward"](d, x, p["w1"])
    for name in ('b1', 'b2'):
        g[name] = g[name] / len(x)
    return g
