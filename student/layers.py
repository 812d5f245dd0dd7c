# Fill in the bodies: each docstring says what is asked.
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
    raise NotImplementedError("layers.convolution")


def conv_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients (dx, dw, db) of `conv_forward` by `x`, `w` and b, as a tuple.

    `dy` has shape (N, F, H, W), `x` has shape (N, C, H, W), `w` has shape (F, C, k, k).
    """
    raise NotImplementedError("layers.convolution")


def pool_forward(x: np.ndarray) -> np.ndarray:
    """Return the largest entry of each 2×2 window of each channel; windows do not overlap (stride 2).

    `x` has shape (N, C, H, W) with H and W 2 or more; the result has shape (N, C, ⌊H / 2⌋, ⌊W / 2⌋). Where H or W is
    odd, the last row or column belongs to no window.
    """
    raise NotImplementedError("layers.pooling")


def pool_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient dx of `pool_forward`, shape (N, C, H, W); `dy` has shape (N, C, ⌊H / 2⌋, ⌊W / 2⌋).

    The largest entry of a window gets the window's dy, all others 0. Where several are largest they share it: any
    shares will do that are not negative and add up to 1.
    """
    raise NotImplementedError("layers.pooling")


def relu_forward(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0), entry by entry; `x` may have any shape."""
    raise NotImplementedError("layers.relu")


def relu_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient dx of `relu_forward`; `dy`, `x` and dx have one shape, which may be any.

    Where x is exactly 0 the derivative may be any number from 0 to 1.
    """
    raise NotImplementedError("layers.relu")


def flatten_forward(x: np.ndarray) -> np.ndarray:
    """Return images as vectors: shape (N, C, H, W) becomes (N, C · H · W), and the columns run fastest.

    Entry (n, c, i, j) of `x` is found in row n at (c · H + i) · W + j.
    """
    raise NotImplementedError("layers.linear")


def flatten_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient dx of `flatten_forward`; `dy` has shape (N, C · H · W), `x` and dx (N, C, H, W)."""
    raise NotImplementedError("layers.linear")


def linear_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return y[n, m] = b[m] + Σ over d of w[m, d] · x[n, d], shape (N, M).

    `x` has shape (N, D), `w` has shape (M, D), `b` has shape (M,).
    """
    raise NotImplementedError("layers.linear")


def linear_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients (dx, dw, db) of `linear_forward` by `x`, `w` and b, as a tuple.

    `dy` has shape (N, M), `x` has shape (N, D), `w` has shape (M, D).
    """
    raise NotImplementedError("layers.linear")


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of each row, p[n, k] = exp(logits[n, k]) / Σ over l of exp(logits[n, l]), shape (N, K).

    `logits` has shape (N, K). The result is right for logits as large as ±10 000 too.
    """
    raise NotImplementedError("layers.loss")


def softmax_cross_entropy(logits: np.ndarray, one_hot: np.ndarray) -> float:
    """Return the cross-entropy of the softmax, mean over the batch, as one number:

        L = −(1 / N) · Σ over n, k of one_hot[n, k] · ln softmax(logits)[n, k]

    `logits` has shape (N, K); each row of `one_hot`, shape (N, K), holds a 1 at the label and 0 elsewhere. The result
    is right for logits as large as ±10 000 too: L is then large, not infinite.
    """
    raise NotImplementedError("layers.loss")


def softmax_cross_entropy_gradient(logits: np.ndarray, one_hot: np.ndarray) -> np.ndarray:
    """Return the gradient ∂L/∂logits of `softmax_cross_entropy`, shape (N, K), for its arguments.

    It is right for logits as large as ±10 000 too.
    """
    raise NotImplementedError("layers.loss")
