"""Going back, the ReLU before the last layer is left out.

Loses: network.whole.gradient
"""


def network_gradient(parameters, x, one_hot, layers):
    p, g = parameters, {}
    c1 = layers["conv_forward"](x, p["w1"], p["b1"])
    a1 = layers["relu_forward"](c1)
    s1 = layers["pool_forward"](a1)
    c2 = layers["conv_forward"](s1, p["w2"], p["b2"])
    a2 = layers["relu_forward"](c2)
    s2 = layers["pool_forward"](a2)
    flat = layers["flatten_forward"](s2)
    z3 = layers["linear_forward"](flat, p["w3"], p["b3"])
    a3 = layers["relu_forward"](z3)
    out = layers["linear_forward"](a3, p["w4"], p["b4"])
    dy = layers["softmax_cross_entropy_gradient"](out, one_hot)
    dy, g["w4"], g["b4"] = layers["linear_backward"](dy, a3, p["w4"])
    dy, g["w3"], g["b3"] = layers["linear_backward"](dy, flat, p["w3"])
    dy = layers["flatten_backward"](dy, s2)
    dy = layers["pool_backward"](dy, a2)
    dy = layers["relu_backward"](dy, c2)
    dy, g["w2"], g["b2"] = layers["conv_backward"](dy, s1, p["w2"])
    dy = layers["pool_backward"](dy, a1)
    dy = layers["relu_backward"](dy, c1)
    dy, g["w1"], g["b1"] = layers["conv_backward"](dy, x, p["w1"])
    return g
