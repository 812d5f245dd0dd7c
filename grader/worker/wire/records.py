"""Named tuples, which cross as plain tuples."""

from __future__ import annotations

from collections import namedtuple
from types import FunctionType

# What namedtuple itself defines, none of which adds anything to a tuple with the same entries.
_GENERATED = frozenset(vars(namedtuple("Empty", ())))
_METHODS = (FunctionType, property, classmethod, staticmethod)


def is_record(value: object) -> bool:
    """Return whether `value` is a named tuple and nothing more: one with methods of its own is an object."""
    *own, base, _ = (object, *type(value).__mro__)
    if base is not tuple or not any("_fields" in vars(kind) for kind in own):
        return False
    members = [(name, member) for kind in own for name, member in vars(kind).items()]
    return not any(type(member) in _METHODS and name not in _GENERATED for name, member in members)
