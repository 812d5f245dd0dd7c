import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as windows

def _pad(x, r):
    return np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))

def conv_forward(x, w, b):
    k = w.shape[2]
    return np.einsum('ncijpq,fcpq->nfij', windows(_pad(x, k // 2), (k, k), axis=(2, 3)), w, optimize=True) + b[:, None, None]

def conv_backward(dy, x, w):
    k = w.shape[2]
    dw = np.einsum('nfij,ncijpq->fcpq', dy, windows(_pad(x, k // 2), (k, k), axis=(2, 3)), optimize=True)
    dx = np.einsum('nfijpq,fcpq->ncij', windows(_pad(dy, k // 2), (k, k), axis=(2, 3)), w[:, :, ::-1, ::-1], optimize=True)
    return dx, dw, dy.sum(axis=(0, 2, 3))

def _blocks(x):
    n, c, h, w = x.shape
    return x[:, :, :h // 2 * 2, :w // 2 * 2].reshape(n, c, h // 2, 2, w // 2, 2)

def pool_forward(x):
    return _blocks(x).max(axis=(3, 5))

def pool_backward(dy, x):
    big = _blocks(x)
    mask = big == big.max(axis=(3, 5), keepdims=True)
    share = mask * dy[:, :, :, None, :, None]
    dx = np.zeros(x.shape)
    h, w = 2 * dy.shape[2], 2 * dy.shape[3]
    dx[:, :, :h, :w] = share.reshape(x.shape[0], x.shape[1], h, w)
    return dx

def relu_forward(x):
    return np.maximum(x, 0)

def relu_backward(dy, x):
    return dy * (x > 0)

def flatten_forward(x):
    return x.reshape(len(x), -1).copy()

def flatten_backward(dy, x):
    return dy.reshape(x.shape).copy()

def linear_forward(x, w, b):
    return x @ w.T + b

def linear_backward(dy, x, w):
    return dy @ w, dy.T @ x, dy.sum(axis=0)

def _logp(logits):
    s = logits - logits.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

def softmax(logits):
    return np.exp(_logp(logits))

def softmax_cross_entropy(logits, one_hot):
    return float(-(one_hot * _logp(logits)).sum() / len(logits))

def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / len(logits)
