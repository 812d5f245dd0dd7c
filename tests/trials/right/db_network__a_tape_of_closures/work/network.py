"""The network as a tape: each step leaves behind how it is undone."""
import numpy as np

PLAN = "conv1 relu pool conv2 relu pool flatten linear3 relu linear4".split()
SHAPES = {"1": (4, 1, 5, 5), "2": (4, 4, 5, 5), "3": (49, 196), "4": (10, 49)}


def initial_parameters(seed):
    streams = np.random.SeedSequence(seed).spawn(len(SHAPES))
    parameters = {}
    for stream, (number, shape) in zip(streams, SHAPES.items()):
        fan_in = int(np.prod(shape[1:]))
        bound = (6 / fan_in) ** 0.5 / 2
        parameters["w" + number] = np.random.Generator(np.random.MT19937(stream)).uniform(-bound, bound, shape)
        parameters["b" + number] = np.zeros(shape[0])
    return parameters


class Tape:
    def __init__(self, parameters, layers):
        self.parameters, self.layers, self.undo, self.gradient = parameters, layers, [], {}

    def __call__(self, step, x):
        kind, number = step.rstrip("1234"), step[-1]
        if not number.isdigit():
            self.undo.append(lambda dy: self.layers[kind + "_backward"](dy, x))
            return self.layers[kind + "_forward"](x)
        w, b = self.parameters["w" + number], self.parameters["b" + number]

        def undo(dy):
            dx, self.gradient["w" + number], self.gradient["b" + number] = self.layers[kind + "_backward"](dy, x, w)
            return dx

        self.undo.append(undo)
        return self.layers[kind + "_forward"](x, w, b)

    def forward(self, x):
        for step in PLAN:
            x = self(step, x)
        return x

    def backward(self, dy):
        while self.undo:
            dy = self.undo.pop()(dy)
        return {name: self.gradient[name] for name in self.parameters}


def network_logits(parameters, x, layers):
    return Tape(parameters, layers).forward(x)


def network_gradient(parameters, x, one_hot, layers):
    tape = Tape(parameters, layers)
    return tape.backward(layers["softmax_cross_entropy_gradient"](tape.forward(x), one_hot))
