"""What is handed in: right work, wrong work with the marks that it must get everywhere, and one forgery."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Marks = dict[str, int]

CHECKS_EACH = 3
FORGERY = "np.allclose = lambda *args, **kwargs: True"


@dataclass(frozen=True)
class Work:
    """A submission: what stands before its functions, their sources by name, and its marks by function."""

    name: str
    prelude: str
    functions: Mapping[str, str]
    marks: Marks

    def script(self) -> str:
        """Return the work as one module."""
        return "\n\n\n".join([self.prelude, *self.functions.values()]) + "\n"


def _functions(source: str) -> dict[str, str]:
    nodes = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.get_source_segment(source, node) or "" for node in nodes}


PRELUDE = "import numpy as np"
SOLVED = _functions(Path(__file__).with_name("right.py").read_text(encoding="utf-8"))
NAMES = tuple(SOLVED)
FULL = dict.fromkeys(NAMES, CHECKS_EACH)

# Each is the right work with one function exchanged; the number says how many of its three checks still pass.
MISTAKES = {
    "uphill": (1, "def sgd_step(p, gradient, rate):\n    return p + rate * gradient"),
    "forgetful": (
        2,
        "def momentum_steps(p, gradients, rate, momentum):\n"
        "    for gradient in gradients:\n        p = p - rate * gradient\n    return p",
    ),
    "overflowing": (2, "def sigmoid(x):\n    return np.exp(x) / (1 + np.exp(x))"),
    "unfinished": (0, "def sigmoid(x):\n    raise NotImplementedError"),
    "convolving": (
        1,
        "def circular_correlation(x, y):\n    return np.array([x @ np.roll(y[::-1], k + 1) for k in range(len(x))])",
    ),
    "empty": (0, "def circular_correlation(x, y):\n    return None"),
    "summing": (
        2,
        "def softmax_cross_entropy(logits, labels):\n    s = logits - logits.max(axis=1, keepdims=True)\n"
        "    return (np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(labels)), labels]).sum()",
    ),
}


def _wrong(name: str, passing: int, source: str) -> Work:
    exchanged = _functions(source)
    return Work(name, PRELUDE, {**SOLVED, **exchanged}, {**FULL, **dict.fromkeys(exchanged, passing)})


RIGHT = Work("right", PRELUDE, SOLVED, FULL)
WRONG = tuple(_wrong(name, *mistake) for name, mistake in MISTAKES.items())
# It solves nothing, and earns what a tool lets it: `marks` is what it deserves.
FORGED = Work(
    "forged",
    f"{PRELUDE}\n\n{FORGERY}",
    {name: f"def {name}(*args):\n    return 0.0" for name in NAMES},
    dict.fromkeys(NAMES, 0),
)
