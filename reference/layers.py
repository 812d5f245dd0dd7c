"""The layers of a convolutional network, forwards and backwards, in NumPy.

Conventions of this module:

- A batch of N images with C channels is an array of shape (N, C, H, W), H rows by W columns; a batch of vectors has
  shape (N, D). All sizes are 1 or more, and H and W may differ.
- Every function returns its result and remembers nothing. Arguments are left as they were: in a network, what one
  layer takes is what another still needs.
- Of a layer y = f(x, …) with a loss L behind it, the backward function is given `dy`, the gradient ∂L/∂y, with the
  shape of y, and what the forward function was given. It returns the gradients of L, each with the shape of what it
  is by: dx = ∂L/∂x, dw = ∂L/∂w, db = ∂L/∂b.
- The loss is a mean over the batch, and its gradient accordingly; so no layer divides by N again.
- Arguments are float64. Results in float64 and float32 are both fine; so are loops.
"""

import numpy as np


def conv_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the cross-correlation of images with kernels, of the same height and width ("same" padding).

    `x` has shape (N, C, H, W), `w` has shape (F, C, k, k) with k odd, `b` has shape (F,); the result y has shape
    (N, F, H, W). With r = (k − 1) / 2, and x[n, c, i, j] taken as 0 wherever (i, j) lies outside the image,

        y[n, f, i, j] = b[f] + Σ over c, p, q of w[f, c, p, q] · x[n, c, i + p − r, j + q − r]

    Kernels are not turned round. k may be larger than the image.
    """
    y = _correlated(x, w)
    y += b[:, None, None]
    return y


def conv_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients (dx, dw, db) of `conv_forward` by `x`, `w` and b, as a tuple.

    `dy` has shape (N, F, H, W), `x` has shape (N, C, H, W), `w` has shape (F, C, k, k).
    """
    filters, channels, k, _ = w.shape
    outputs, dw = dy.reshape(len(dy), filters, x[0, 0].size), np.empty_like(w)
    for p, met in enumerate(_met(x, k)):
        dw[:, :, p] = (outputs @ met.mT).sum(axis=0).reshape(filters, channels, k)
    # Going back, a pixel meets the kernel's entries from the other end, and channels trade places with filters.
    turned = w.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1]
    return _correlated(dy, turned), dw, dy.sum(axis=(0, 2, 3))


def _correlated(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the outputs of a convolution without bias, shape (N, F, H, W): one matrix product a kernel row."""
    filters, channels, k, _ = w.shape
    y: np.ndarray = sum(w[:, :, p].reshape(filters, channels * k) @ met for p, met in enumerate(_met(x, k)))
    return y.reshape(len(x), filters, *x.shape[2:])


def _met(x: np.ndarray, k: int) -> list[np.ndarray]:
    """Return, for each row p of a kernel, what its entries meet: the padded images, shifted, shape (N, C k, H W).

    Only the shifts by columns are copied. A shift by a row is a slice of the flattened images.
    """
    n, channels, height, width = x.shape
    r = k // 2
    padded = np.zeros((n, channels, height + 2 * r, width + 2 * r))
    padded[:, :, r : r + height, r : r + width] = x
    by_columns = np.stack([padded[..., q : q + width] for q in range(k)], axis=2)
    flat = by_columns.reshape(n, channels * k, (height + 2 * r) * width)
    return [flat[:, :, p * width : (p + height) * width] for p in range(k)]


def pool_forward(x: np.ndarray) -> np.ndarray:
    """Return the largest entry of each 2×2 window of each channel; windows do not overlap (stride 2).

    `x` has shape (N, C, H, W) with H and W 2 or more; the result has shape (N, C, ⌊H / 2⌋, ⌊W / 2⌋). Where H or W is
    odd, the last row or column belongs to no window.
    """
    y: np.ndarray = np.maximum.reduce(_corners(x))
    return y


def pool_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient dx of `pool_forward`, shape (N, C, H, W); `dy` has shape (N, C, ⌊H / 2⌋, ⌊W / 2⌋).

    The largest entry of a window gets the window's dy, all others 0. Where several are largest they share it: any
    shares will do that are not negative and add up to 1.
    """
    corners = _corners(x)
    largest = np.maximum.reduce(corners)
    dx, left = np.zeros_like(x), dy.copy()
    for gradient, corner in zip(_corners(dx), corners, strict=True):
        gradient[...] = left * (corner == largest)  # the first of the largest takes it all
        left -= gradient
    return dx


def _corners(x: np.ndarray) -> list[np.ndarray]:
    """Return the four entries of every 2×2 window, each as a view of shape (N, C, ⌊H / 2⌋, ⌊W / 2⌋)."""
    height, width = (size // 2 * 2 for size in x.shape[2:])
    return [x[:, :, i:height:2, j:width:2] for i in (0, 1) for j in (0, 1)]


def relu_forward(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0), entry by entry; `x` may have any shape."""
    y: np.ndarray = np.maximum(x, 0)
    return y


def relu_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient dx of `relu_forward`; `dy`, `x` and dx have one shape, which may be any.

    Where x is exactly 0 the derivative may be any number from 0 to 1.
    """
    return dy * (x > 0)


def flatten_forward(x: np.ndarray) -> np.ndarray:
    """Return images as vectors: shape (N, C, H, W) becomes (N, C · H · W), and the columns run fastest.

    Entry (n, c, i, j) of `x` is found in row n at (c · H + i) · W + j.
    """
    return x.reshape(len(x), x[0].size)


def flatten_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient dx of `flatten_forward`; `dy` has shape (N, C · H · W), `x` and dx (N, C, H, W)."""
    return dy.reshape(x.shape)


def linear_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return y[n, m] = b[m] + Σ over d of w[m, d] · x[n, d], shape (N, M).

    `x` has shape (N, D), `w` has shape (M, D), `b` has shape (M,).
    """
    y: np.ndarray = x @ w.T + b
    return y


def linear_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients (dx, dw, db) of `linear_forward` by `x`, `w` and b, as a tuple.

    `dy` has shape (N, M), `x` has shape (N, D), `w` has shape (M, D).
    """
    return dy @ w, dy.T @ x, dy.sum(axis=0)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of each row, p[n, k] = exp(logits[n, k]) / Σ over l of exp(logits[n, l]), shape (N, K).

    `logits` has shape (N, K). The result is right for logits as large as ±10 000 too.
    """
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def softmax_cross_entropy(logits: np.ndarray, one_hot: np.ndarray) -> float:
    """Return the cross-entropy of the softmax, mean over the batch, as one number:

        L = −(1 / N) · Σ over n, k of one_hot[n, k] · ln softmax(logits)[n, k]

    `logits` has shape (N, K); each row of `one_hot`, shape (N, K), holds a 1 at the label and 0 elsewhere. The result
    is right for logits as large as ±10 000 too: L is then large, not infinite.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_sums - (one_hot * shifted).sum(axis=1)))


def softmax_cross_entropy_gradient(logits: np.ndarray, one_hot: np.ndarray) -> np.ndarray:
    """Return the gradient ∂L/∂logits of `softmax_cross_entropy`, shape (N, K), for its arguments.

    It is right for logits as large as ±10 000 too.
    """
    gradient: np.ndarray = (softmax(logits) - one_hot) / len(logits)
    return gradient
