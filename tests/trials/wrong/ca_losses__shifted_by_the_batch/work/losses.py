import numpy as np

def _softmax(logits):
    e = np.exp(logits - logits.max())
    return e / e.sum(axis=1, keepdims=True)

def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(shifted).sum(axis=1))
    return np.mean(lse - shifted[np.arange(len(labels)), labels])

def cross_entropy_gradient(logits, labels):
    g = _softmax(logits)
    g[np.arange(len(labels)), labels] -= 1
    return g / len(labels)

def cross_entropy_decomposition():
    return [("e", "exp", ("logits",)), ("s", "sum", ("e",)), ("l", "log", ("s",)),
            ("m", "multiply", ("logits", "onehot")), ("r", "sum", ("m",)), ("loss", "subtract", ("l", "r"))]

def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    return [(e,), (np.ones_like(e),), (1 / e.sum(),), (onehot, logits), (np.ones_like(e),), (1.0, -1.0)]
