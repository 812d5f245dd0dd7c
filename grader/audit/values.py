"""How saboteurs examine values: the kinds of values that cross, and whether two are the same."""

from __future__ import annotations

import copy
import sys
from typing import Any

import numpy as np

from grader.worker.running.figure_capture import drawn
from grader.worker.wire.figures import as_data


def torch() -> Any:
    """Return PyTorch if it has been imported, as it has if there is a tensor; else None."""
    return sys.modules.get("torch")


def is_array(value: Any) -> bool:
    """Return whether this is a NumPy array, and not of a subclass."""
    return type(value) is np.ndarray


def is_tensor(value: Any) -> bool:
    """Return whether this is a PyTorch tensor."""
    return (library := torch()) is not None and isinstance(value, library.Tensor)


def is_model(value: Any) -> bool:
    """Return whether this is a PyTorch module."""
    return (library := torch()) is not None and isinstance(value, library.nn.Module)


def is_float(value: Any) -> bool:
    """Return whether this is a float, or an array or tensor of floats."""
    if is_tensor(value):
        return bool(value.is_floating_point())
    return type(value) is float or (is_array(value) and value.dtype.kind == "f")


def is_real(value: Any) -> bool:
    """Return whether this is an array or tensor of real numbers, which excludes booleans."""
    if is_tensor(value):
        return not (value.is_complex() or value.dtype is torch().bool)
    return is_array(value) and value.dtype.kind in "iuf"


def changed(value: Any, where: Any = slice(0), to: Any = 0) -> Any:
    """Return a copy of an array or tensor, through which gradients flow, with other entries somewhere."""
    copy_of = value.clone() if is_tensor(value) else value.copy()
    copy_of[where] = to
    return copy_of


def form(value: Any) -> object:
    """Return the form of a value: shape and dtype, or its type."""
    return (value.shape, str(value.dtype)) if is_array(value) or is_tensor(value) else type(value)


def copied(value: Any) -> Any:
    """Return a copy, or the value itself if it cannot be copied, such as an iterator."""
    try:
        return copy.deepcopy(value)
    except Exception:  # each kind of object raises a different exception if it cannot be copied
        return value


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same to the last bit.

    Models and generators are compared by their contents, figures by what they show, other objects by identity.
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
    """Return the state of a generator, or everything that a model contains, including its mode."""
    if is_model(value):
        return vars(value)
    return value.bit_generator.state if isinstance(value, np.random.Generator) else value.get_state()


def is_data(value: Any) -> bool:
    """Return whether a value can be passed twice, each time as a copy, without leaving traces.

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
    """Return whether two values are the same except for rounding in float64; objects are compared by identity."""
    if is_tensor(one) and is_tensor(other) and is_float(one) and is_float(other):
        return nearly_same(one.detach().numpy(), other.detach().numpy())
    if is_float(one) and is_float(other):
        # Ten thousand times its precision, or as good as zero compared with the numbers that checks use.
        close = np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True)
        return bool(close)
    if isinstance(one, (list, tuple)) and type(one) is type(other):
        return len(one) == len(other) and all(map(nearly_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(nearly_same(one[key], other[key]) for key in one)
    return same(one, other)


def is_generator(value: Any) -> bool:
    """Return whether this is a generator of NumPy or of PyTorch."""
    library = torch()
    return isinstance(value, np.random.Generator) or (library is not None and isinstance(value, library.Generator))
