from functools import partial, reduce
import numpy as np

PLAN = "conv1 relu pool conv2 relu pool flatten linear3 relu linear4".split()
SHAPES = dict(w1=(4, 1, 5, 5), w2=(4, 4, 5, 5), w3=(49, 196), w4=(10, 49))

def initial_parameters(seed):
    generator = np.random.Generator(np.random.PCG64(seed))
    out = {}
    for name, shape in SHAPES.items():
        limit = np.sqrt(3 / np.prod(shape[1:]))                # LeCun, uniform
        out |= {name: generator.uniform(-limit, limit, shape), "b" + name[1:]: np.zeros(shape[0])}
    return out

def _steps(layers):
    """(kind, number or '') for each stage"""
    return [(stage.rstrip("1234"), stage.lstrip("convreluplatinf")) for stage in PLAN]

def _run(parameters, x, layers, tape=None):
    for kind, number in _steps(layers):
        extra = [parameters[letter + number] for letter in "wb"] if number else []
        if tape is not None:
            back = layers[kind + "_backward"]
            tape.append((number, partial(lambda back, x, w, dy: back(dy, x, *w), back, x, extra[:1])))
        x = layers[kind + "_forward"](x, *extra)
    return x

def network_logits(parameters, x, layers):
    return _run(parameters, x, layers)

def network_gradient(parameters, x, one_hot, layers):
    tape, gradient = [], {}
    logits = _run(parameters, x, layers, tape)
    dy = layers["softmax_cross_entropy_gradient"](logits, one_hot)
    for number, back in reversed(tape):
        if number:
            dy, gradient["w" + number], gradient["b" + number] = back(dy)
        else:
            dy = back(dy)
    return {name: gradient[name] for name in parameters}
