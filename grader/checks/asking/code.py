"""Calls and values as Python code that recreates them, for people who investigate a failure.

What is too large, or cannot be written, is replaced by an ellipsis or a word in angle brackets. This is not valid
Python, and `grader.pytest_side.snippet` does not show such lines.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.numeric.magnitudes import spread
from grader.worker.wire.tensors import Tensor, inert, is_tensor

Array = NDArray[Any]
CODE_LIMIT = 6_000
SHORT = 300
# Items of a list. Larger arrays are written as a call that creates them, if one is found.
ITEM_LIMIT = 60
ENTRY_LIMIT = 400
# The seeds with which suites draw large arrays, see `strategies.spread`.
SEEDS = range(10)
OPTIMIZERS = {"SGD", "Adam", "RMSprop", "Adagrad"}


class Coded(ABC):
    """A value that can write itself as Python code."""

    @abstractmethod
    def _code(self) -> str:
        """Return an expression."""


def as_code(value: object) -> str:
    """Return a value as Python, shortened if it is long."""
    text = re.sub(r" at 0x[0-9a-fA-F]+", "", python(value))  # the same text in every run
    return text if len(text) <= CODE_LIMIT else f"{text[:SHORT]}…"


def call_code(name: str, args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    """Return a call as Python."""
    words = [as_code(a) for a in args] + [f"{k}={as_code(v)}" for k, v in kwargs.items()]
    return f"{name}({', '.join(words)})"


def engine_code(work: str, args: Sequence[Any]) -> str:
    """Return a call of the engine's own functions on the student's side, see ``worker.running.lending``, as Python."""
    if work == "build":
        return f"{as_code(args[0])}.module()"
    if work == "make":
        return _made(*args)
    if work == "length":
        return f"len({as_code(args[0])})"
    if work == "entry":
        return f"{as_code(args[0])}[{as_code(args[1])}]"
    if work == "adopt":
        return f"adopt({as_code(args[0])}, {as_code(args[1])}.as_data())"
    return call_code(work, args, {})


def _made(kind: str, arguments: Mapping[str, Any], *first: object) -> str:
    """Return what `grader.worker.running.training.make` creates, in torch's own terms."""
    words = {name: value for name, value in arguments.items() if (name, value) != ("elsewhere", False)}
    if "elsewhere" in words or "last" in words or "listed" in words:
        return call_code("make", [kind, words, *first], {})
    if kind == "DataLoader":
        dataset = call_code("torch.utils.data.TensorDataset", first, {})
        return f"torch.utils.data.DataLoader({dataset}, {call_code('', [], words)[1:-1]})"
    if kind == "Generator":
        return f"torch.Generator().manual_seed({as_code(words['seed'])})"
    if kind in OPTIMIZERS:
        return call_code(f"torch.optim.{kind}", [WrittenCode(f"{as_code(first[0])}.parameters()"), *first[1:]], words)
    return call_code(f"torch.{'optim.lr_scheduler' if kind.endswith('LR') else 'nn'}.{kind}", first, words)


class WrittenCode(Coded):
    """Code that exists already."""

    def __init__(self, code: str) -> None:
        self._written = code

    def _code(self) -> str:
        return self._written


def python(value: object) -> str:
    """Return a value as Python; only part of it for a long list or a large array."""
    if isinstance(value, Coded):
        return value._code()
    if isinstance(value, np.ndarray):
        return _array_code(value)
    if isinstance(value, Tensor) or is_tensor(value):
        return _tensor_code(value if isinstance(value, Tensor) else inert(value))
    if type(value) is list or type(value) is tuple:
        items = [python(item) for item in value[:ITEM_LIMIT]] + ["…"] * (len(value) > ITEM_LIMIT)
        inside = ", ".join(items)
        return f"[{inside}]" if type(value) is list else f"({inside},)" if len(items) == 1 else f"({inside})"
    if type(value) is dict:
        return "{" + ", ".join(f"{python(key)}: {python(item)}" for key, item in value.items()) + "}"
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    try:
        return getattr(value, "__name__", None) or repr(value)
    except ValueError:  # an integer with more digits than Python converts
        return f"<{type(value).__name__}>"


def _tensor_code(value: Tensor) -> str:
    array, grad = _array_code(value.array), ", requires_grad=True" if value.requires_grad else ""
    return f"torch.tensor({array}, dtype=torch.{value.dtype}{grad})"


def _array_code(value: Array) -> str:
    if not value.flags.c_contiguous:
        layout = "in_fortran_order" if value.flags.f_contiguous else "with_gaps"
        return f"{layout}({_array_code(np.ascontiguousarray(value))})"
    dtype = f"dtype=np.{value.dtype.name}"
    if value.size == 0:
        return f"np.zeros({value.shape}, {dtype})"
    if value.size > ITEM_LIMIT and (made := _origin(value)):
        return made
    if value.size > ENTRY_LIMIT:
        return f"<array of shape {value.shape}>"
    text = np.array2string(value, separator=", ", threshold=ENTRY_LIMIT, floatmode="unique", max_line_width=10**6)
    numbers = re.sub(r"\b(nan|inf)\b", r"np.\1", " ".join(text.split()).replace("[ ", "["))
    return f"np.array({numbers}, {dtype})"


def _origin(value: Array) -> str:
    """Return a short expression for a large array, or "": one number everywhere, or `spread` with a small seed."""
    if (value == value.flat[0]).all():
        return f"np.full({value.shape}, {python(value.flat[0].item())}, dtype=np.{value.dtype.name})"
    if value.dtype.kind != "f":
        return ""
    seed = next((seed for seed in SEEDS if np.array_equal(spread(value.shape, seed).astype(value.dtype), value)), None)
    cast = "" if value.dtype == np.float64 else f".astype(np.{value.dtype.name})"
    return "" if seed is None else f"spread({value.shape}, {seed}){cast}"
