"""What the saboteurs of an audit look at: the kinds of values that cross, and whether two are the same."""

from __future__ import annotations

import copy
import sys
from typing import Any

import numpy as np

from grader.worker.drawn import drawn
from grader.worker.figures import as_data


def torch() -> Any:
    """Return PyTorch where it has been imported, as it has by whoever holds a tensor; else None."""
    return sys.modules.get("torch")


def is_array(value: Any) -> bool:
    """Tell an array of NumPy's own, no subclass."""
    return type(value) is np.ndarray


def is_tensor(value: Any) -> bool:
    """Tell a tensor of PyTorch's."""
    return (library := torch()) is not None and isinstance(value, library.Tensor)


def is_model(value: Any) -> bool:
    """Tell a module of PyTorch's."""
    return (library := torch()) is not None and isinstance(value, library.nn.Module)


def is_float(value: Any) -> bool:
    """Tell a float, or an array or tensor of floats."""
    if is_tensor(value):
        return bool(value.is_floating_point())
    return type(value) is float or (is_array(value) and value.dtype.kind == "f")


def is_real(value: Any) -> bool:
    """Tell an array or tensor of real numbers, which truth values are not."""
    if is_tensor(value):
        return not (value.is_complex() or value.dtype is torch().bool)
    return is_array(value) and value.dtype.kind in "iuf"


def changed(value: Any, where: Any = slice(0), to: Any = 0) -> Any:
    """Return a copy of an array or tensor, through which gradients go, that has other entries somewhere."""
    copy_of = value.clone() if is_tensor(value) else value.copy()
    copy_of[where] = to
    return copy_of


def form(value: Any) -> object:
    """Return what tells the form of a value: shape and dtype, or its type."""
    return (value.shape, str(value.dtype)) if is_array(value) or is_tensor(value) else type(value)


def copied(value: Any) -> Any:
    """Return a copy, or what cannot be copied, such as an iterator, as it is."""
    try:
        return copy.deepcopy(value)
    except Exception:  # each kind of object has an error of its own for what it cannot do
        return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the last bit.

    Models and generators are compared by what they hold, figures by what they show, other objects by identity.
    """
    if type(one) is not type(other):
        return False
    if is_model(one) or is_generator(one):
        return one is other or same(_held(one), _held(other))
    if is_array(one):
        alike = one.dtype == other.dtype and one.shape == other.shape
        return alike and bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fc"))
    if is_tensor(one):
        alike = one.dtype == other.dtype and one.shape == other.shape
        return alike and bool(((one == other) | ((one != one) & (other != other))).all())
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if (figure := drawn(one)) is not None:
        return same(as_data(figure), as_data(drawn(other)))
    return one is other or (type(one) in {int, float, str, bool, bytes, complex, set} and one == other)


def _held(value: Any) -> object:
    """Return the state of a generator, or all that a model holds, its mode among it."""
    if is_model(value):
        return vars(value)
    return value.bit_generator.state if isinstance(value, np.random.Generator) else value.get_state()


def is_data(value: Any) -> bool:
    """Tell what can be asked twice, each time a copy, without a trace.

    That is a number, a text, an array, a tensor, a model, a generator or None, and lists, tuples and dicts of these.
    """
    if isinstance(value, dict):
        return all(map(is_data, value.values()))
    if isinstance(value, (list, tuple)):
        return all(map(is_data, value))
    if is_array(value) or is_tensor(value) or is_model(value) or is_generator(value):
        return True
    return value is None or isinstance(value, (np.generic, int, float, str))


def nearly_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same but for what float64 may round off; objects are by identity."""
    if is_tensor(one) and is_tensor(other) and is_float(one) and is_float(other):
        return nearly_same(one.detach().numpy(), other.detach().numpy())
    if is_float(one) and is_float(other):
        # Ten thousand times its precision, or as good as zero beside the numbers that checks ask for.
        close = np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True)
        return bool(close)
    if isinstance(one, (list, tuple)) and type(one) is type(other):
        return len(one) == len(other) and all(map(nearly_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(nearly_same(one[key], other[key]) for key in one)
    return same(one, other)


def is_generator(value: Any) -> bool:
    """Tell a generator of NumPy's or of PyTorch's."""
    library = torch()
    return isinstance(value, np.random.Generator) or (library is not None and isinstance(value, library.Generator))
