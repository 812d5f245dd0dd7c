"""ReLU after pooling, which is the same and cheaper; going back the masks are its own."""


def passed(p, x, layers):
    c1 = layers["conv_forward"](x, p["w1"], p["b1"])
    s1 = layers["relu_forward"](layers["pool_forward"](c1))
    c2 = layers["conv_forward"](s1, p["w2"], p["b2"])
    s2 = layers["relu_forward"](layers["pool_forward"](c2))
    flat = s2.reshape(len(x), -1)
    a3 = layers["relu_forward"](layers["linear_forward"](flat, p["w3"], p["b3"]))
    return c1, s1, c2, s2, flat, a3, layers["linear_forward"](a3, p["w4"], p["b4"])


def network_logits(parameters, x, layers):
    return passed(parameters, x, layers)[-1]


def network_gradient(parameters, x, one_hot, layers):
    c1, s1, c2, s2, flat, a3, out = passed(parameters, x, layers)
    dy = layers["softmax_cross_entropy_gradient"](out, one_hot)
    dy, dw4, db4 = layers["linear_backward"](dy, a3, parameters["w4"])
    dy, dw3, db3 = layers["linear_backward"](dy * (a3 > 0), flat, parameters["w3"])
    dy = layers["pool_backward"](dy.reshape(s2.shape) * (s2 > 0), c2)
    dy, dw2, db2 = layers["conv_backward"](dy, s1, parameters["w2"])
    dy, dw1, db1 = layers["conv_backward"](layers["pool_backward"](dy * (s1 > 0), c1), x, parameters["w1"])
    return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2, "w3": dw3, "b3": db3, "w4": dw4, "b4": db4}
