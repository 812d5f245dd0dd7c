import numpy as np
from engine import run_program

# ---- programs ---------------------------------------------------------------
PROGRAMS = {
    "cross_entropy": (("logits", "onehot"), """
        e       = exp logits
        total   = sum e
        lse     = log total
        picked  = multiply logits onehot
        right   = sum picked
        loss    = subtract lse right"""),
    "hinge": (("scores", "onehot", "margin"), """
        picked  = multiply scores onehot
        right   = sum picked
        ahead   = subtract scores right
        by      = add ahead margin
        viol    = maximum by 0
        wrong   = subtract 1 onehot
        counted = multiply viol wrong
        loss    = sum counted"""),
    "l1": (("prediction", "target"), """
        error = subtract prediction target
        size  = absolute error
        loss  = sum size"""),
    "huber": (("prediction", "target", "delta"), """
        error = subtract prediction target
        size  = absolute error
        m     = minimum size delta
        half  = multiply 0.5 m
        rest  = subtract size half
        part  = multiply m rest
        loss  = sum part"""),
    "l2": (("prediction", "target"), """
        error = subtract prediction target
        sq    = multiply error error
        loss  = sum sq"""),
    "cosine": (("a", "b"), """
        ab   = multiply a b
        dot  = sum ab
        a2   = square a
        aa   = sum a2
        b2   = square b
        bb   = sum b2
        na   = sqrt aa
        nb   = sqrt bb
        nn   = multiply na nb
        cos  = divide dot nn
        loss = subtract 1 cos"""),
}

def parse(text):
    stages = []
    for line in text.strip().splitlines():
        name, _, right = line.partition("=")
        operation, *operands = right.split()
        stages.append((name.strip(), operation, tuple(float(o) if o[0].isdigit() else o for o in operands)))
    return stages

for _name, (_inputs, _text) in PROGRAMS.items():
    exec(f"""
def {_name}_decomposition():
    return parse(PROGRAMS[{_name!r}][1])

def {_name}_local_derivatives({", ".join(_inputs)}):
    return run_program({_name}_decomposition(), dict({", ".join(f"{i}={i}" for i in _inputs)}))[1]
""")

# ---- values and gradients ---------------------------------------------------
def _onehot(labels, like):
    return (np.arange(like.shape[1]) == np.asarray(labels)[:, None]).astype(float)

def _log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))

def cross_entropy(logits, labels):
    return float(-_log_softmax(logits)[range(len(labels)), labels].mean())

def cross_entropy_gradient(logits, labels):
    return (np.exp(_log_softmax(logits)) - _onehot(labels, logits)) / len(labels)

def _violations(scores, labels, margin):
    right = np.take_along_axis(scores, np.asarray(labels)[:, None], axis=1)
    return np.maximum(scores - right + margin, 0) * (1 - _onehot(labels, scores))

def hinge(scores, labels, margin):
    return float(_violations(scores, labels, margin).sum(1).mean())

def hinge_gradient(scores, labels, margin):
    g = (_violations(scores, labels, margin) > 0).astype(float)
    g -= _onehot(labels, scores) * g.sum(axis=1, keepdims=True)
    return g / len(g)

def _rowwise(value, slope):
    def loss(p, t, *more):
        return float(np.sum(value(p - t, *more), axis=1).mean())
    def gradient(p, t, *more):
        return slope(p - t, *more) / p.shape[0]
    return loss, gradient

l1, l1_gradient = _rowwise(np.abs, np.sign)
l2, l2_gradient = _rowwise(np.square, lambda e: 2 * e)
huber, huber_gradient = _rowwise(
    lambda e, delta: np.where(np.abs(e) <= delta, 0.5 * e * e, delta * (np.abs(e) - 0.5 * delta)),
    lambda e, delta: np.clip(e, -delta, delta),
)

def _unit(v):
    length = np.sqrt(np.einsum("nd,nd->n", v, v))[:, None]
    return v / length, length

def cosine(a, b):
    return float(1 - np.einsum("nd,nd->n", _unit(a)[0], _unit(b)[0]).mean())

def cosine_gradient(a, b):
    (u, length), (v, _) = _unit(a), _unit(b)
    cos = (u * v).sum(axis=1, keepdims=True)
    return (cos * u - v) / length / len(a)
