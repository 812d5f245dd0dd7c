import numpy as np


def _one_hot(labels, classes):
    return (np.asarray(labels)[:, None] == np.arange(classes)).astype(float)


def hinge(scores, labels, margin):
    chosen = _one_hot(labels, scores.shape[1])
    violations = scores - np.einsum("nc,nc->n", scores, chosen)[:, None] + margin
    # Each right class adds max(0, margin) = margin, which is taken away again.
    return np.maximum(violations, 0).sum() / len(scores) - margin


def hinge_gradient(scores, labels, margin):
    """Kinks get half of the slope, which is a subgradient as well."""
    n, c = scores.shape
    chosen = _one_hot(labels, c)
    differences = np.eye(c)[None] - chosen[:, :, None]  # [n, :, j] is the gradient of s[j] - s[y]
    slopes = np.heaviside(np.einsum("ncj,nc->nj", differences, scores) + margin, 0.5) * (1 - chosen)
    return np.einsum("ncj,nj->nc", differences, slopes) / n


def hinge_decomposition():
    return [
        ("t", "multiply", ("scores", "onehot")),
        ("s_y", "sum", ("t",)),
        ("threshold", "subtract", ("s_y", "margin")),
        ("top", "maximum", ("scores", "threshold")),
        ("over", "subtract", ("top", "threshold")),
        ("sum over all", "sum", ("over",)),
        ("loss", "subtract", ("sum over all", "margin")),
    ]


def hinge_local_derivatives(scores, onehot, margin):
    threshold = scores @ onehot - margin
    higher = np.heaviside(scores - threshold, 0.5)
    return [(onehot, scores), (1.0,), (1.0, -1.0), (higher, 1 - higher), (1.0, -1.0), (1.0,), (1.0, -1.0)]
