# Fill in the bodies: each docstring says what is asked.
"""Six losses: their values, their gradients, and their decompositions into elementary operations.

Conventions of this module:

- A batch has N >= 1 examples, one in each row of an array of shape (N, C) or (N, D). Every loss is the mean
  over the N examples; within an example it is a sum, which is divided by nothing else.
- ``X(…)`` returns the loss as one number: a float, or an array of shape (). ``X_gradient(…)`` returns its gradient
  by the first argument, with that argument's shape; the loss is a mean, so the 1/N belongs to the gradient.
- ``labels`` has shape (N,) and holds the index, from 0 to C − 1, of each example's right class.
- Where a loss has a kink, any subgradient is right. Infinity and nan never are.
- Arrays that are passed in are left as they are. float64 and float32 are both fine; so are loops.

``X_decomposition()`` writes the loss of ONE example (N = 1, rows being vectors) as a list of stages
``(name, operation, operands)``:

- The name is a new text of at most 40 characters.
- The operation takes one operand (negate, reciprocal, exp, log, square, sqrt, absolute) or two (add, subtract,
  multiply, divide, maximum, minimum), entry by entry; a number goes with each entry of a vector. Or it is sum,
  which adds up all entries of its one operand. There are no others.
- The operands are a tuple, ``("x",)`` if there is one. Each is a plain number or the name of an input or of an
  earlier stage.
- The last stage is the loss, one number. Every input and every stage before the last is used by a later one.

``X_local_derivatives(…)`` takes the inputs of the decomposition and returns a list with a tuple for each stage, in
the same order. The tuple holds one derivative for each operand that is a name, whichever input or stage
it names: that of this one operation by that operand, at the operands' values, as an array with an
entry for each entry of the operation, or as one number if all are the same. No chain rule is applied yet. The
derivative of a sum is 1 for each entry. An operand that stands twice in a stage has a derivative at
each place; a plain number has none. All inputs lie between -20 and 20.

As an example, here is the function Σ 1 / (x² + 3) of an input x, and then its local derivatives at x:

    [("squares", "multiply", ("x", "x")), ("more", "add", ("squares", 3.0)),
     ("parts", "reciprocal", ("more",)), ("whole", "sum", ("parts",))]
    [(x, x), (1.0,), (-1 / (x * x + 3) ** 2,), (1.0,)]
"""

import numpy as np

Decomposition = list[tuple[str, str, tuple[str | float, ...]]]
LocalDerivatives = list[tuple[np.ndarray | float, ...]]


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean over the examples of −log softmax(logits)[right class], the logarithm being natural.

    `logits` has shape (N, C), C >= 2, and may hold entries up to ±10000.
    """
    raise NotImplementedError("losses.cross_entropy")


def cross_entropy_gradient(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the gradient of `cross_entropy` by `logits`, shape (N, C), for the same arguments."""
    raise NotImplementedError("losses.cross_entropy")


def cross_entropy_decomposition() -> Decomposition:
    """Return the cross-entropy of one example as a program of the inputs ``logits`` and ``onehot``.

    Both are vectors of shape (C,); ``onehot`` is 1 at the right class and 0 elsewhere.
    """
    raise NotImplementedError("losses.cross_entropy")


