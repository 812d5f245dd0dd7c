"""A whole CNN in which einsum does all that is linear, and one-hot matrices shift the images."""

import numpy as np


def shifts(size, k):
    """Return a 1 at [p, i, h] where entry p of a kernel at place i meets row h of the image."""
    return np.stack([np.eye(size, k=p - k // 2) for p in range(k)])


def conv_forward(x, w, b):
    rows, columns = shifts(x.shape[2], w.shape[2]), shifts(x.shape[3], w.shape[3])
    y = np.einsum("fcpq,pih,qjv,nchv->nfij", w, rows, columns, x, optimize=True)
    return y + np.einsum("f,nfij->nfij", b, np.ones_like(y))


def conv_backward(dy, x, w):
    rows, columns = shifts(x.shape[2], w.shape[2]), shifts(x.shape[3], w.shape[3])
    dx = np.einsum("nfij,fcpq,pih,qjv->nchv", dy, w, rows, columns, optimize=True)
    dw = np.einsum("nfij,pih,qjv,nchv->fcpq", dy, rows, columns, x, optimize=True)
    return dx, dw, np.einsum("nfij->f", dy)


def windows(x):
    n, c, height, width = x.shape
    whole = x[:, :, : height // 2 * 2, : width // 2 * 2].reshape(n, c, height // 2, 2, width // 2, 2)
    return np.einsum("nciajb->ncijab", whole).reshape(n, c, height // 2, width // 2, 4)


def pool_forward(x):
    return windows(x).max(axis=-1)


def pool_backward(dy, x):
    n, c, height, width = dy.shape
    chosen = np.eye(4)[windows(x).argmax(axis=-1)].reshape(n, c, height, width, 2, 2)
    dx = np.zeros(x.shape)
    spread = np.einsum("ncij,ncijab->nciajb", dy, chosen)
    dx[:, :, : 2 * height, : 2 * width] = spread.reshape(n, c, 2 * height, 2 * width)
    return dx


def relu_forward(x):
    return np.einsum("...,...->...", x, x > 0)


def relu_backward(dy, x):
    return np.einsum("...,...->...", dy, x > 0)


def flatten_forward(x):
    return x.reshape(x.shape[0], -1)


def flatten_backward(dy, x):
    return dy.reshape(x.shape)


def linear_forward(x, w, b):
    return np.einsum("nd,md->nm", x, w) + b


def linear_backward(dy, x, w):
    return np.einsum("nm,md->nd", dy, w), np.einsum("nm,nd->md", dy, x), np.einsum("nm->m", dy)


def log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.einsum("nk->n", np.exp(shifted)))[:, None]


def softmax(logits):
    return np.exp(log_softmax(logits))


def softmax_cross_entropy(logits, one_hot):
    return -np.einsum("nk,nk->", one_hot, log_softmax(logits)) / len(logits)


def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / len(logits)


def initial_parameters(seed):
    key = np.random.SeedSequence(seed)
    parameters = {}
    for number, (shape, own) in enumerate(zip([(4, 1, 5, 5), (4, 4, 5, 5), (49, 196), (10, 49)], key.spawn(4)), 1):
        parameters[f"w{number}"] = np.random.Generator(np.random.Philox(own)).normal(0, 0.06, shape)
        parameters[f"b{number}"] = np.zeros(shape[0])
    return parameters


def network_logits(parameters, x, layers):
    p = parameters
    for number in (1, 2):
        x = layers["pool_forward"](layers["relu_forward"](layers["conv_forward"](x, p[f"w{number}"], p[f"b{number}"])))
    hidden = layers["relu_forward"](layers["linear_forward"](layers["flatten_forward"](x), p["w3"], p["b3"]))
    return layers["linear_forward"](hidden, p["w4"], p["b4"])


def network_gradient(parameters, x, one_hot, layers):
    """Go forwards by recursion; each call returns the gradient by what it was given."""
    p, found = parameters, {}

    def block(number, images):
        z = layers["conv_forward"](images, p[f"w{number}"], p[f"b{number}"])
        a = layers["relu_forward"](z)
        s = layers["pool_forward"](a)
        dy = block(number + 1, s) if number < 2 else layers["flatten_backward"](head(layers["flatten_forward"](s)), s)
        dy = layers["relu_backward"](layers["pool_backward"](dy, a), z)
        dx, found[f"w{number}"], found[f"b{number}"] = layers["conv_backward"](dy, images, p[f"w{number}"])
        return dx

    def head(flat):
        z = layers["linear_forward"](flat, p["w3"], p["b3"])
        a = layers["relu_forward"](z)
        dy = layers["softmax_cross_entropy_gradient"](layers["linear_forward"](a, p["w4"], p["b4"]), one_hot)
        dy, found["w4"], found["b4"] = layers["linear_backward"](dy, a, p["w4"])
        dx, found["w3"], found["b3"] = layers["linear_backward"](layers["relu_backward"](dy, z), flat, p["w3"])
        return dx

    block(1, x)
    return found
