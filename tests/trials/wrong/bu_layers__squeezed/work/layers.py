import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

F = NDArray[np.float64]


def _windows(x: F, k: int) -> F:
    r = k // 2
    return sliding_window_view(np.pad(x, ((0, 0), (0, 0), (r, r), (r, r))), (k, k), axis=(2, 3))


def conv_forward(x: F, w: F, b: F) -> F:
    return np.einsum("ncijpq,fcpq->nfij", _windows(x, w.shape[-1]), w, optimize=True) + b[None, :, None, None]


def conv_backward(dy: F, x: F, w: F) -> tuple[F, F, F]:
    turned = w[:, :, ::-1, ::-1].swapaxes(0, 1)
    dx = conv_forward(dy, turned, np.zeros(w.shape[1]))
    dw = np.einsum("ncijpq,nfij->fcpq", _windows(x, w.shape[-1]), dy, optimize=True)
    db = np.einsum("nfij->f", dy)
    return dx, dw, db


def _cells(x: F) -> F:
    n, c, h, w = x.shape
    even = x[:, :, : h // 2 * 2, : w // 2 * 2]
    return even.reshape(n, c, h // 2, 2, w // 2, 2)


def pool_forward(x: F) -> F:
    return _cells(x).max(axis=(3, 5))


def pool_backward(dy: F, x: F) -> F:
    cells = _cells(x)
    largest = (cells == cells.max(axis=(3, 5), keepdims=True)).astype(float)
    share = largest / largest.sum(axis=(3, 5), keepdims=True)
    dx = np.zeros(x.shape)
    n, c, h, w = dy.shape
    dx[:, :, : 2 * h, : 2 * w] = (share * dy[:, :, :, None, :, None]).reshape(n, c, 2 * h, 2 * w)
    return dx


def relu_forward(x: F) -> F:
    return x.clip(min=0)


def relu_backward(dy: F, x: F) -> F:
    return dy * (x > 0)


def flatten_forward(x: F) -> F:
    return x.reshape(len(x), -1).copy()


def flatten_backward(dy: F, x: F) -> F:
    return dy.reshape(x.shape).copy()


def linear_forward(x: F, w: F, b: F) -> F:
    return np.squeeze(x @ w.T + b)


def linear_backward(dy: F, x: F, w: F) -> tuple[F, F, F]:
    return dy @ w, dy.T @ x, dy.sum(axis=0)


def softmax(logits: F) -> F:
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_cross_entropy(logits: F, one_hot: F) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -float((one_hot * logs).sum()) / len(logits)


def softmax_cross_entropy_gradient(logits: F, one_hot: F) -> F:
    return (softmax(logits) - one_hot) / len(logits)
