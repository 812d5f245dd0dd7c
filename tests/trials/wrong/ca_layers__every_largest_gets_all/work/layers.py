import numpy as np

def conv_forward(x, w, b):
    N, C, H, W = x.shape
    k = w.shape[2]
    r = (k - 1) // 2
    xp = np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))
    y = np.zeros((N, len(w), H, W)) + b[:, None, None]
    for p in range(k):
        for q in range(k):
            y += np.einsum("fc,nchw->nfhw", w[:, :, p, q], xp[:, :, p:p + H, q:q + W])
    return y

def conv_backward(dy, x, w):
    N, C, H, W = x.shape
    F, _, k, _ = w.shape
    r = (k - 1) // 2
    xp = np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))
    dw = np.zeros_like(w)
    for p in range(k):
        for q in range(k):
            dw[:, :, p, q] = np.einsum("nfhw,nchw->fc", dy, xp[:, :, p:p + H, q:q + W])
    turned = w[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    dx = conv_forward(dy, turned, np.zeros(C))
    db = dy.sum(axis=(0, 2, 3))
    return dx, dw, db

def _windows(x):
    N, C, H, W = x.shape
    h, w = H // 2, W // 2
    return x[:, :, :2 * h, :2 * w].reshape(N, C, h, 2, w, 2)

def pool_forward(x):
    return _windows(x).max(axis=(3, 5))

def pool_backward(dy, x):
    v = _windows(x)
    largest = v == v.max(axis=(3, 5), keepdims=True)
    d = largest * dy[:, :, :, None, :, None]
    dx = np.zeros(x.shape)
    N, C, h, _, w, _ = d.shape
    dx[:, :, :2 * h, :2 * w] = d.reshape(N, C, 2 * h, 2 * w)
    return dx

def relu_forward(x):
    return np.maximum(x, 0)

def relu_backward(dy, x):
    return dy * (x > 0)

def flatten_forward(x):
    return x.reshape(len(x), -1)

def flatten_backward(dy, x):
    return dy.reshape(x.shape)

def linear_forward(x, w, b):
    return x @ w.T + b

def linear_backward(dy, x, w):
    return dy @ w, dy.T @ x, dy.sum(axis=0)

def _log_softmax(logits):
    s = logits - logits.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

def softmax(logits):
    return np.exp(_log_softmax(logits))

def softmax_cross_entropy(logits, one_hot):
    return float(-(one_hot * _log_softmax(logits)).sum() / len(logits))

def softmax_cross_entropy_gradient(logits, one_hot):
    return (softmax(logits) - one_hot) / len(logits)
