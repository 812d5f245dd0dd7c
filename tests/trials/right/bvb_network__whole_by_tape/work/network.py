"""A tape of closures; weights are a shuffled even grid."""
import numpy as np

SHAPES = {"w1": (4, 1, 5, 5), "w2": (4, 4, 5, 5), "w3": (49, 196), "w4": (10, 49)}


def initial_parameters(seed):
    rng = np.random.Generator(np.random.Philox(np.random.SeedSequence([abs(seed), int(seed < 0)])))
    total = sum(int(np.prod(shape)) for shape in SHAPES.values())
    grid = rng.permutation(np.linspace(-0.19, 0.19, total))  # no two of them are equal
    result, start = {}, 0
    for name, shape in reversed(SHAPES.items()):
        n = int(np.prod(shape))
        result["b" + name[1]] = np.zeros(shape[0], np.float32)
        result[name] = grid[start : start + n].reshape(shape)
        start += n
    return result


class Tape:
    def __init__(self, parameters, layers):
        self.parameters, self.layers, self.undo, self.gradient = parameters, layers, [], {}

    def weighted(self, kind, number, x):
        w, b = self.parameters[f"w{number}"], self.parameters[f"b{number}"]

        def back(dy):
            dx, dw, db = self.layers[kind + "_backward"](dy, x, w)
            self.gradient |= {f"b{number}": db, f"w{number}": dw}
            return dx

        self.undo.append(back)
        return self.layers[kind + "_forward"](x, w, b)

    def plain(self, kind, x):
        self.undo.append(lambda dy: self.layers[kind + "_backward"](dy, x))
        return self.layers[kind + "_forward"](x)

    def run(self, x):
        for number in (1, 2):
            x = self.plain("pool", self.plain("relu", self.weighted("conv", number, x)))
        x = self.plain("relu", self.weighted("linear", 3, self.plain("flatten", x)))
        return self.weighted("linear", 4, x)


def network_logits(parameters, x, layers):
    return Tape(parameters, layers).run(x)


def network_gradient(parameters, x, one_hot, layers):
    tape = Tape(parameters, layers)
    dy = layers["softmax_cross_entropy_gradient"](tape.run(x), one_hot)
    while tape.undo:
        dy = tape.undo.pop()(dy)
    return tape.gradient
