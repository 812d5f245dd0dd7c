"""Saboteurs that change an argument of the function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.audit.habits.habit import Fired, Function, Saboteur
from grader.audit.values import is_array, is_real, is_tensor, torch


def _changing(change: Callable[[Any], bool]) -> Saboteur:
    """Return a saboteur that changes the first argument that can be changed, after the work is done."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            result = solved(*args, **kwargs)
            if any(change(value) for value in (*args, *kwargs.values())):
                fired()
            return result

        return answer

    return saboteur


def _write(value: Any) -> bool:
    if is_array(value) and value.size and value.flags.writeable and is_real(value):
        value.flat[0] += 1
        return True
    if is_tensor(value) and value.numel() and is_real(value):
        with torch().no_grad():
            value.view(-1)[0] += 1
        return True
    return False


def _reverse_array(value: Any) -> bool:
    if is_tensor(value) and value.ndim and not torch().equal(value, value.flip(0)):
        with torch().no_grad():
            value.copy_(value.flip(0))
        return True
    if not (is_array(value) and value.ndim and value.flags.writeable) or np.array_equal(value, value[::-1]):
        return False
    value[...] = value[::-1].copy()
    return True


def _reshape(value: Any) -> bool:
    if not (is_array(value) and value.ndim > 1 and value.flags.c_contiguous):
        return False
    value.resize((value.size,), refcheck=False)
    return True


def _reverse_list(value: Any) -> bool:
    if type(value) is not list or len(value) < 2:
        return False
    value.reverse()
    return True


def _fill_dict(value: Any) -> bool:
    if type(value) is not dict:
        return False
    value["seen"] = True
    return True


def _require(value: Any) -> bool:
    if not (is_tensor(value) and value.is_leaf and value.is_floating_point()) or value.requires_grad:
        return False
    value.requires_grad_()
    return True


ARGUMENTS: dict[str, Saboteur] = {
    "writes to an array that it was given": _changing(_write),
    "reverses an array that it was given": _changing(_reverse_array),
    "flattens an array that it was given": _changing(_reshape),
    "reverses a list that it was given": _changing(_reverse_list),
    "adds to a dict that it was given": _changing(_fill_dict),
    "leaves a tensor requiring a gradient": _changing(_require),
}
