import numpy as np

PLAN = "conv1 relu pool conv2 relu pool flatten linear3 relu linear4".split()
SHAPE = {1: (4, 1, 5, 5), 2: (4, 4, 5, 5), 3: (49, 196), 4: (10, 49)}

def initial_parameters(seed):
    streams = np.random.SeedSequence(seed).spawn(len(SHAPE))
    p = {}
    for (n, shape), s in zip(SHAPE.items(), streams):
        p[f"w{n}"] = np.random.default_rng(s).standard_normal(shape) / np.sqrt(np.prod(shape[1:]))
        p[f"b{n}"] = np.zeros(shape[:1])
    return p

def _tape(p, x, layers):
    tape = []
    for step in PLAN:
        kind, n = (step[:-1], step[-1]) if step[-1].isdigit() else (step, None)
        tape.append((kind, n, x))
        extra = (p["w" + n], p["b" + n]) if n else ()
        x = layers[kind + "_forward"](x, *extra)
    return x, tape

def network_logits(parameters, x, layers):
    return _tape(parameters, x, layers)[0]

def network_gradient(parameters, x, one_hot, layers):
    out, tape = _tape(parameters, x, layers)
    d = layers["softmax_cross_entropy_gradient"](out, one_hot)
    g = {}
    while tape:
        kind, n, before = tape.pop()
        if n:
            d, g["w" + n], g["b" + n] = layers[kind + "_backward"](d, before, parameters["w" + n])
        else:
            d = layers[kind + "_backward"](d, before)
    return {k: g[k] for k in parameters}
