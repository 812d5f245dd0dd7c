import numpy as np

PLAN = "conv:1 relu pool conv:2 relu pool flatten linear:3 relu linear:4".split()
SHAPES = dict(w1=(4, 1, 5, 5), b1=4, w2=(4, 4, 5, 5), b2=4, w3=(49, 196), b3=49, w4=(10, 49), b4=10)


def initial_parameters(seed):
    rng = np.random.default_rng(seed)
    start = {}
    for name, shape in SHAPES.items():
        if name[0] == "b":
            start[name] = np.zeros(shape)
        else:
            fan_in = np.prod(shape[1:])
            start[name] = rng.uniform(0, np.sqrt(2 / fan_in), size=shape)
    return start


class Tape:
    def __init__(self, parameters, layers):
        self.parameters, self.layers, self.played = parameters, layers, []

    def forward(self, x):
        for step in PLAN:
            kind, _, number = step.partition(":")
            names = ["w" + number, "b" + number] if number else []
            self.played.append((kind, names, x))
            x = self.layers[kind + "_forward"](x, *(self.parameters[name] for name in names))
        return x

    def backward(self, dy):
        gradient = {}
        while self.played:
            kind, names, x = self.played.pop()
            function = self.layers[kind + "_backward"]
            if names:
                dy, gradient[names[0]], gradient[names[1]] = function(dy, x, self.parameters[names[0]])
            else:
                dy = function(dy, x)
        return gradient


def network_logits(parameters, x, layers):
    return Tape(parameters, layers).forward(x)


def network_gradient(parameters, x, one_hot, layers):
    tape = Tape(parameters, layers)
    logits = tape.forward(x)
    return tape.backward(layers["softmax_cross_entropy_gradient"](logits, one_hot))
