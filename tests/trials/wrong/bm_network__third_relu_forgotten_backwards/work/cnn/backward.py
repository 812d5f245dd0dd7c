def run(P, kept, one_hot, L):
    G = {}
    d = L["softmax_cross_entropy_gradient"](kept.logits, one_hot)
    d, G["w4"], G["b4"] = L["linear_backward"](d, kept.r3, P["w4"])
    d, G["w3"], G["b3"] = L["linear_backward"](d, kept.flat, P["w3"])
    d = L["flatten_backward"](d, kept.p2)
    d = L["pool_backward"](d, kept.r2)
    d = L["relu_backward"](d, kept.c2)
    d, G["w2"], G["b2"] = L["conv_backward"](d, kept.p1, P["w2"])
    d = L["pool_backward"](d, kept.r1)
    d = L["relu_backward"](d, kept.c1)
    _, G["w1"], G["b1"] = L["conv_backward"](d, kept.x, P["w1"])
    return G
