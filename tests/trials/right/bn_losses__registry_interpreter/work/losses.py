"""Six losses. Each class below gives a row-wise value, a row-wise gradient and a program."""
import numpy as np

REGISTRY = {}


def loss(name):
    def register(cls):
        REGISTRY[name] = cls
        return cls
    return register


def chosen(scores, labels):
    return np.eye(scores.shape[1])[np.asarray(labels, dtype=int)]


@loss("cross_entropy")
class CrossEntropy:
    inputs = ("logits", "onehot")
    program = [("e", "exp", ("logits",)), ("t", "sum", ("e",)), ("p", "divide", ("e", "t")), ("l", "log", ("p",)),
               ("m", "multiply", ("onehot", "l")), ("s", "sum", ("m",)), ("loss", "negate", ("s",))]

    @staticmethod
    def value(logits, labels):
        return np.logaddexp.reduce(logits, axis=1) - (logits * chosen(logits, labels)).sum(axis=1)

    @staticmethod
    def gradient(logits, labels):
        p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
        return p - chosen(logits, labels)


@loss("hinge")
class Hinge:
    inputs = ("scores", "onehot", "margin")
    program = [("p", "multiply", ("scores", "onehot")), ("r", "sum", ("p",)), ("d", "subtract", ("scores", "r")),
               ("v", "add", ("d", "margin")), ("c", "maximum", (0.0, "v")), ("t", "sum", ("c",)),
               ("loss", "subtract", ("t", "margin"))]

    @staticmethod
    def violations(scores, labels, margin):
        right = chosen(scores, labels)
        own = (scores * right).sum(axis=1, keepdims=True)
        return np.maximum(scores - own + margin, 0) * (1 - right), right

    @classmethod
    def value(cls, *given):
        return cls.violations(*given)[0].sum(axis=1)

    @classmethod
    def gradient(cls, *given):
        violations, right = cls.violations(*given)
        hit = (violations > 0).astype(float)
        return hit - right * hit.sum(axis=1, keepdims=True)


@loss("l1")
class L1:
    inputs = ("prediction", "target")
    program = [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("loss", "sum", ("a",))]
    value = staticmethod(lambda p, t: np.abs(p - t).sum(axis=1))
    gradient = staticmethod(lambda p, t: np.sign(p - t))


@loss("huber")
class Huber:
    inputs = ("prediction", "target", "delta")
    program = [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("m", "minimum", ("a", "delta")),
               ("q", "multiply", ("m", 0.5)), ("w", "subtract", ("a", "q")), ("h", "multiply", ("m", "w")),
               ("loss", "sum", ("h",))]

    @staticmethod
    def value(p, t, delta):
        a = np.abs(p - t)
        m = np.minimum(a, delta)
        return (m * (a - m / 2)).sum(axis=1)

    @staticmethod
    def gradient(p, t, delta):
        return np.clip(p - t, -delta, delta)


@loss("l2")
class L2:
    inputs = ("prediction", "target")
    program = [("e", "subtract", ("prediction", "target")), ("q", "multiply", ("e", "e")), ("loss", "sum", ("q",))]
    value = staticmethod(lambda p, t: ((p - t) ** 2).sum(axis=1))
    gradient = staticmethod(lambda p, t: 2 * (p - t))


@loss("cosine")
class Cosine:
    inputs = ("a", "b")
    program = [("ab", "multiply", ("a", "b")), ("dot", "sum", ("ab",)),
               ("aa", "square", ("a",)), ("A", "sum", ("aa",)), ("la", "sqrt", ("A",)),
               ("bb", "square", ("b",)), ("B", "sum", ("bb",)), ("lb", "sqrt", ("B",)),
               ("both", "multiply", ("la", "lb")), ("cos", "divide", ("dot", "both")), ("loss", "subtract", (1.0, "cos"))]

    @staticmethod
    def value(a, b):
        return 1 - (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)

    @staticmethod
    def gradient(a, b):
        la = np.linalg.norm(a, axis=1, keepdims=True)
        u, v = a / la, b / np.linalg.norm(b, axis=1, keepdims=True)
        return ((u * v).sum(axis=1, keepdims=True) * u - v) / la


DO = {"negate": np.negative, "exp": np.exp, "log": np.log, "square": np.square, "sqrt": np.sqrt, "absolute": np.abs,
      "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide, "maximum": np.maximum,
      "minimum": np.minimum, "sum": np.sum}
SLOPES = {"negate": lambda a: (-1.0,), "exp": lambda a: (np.exp(a),), "log": lambda a: (1 / a,),
          "square": lambda a: (2 * a,), "sqrt": lambda a: (0.5 / np.sqrt(a),), "absolute": lambda a: (np.sign(a),),
          "add": lambda a, b: (1.0, 1.0), "subtract": lambda a, b: (1.0, -1.0), "multiply": lambda a, b: (b, a),
          "divide": lambda a, b: (1 / b, -a / b**2),
          "maximum": lambda a, b: ((a > b) * 1.0, (b >= a) * 1.0),
          "minimum": lambda a, b: ((a < b) * 1.0, (b <= a) * 1.0), "sum": lambda a: (1.0,)}


def _publish(name, cls):
    def value(*given, **named):
        return float(np.mean(cls.value(*given, **named)))

    def gradient(first, *given, **named):
        return cls.gradient(first, *given, **named) / len(first)

    def program():
        return list(cls.program)

    def local(*given):
        known, answer = dict(zip(cls.inputs, given)), []
        for stage, operation, operands in cls.program:
            values = [known[o] if isinstance(o, str) else o for o in operands]
            known[stage] = DO[operation](*values)
            answer.append(tuple(s for s, o in zip(SLOPES[operation](*values), operands) if isinstance(o, str)))
        return answer

    globals().update({name: value, f"{name}_gradient": gradient, f"{name}_decomposition": program,
                      f"{name}_local_derivatives": local})


for _name, _cls in REGISTRY.items():
    _publish(_name, _cls)
