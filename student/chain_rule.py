# Fill in the bodies: each docstring says what is asked.
"""The chain rule over a decomposition: the derivative of a whole function, put together from those of its stages."""

import numpy as np

Decomposition = list[tuple[str, str, tuple[str | float, ...]]]
LocalDerivatives = list[tuple[np.ndarray, ...]]


def chain_rule(decomposition: Decomposition, local_derivatives: LocalDerivatives) -> np.ndarray:
    """Return the derivative of a decomposed function by its input z.

    `decomposition` is a list of stages ``(name, operation, operands)`` in the order in which they are computed, as the
    functions of the module `activations` return it. An operand is "z", the name of an earlier stage, or a plain number.
    The last stage is the function's value. The input and each stage may be used by several later stages, and twice by
    one stage.

    `local_derivatives` is a list with a tuple for each stage, in the same order: the derivative of this stage by each
    of its operands that is a name, in their order; a plain number has no entry. An operand that stands twice has an
    entry at each place. All are float arrays of the same shape as z.

    The derivative is an array of that shape, entry by entry: over all paths from z to the last stage, the sum of the
    products of the local derivatives along the path. Which operations the stages are does not matter: nothing is
    computed but sums and products of the local derivatives. Whether arguments are changed is left to you.

    As an example, x² + 3 of an input x is ``[("s", "square", ("z",)), ("y", "add", ("s", 3.0))]``, with the local
    derivatives ``[(2 * x,), (one,)]``, where one is an array of ones; the derivative is ``one * 2 * x``.
    """
    raise NotImplementedError("chain_rule.composed")
