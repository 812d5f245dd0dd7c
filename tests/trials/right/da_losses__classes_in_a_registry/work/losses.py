
import numpy as np


def run(program, inputs):
    """The local derivatives of a program."""
    known = {name: np.asarray(value, dtype=float) for name, value in inputs.items()}
    answer = []
    for name, operation, operands in program:
        v = [known[o] if isinstance(o, str) else float(o) for o in operands]
        match operation:
            case "negate":
                y, d = -v[0], [-1.0]
            case "exp":
                y = np.exp(v[0])
                d = [y]
            case "log":
                y, d = np.log(v[0]), [1 / v[0]]
            case "sqrt":
                y = np.sqrt(v[0])
                d = [0.5 / y]
            case "absolute":
                y, d = np.abs(v[0]), [np.sign(v[0])]
            case "sum":
                y, d = np.sum(v[0]), [np.ones_like(v[0])]
            case "add":
                y, d = v[0] + v[1], [1.0, 1.0]
            case "subtract":
                y, d = v[0] - v[1], [1.0, -1.0]
            case "multiply":
                y, d = v[0] * v[1], [v[1], v[0]]
            case "divide":
                y, d = v[0] / v[1], [1 / v[1], -v[0] / v[1] ** 2]
            case "maximum":
                y, d = np.maximum(*v), [np.heaviside(v[0] - v[1], 0.5), np.heaviside(v[1] - v[0], 0.5)]
            case "minimum":
                y, d = np.minimum(*v), [np.heaviside(v[1] - v[0], 0.5), np.heaviside(v[0] - v[1], 0.5)]
        known[name] = y
        answer.append(tuple(np.broadcast_to(s, np.shape(y)) if operation != "sum" else s
                            for s, o in zip(d, operands) if isinstance(o, str)))
    return answer


def staged(text, *inputs):
    """Make both functions of a program that is written as lines of text."""
    lines = [line.split() for line in text.strip().splitlines()]

    def operand(word):
        return float(word) if word[0].isdigit() else word

    def decomposition():
        return [(name, operation, tuple(map(operand, words))) for name, operation, *words in lines]

    def local_derivatives(*values):
        return run(decomposition(), dict(zip(inputs, values, strict=True)))

    return decomposition, local_derivatives


cross_entropy_decomposition, cross_entropy_local_derivatives = staged("""
    e      exp       logits
    all    sum       e
    hits   multiply  onehot e
    hit    sum       hits
    share  divide    hit all
    log    log       share
    loss   negate    log
""", "logits", "onehot")

hinge_decomposition, hinge_local_derivatives = staged("""
    picked  multiply  scores onehot
    right   sum       picked
    ahead   subtract  scores right
    short   add       margin ahead
    counts  maximum   short 0
    wrong   subtract  1 onehot
    parts   multiply  wrong counts
    loss    sum       parts
""", "scores", "onehot", "margin")

l1_decomposition, l1_local_derivatives = staged("""
    error  subtract  prediction target
    size   absolute  error
    loss   sum       size
""", "prediction", "target")

huber_decomposition, huber_local_derivatives = staged("""
    error  subtract  prediction target
    size   absolute  error
    bent   minimum   delta size
    half   multiply  0.5 bent
    rest   subtract  size half
    parts  multiply  rest bent
    loss   sum       parts
""", "prediction", "target", "delta")

l2_decomposition, l2_local_derivatives = staged("""
    error  subtract  target prediction
    parts  multiply  error error
    loss   sum       parts
""", "prediction", "target")

cosine_decomposition, cosine_local_derivatives = staged("""
    ab    multiply  a b
    dot   sum       ab
    aa    multiply  a a
    bb    multiply  b b
    A     sum       aa
    B     sum       bb
    AB    multiply  A B
    len   sqrt      AB
    cos   divide    dot len
    loss  subtract  1 cos
""", "a", "b")


def cross_entropy(logits, labels):
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - np.take_along_axis(logits, np.asarray(labels)[:, None], 1)[:, 0]))


def cross_entropy_gradient(logits, labels):
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    return (p - (np.arange(p.shape[1]) == np.asarray(labels)[:, None])) / len(p)


def _short(scores, labels, margin):
    right = np.arange(scores.shape[1]) == np.asarray(labels)[:, None]
    own = np.where(right, scores, 0).sum(1, keepdims=True)
    return np.where(right, 0, np.maximum(scores - own + margin, 0)), right


def hinge(scores, labels, margin):
    return _short(scores, labels, margin)[0].sum() / len(scores)


def hinge_gradient(scores, labels, margin):
    short, right = _short(scores, labels, margin)
    active = (short > 0) / len(scores)
    return active - right * active.sum(1, keepdims=True)


def l1(prediction, target):
    return np.linalg.norm(prediction - target, ord=1, axis=1).mean()


def l1_gradient(prediction, target):
    return np.sign(prediction - target) / len(prediction)


def huber(prediction, target, delta):
    size = np.abs(prediction - target)
    bent = np.minimum(size, delta)
    return np.einsum("nd,nd->", bent, size - bent / 2) / len(size)


def huber_gradient(prediction, target, delta):
    return np.clip(prediction - target, -delta, delta) / len(prediction)


def l2(prediction, target):
    error = (prediction - target).ravel()
    return error @ error / len(prediction)


def l2_gradient(prediction, target):
    return (prediction - target) * (2 / len(prediction))


def _units(v):
    length = np.linalg.norm(v, axis=1, keepdims=True)
    return v / length, length


def cosine(a, b):
    return 1 - np.einsum("nd,nd->", _units(a)[0], _units(b)[0]) / len(a)


def cosine_gradient(a, b):
    (u, length), (v, _) = _units(a), _units(b)
    return (u * (u * v).sum(1, keepdims=True) - v) / (length * len(a))