def cross_entropy_local_derivatives(logits: np.ndarray, onehot: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives of your `cross_entropy_decomposition` at two vectors of shape (C,)."""
    raise NotImplementedError("losses.cross_entropy")


def hinge(scores: np.ndarray, labels: np.ndarray, margin: float) -> float:
    """Return the mean over the examples of Σ over the wrong classes j of max(0, s[j] − s[y] + margin).

    s are an example's scores and y is its right class (Weston and Watkins 1999, "Support vector machines for
    multi-class pattern recognition"). `scores` has shape (N, C), C >= 2; `margin` is a number > 0.
    """
    raise NotImplementedError("losses.hinge")


def hinge_gradient(scores: np.ndarray, labels: np.ndarray, margin: float) -> np.ndarray:
    """Return the gradient of `hinge` by `scores`, shape (N, C), for the same arguments."""
    raise NotImplementedError("losses.hinge")


def hinge_decomposition() -> Decomposition:
    """Return the hinge loss of one example as a program of the inputs ``scores``, ``onehot`` and ``margin``.

    ``scores`` and ``onehot`` are vectors of shape (C,), ``margin`` is a number > 0; ``onehot`` is 1 at the right
    class and 0 elsewhere.
    """
    raise NotImplementedError("losses.hinge")


def hinge_local_derivatives(scores: np.ndarray, onehot: np.ndarray, margin: float) -> LocalDerivatives:
    """Return the local derivatives of your `hinge_decomposition` at two vectors of shape (C,) and a number."""
    raise NotImplementedError("losses.hinge")


def l1(prediction: np.ndarray, target: np.ndarray) -> float:
    """Return the mean over the examples of Σ |prediction − target| over the D entries.

    Both arguments have shape (N, D), D >= 1.
    """
    raise NotImplementedError("losses.l1")


def l1_gradient(prediction: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the gradient of `l1` by `prediction`, shape (N, D), for the same arguments."""
    raise NotImplementedError("losses.l1")


def l1_decomposition() -> Decomposition:
    """Return the L1 loss of one example as a program of ``prediction`` and ``target``, vectors of shape (D,)."""
    raise NotImplementedError("losses.l1")


def l1_local_derivatives(prediction: np.ndarray, target: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives of your `l1_decomposition` at two vectors of shape (D,)."""
    raise NotImplementedError("losses.l1")


def huber(prediction: np.ndarray, target: np.ndarray, delta: float) -> float:
    """Return the mean over the examples of the sum over the D entries of Huber's function of the error.

    With e = prediction − target, that function is ½ e² where |e| ≤ δ, and δ (|e| − ½ δ) elsewhere (Huber
    1964, "Robust estimation of a location parameter"). `prediction` and `target` have shape (N, D), D >= 1;
    `delta` is δ, a number > 0.
    """
    raise NotImplementedError("losses.huber")


def huber_gradient(prediction: np.ndarray, target: np.ndarray, delta: float) -> np.ndarray:
    """Return the gradient of `huber` by `prediction`, shape (N, D), for the same arguments."""
    raise NotImplementedError("losses.huber")


def huber_decomposition() -> Decomposition:
    """Return the Huber loss of one example as a program of the inputs ``prediction``, ``target`` and ``delta``.

    ``prediction`` and ``target`` are vectors of shape (D,), ``delta`` is a number > 0. A straight-line
    program knows no cases: find one formula for both, with the help of ``minimum``.
    """
    raise NotImplementedError("losses.huber")


def huber_local_derivatives(prediction: np.ndarray, target: np.ndarray, delta: float) -> LocalDerivatives:
    """Return the local derivatives of your `huber_decomposition` at two vectors of shape (D,) and a number."""
    raise NotImplementedError("losses.huber")


def l2(prediction: np.ndarray, target: np.ndarray) -> float:
    """Return the mean over the examples of Σ (prediction − target)² over the D entries, without a factor ½.

    Both arguments have shape (N, D), D >= 1.
    """
    raise NotImplementedError("losses.l2")


def l2_gradient(prediction: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the gradient of `l2` by `prediction`, shape (N, D), for the same arguments."""
    raise NotImplementedError("losses.l2")


def l2_decomposition() -> Decomposition:
    """Return the L2 loss of one example as a program of ``prediction`` and ``target``, vectors of shape (D,)."""
    raise NotImplementedError("losses.l2")


def l2_local_derivatives(prediction: np.ndarray, target: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives of your `l2_decomposition` at two vectors of shape (D,)."""
    raise NotImplementedError("losses.l2")


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Return the mean over the examples of 1 − cos(a, b), where cos(a, b) = a·b / (‖a‖ ‖b‖).

    `a` and `b` have shape (N, D), D >= 2, and no row of zeros. A row's length may be a millionth: it counts as it is.
    """
    raise NotImplementedError("losses.cosine")


def cosine_gradient(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the gradient of `cosine` by `a`, shape (N, D), for the same arguments."""
    raise NotImplementedError("losses.cosine")


def cosine_decomposition() -> Decomposition:
    """Return 1 − cos(a, b) of one example as a program of ``a`` and ``b``, vectors of shape (D,)."""
    raise NotImplementedError("losses.cosine")


def cosine_local_derivatives(a: np.ndarray, b: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives of your `cosine_decomposition` at two vectors of shape (D,)."""
    raise NotImplementedError("losses.cosine")
