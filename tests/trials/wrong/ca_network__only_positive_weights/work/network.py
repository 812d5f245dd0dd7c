import numpy as np

def initial_parameters(seed):
    rng = np.random.default_rng(seed)
    p = {"w1": rng.random(size=(4, 1, 5, 5)) * 0.2, "b1": np.zeros(4),
         "w2": rng.random(size=(4, 4, 5, 5)) * 0.1, "b2": np.zeros(4),
         "w3": rng.random(size=(49, 196)) * 0.1, "b3": np.zeros(49),
         "w4": rng.random(size=(10, 49)) * 0.15, "b4": np.zeros(10)}
    return p

def forward(p, x, L):
    t = {"x": x}
    t["z1"] = L["conv_forward"](x, p["w1"], p["b1"])
    t["a1"] = L["relu_forward"](t["z1"])
    t["q1"] = L["pool_forward"](t["a1"])
    t["z2"] = L["conv_forward"](t["q1"], p["w2"], p["b2"])
    t["a2"] = L["relu_forward"](t["z2"])
    t["q2"] = L["pool_forward"](t["a2"])
    t["f"] = L["flatten_forward"](t["q2"])
    t["z3"] = L["linear_forward"](t["f"], p["w3"], p["b3"])
    t["a3"] = L["relu_forward"](t["z3"])
    t["logits"] = L["linear_forward"](t["a3"], p["w4"], p["b4"])
    return t

def network_logits(parameters, x, layers):
    return forward(parameters, x, layers)["logits"]

def network_gradient(parameters, x, one_hot, layers):
    p, L = parameters, layers
    t = forward(p, x, L)
    g = {}
    d = L["softmax_cross_entropy_gradient"](t["logits"], one_hot)
    d, g["w4"], g["b4"] = L["linear_backward"](d, t["a3"], p["w4"])
    d = L["relu_backward"](d, t["z3"])
    d, g["w3"], g["b3"] = L["linear_backward"](d, t["f"], p["w3"])
    d = L["flatten_backward"](d, t["q2"])
    d = L["pool_backward"](d, t["a2"])
    d = L["relu_backward"](d, t["z2"])
    d, g["w2"], g["b2"] = L["conv_backward"](d, t["q1"], p["w2"])
    d = L["pool_backward"](d, t["a1"])
    d = L["relu_backward"](d, t["z1"])
    _, g["w1"], g["b1"] = L["conv_backward"](d, t["x"], p["w1"])
    return g
