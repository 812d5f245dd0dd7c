import math
import numpy as np

class Layers:
    @staticmethod
    def conv_forward(x, w, b):
        N, C, H, W = x.shape
        F, _, k, _ = w.shape
        r = (k - 1) // 2
        y = np.empty((N, F, H, W))
        y[...] = b.reshape(1, F, 1, 1)
        for p in range(k):
            for q in range(k):
                # output rows i with 0 <= i + p - r < H
                i0, i1 = max(0, r - p), min(H, H + r - p)
                j0, j1 = max(0, r - q), min(W, W + r - q)
                if i0 >= i1 or j0 >= j1:
                    continue
                part = x[:, :, i0 + p - r:i1 + p - r, j0 + q - r:j1 + q - r]
                y[:, :, i0:i1, j0:j1] += np.tensordot(part, w[:, :, p, q], ([1], [1])).transpose(0, 3, 1, 2)
        return y

    @staticmethod
    def conv_backward(dy, x, w):
        N, C, H, W = x.shape
        F, _, k, _ = w.shape
        r = (k - 1) // 2
        dx, dw = np.zeros(x.shape), np.zeros(w.shape)
        for p in range(k):
            for q in range(k):
                i0, i1 = max(0, r - p), min(H, H + r - p)
                j0, j1 = max(0, r - q), min(W, W + r - q)
                if i0 >= i1 or j0 >= j1:
                    continue
                g = dy[:, :, i0:i1, j0:j1]
                src = (slice(None), slice(None), slice(i0 + p - r, i1 + p - r), slice(j0 + q - r, j1 + q - r))
                dx[src] += np.tensordot(g, w[:, :, p, q], ([1], [0])).transpose(0, 3, 1, 2)
                dw[:, :, p, q] = np.tensordot(g, x[src], ([0, 2, 3], [0, 2, 3]))
        return dx, dw, dy.sum((0, 2, 3))

    @staticmethod
    def pool_forward(x):
        N, C, H, W = x.shape
        out = np.zeros((N, C, H // 2, W // 2))
        for i in range(H // 2):
            for j in range(W // 2):
                out[:, :, i, j] = x[:, :, 2 * i:2 * i + 2, 2 * j:2 * j + 2].max(axis=(2, 3))
        return out

    @staticmethod
    def pool_backward(dy, x):
        dx = np.zeros(x.shape)
        for n, c, i, j in np.ndindex(*dy.shape):
            win = x[n, c, 2 * i:2 * i + 2, 2 * j:2 * j + 2]
            a, b = np.unravel_index(win.argmax(), (2, 2))
            dx[n, c, 2 * i + a, 2 * j + b] = dy[n, c, i, j]
        return dx

    @staticmethod
    def relu_forward(x):
        return np.where(x > 0, x, 0.0)

    @staticmethod
    def relu_backward(dy, x):
        return np.where(x > 0, dy, 0.0)

    @staticmethod
    def flatten_forward(x):
        return np.stack([image.flatten() for image in x])

    @staticmethod
    def flatten_backward(dy, x):
        return dy.reshape(x.shape)

    @staticmethod
    def linear_forward(x, w, b):
        return x.dot(w.T) + b

    @staticmethod
    def linear_backward(dy, x, w):
        return dy.dot(w), dy.T.dot(x), dy.sum(0)

    @staticmethod
    def softmax(logits):
        rows = []
        for row in logits:
            e = np.exp(row - max(row))
            rows.append(e / e.sum())
        return np.array(rows)

    @staticmethod
    def softmax_cross_entropy(logits, one_hot):
        loss = 0.0
        for row, hot in zip(logits, one_hot):
            top = row.max()
            loss += top + math.log(np.exp(row - top).sum()) - row[int(hot.argmax())]
        return loss / len(logits)

    @staticmethod
    def softmax_cross_entropy_gradient(logits, one_hot):
        return (Layers.softmax(logits) - one_hot) / logits.shape[0]

for _name in [n for n in vars(Layers) if not n.startswith("_")]:
    globals()[_name] = getattr(Layers, _name)
