"""Formulas as trees, and their values at a point: exact as long as all numbers are rational.

Nothing here can take long: an exact number that grows too large becomes a float, and a tree is as small as the text
that it was parsed from (`grader.checks.formulas.expression_parser`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Value = Fraction | float
Point = Mapping[str, "int | float | NDArray[Any]"]

# Larger than any count or product of sizes, and still fast to multiply.
EXACT_BITS = 2048


class NoValue(ArithmeticError):
    """A formula has no value at a point; the message says why."""


@dataclass(frozen=True)
class Number:
    """A nonnegative number as it was written."""

    value: Fraction

    def at(self, point: Point) -> Value:
        """Return the number."""
        return self.value

    def __str__(self) -> str:
        return str(self.value) if self.value.denominator == 1 else repr(float(self.value))


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str

    def at(self, point: Point) -> Value:
        """Return the variable's value; `NoValue` for an array."""
        value = point[self.name]
        if isinstance(value, np.ndarray):
            raise NoValue(f"{self.name} is an array; say which entry, as in {self.name}[0]")
        return _checked(value)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class MatrixEntry:
    """An entry of an array; indices count from 0, and may not be negative or beyond the end."""

    array: str
    indices: tuple[Tree, ...]

    def at(self, point: Point) -> Value:
        """Return the entry; `NoValue` if it does not exist."""
        array = point[self.array]
        if not isinstance(array, np.ndarray):
            raise NoValue(f"{self.array} is a number and has no entries")
        if array.ndim != len(self.indices):
            raise NoValue(f"{self.array} takes {array.ndim} indices, not {len(self.indices)}")
        place = tuple(map(_index, self.indices, array.shape, [point] * array.ndim))
        return _checked(array[place].item())

    def __str__(self) -> str:
        return f"{self.array}[{', '.join(map(str, self.indices))}]"


@dataclass(frozen=True)
class FormulaOperation:
    """An operator or function, by its name in `OPERATIONS` or `FUNCTIONS`, with its operands."""

    operation: str
    operands: tuple[Tree, ...]

    def at(self, point: Point) -> Value:
        """Return the operation's value; `NoValue` if it does not exist."""
        function = OPERATIONS.get(self.operation) or FUNCTIONS[self.operation].function
        values = [operand.at(point) for operand in self.operands]
        try:
            return _checked(function(*values))
        except ZeroDivisionError:
            raise NoValue("there is a division by zero") from None
        except OverflowError:
            raise NoValue("a number is too large") from None
        except ValueError:
            raise NoValue(f"{self.operation} is not defined there") from None

    def __str__(self) -> str:
        if self.operation in FUNCTIONS:
            return f"{self.operation}({', '.join(map(str, self.operands))})"
        if len(self.operands) == 1:
            return f"({self.operation}{self.operands[0]})"
        return f"({f' {self.operation} '.join(map(str, self.operands))})"


Tree = Number | Name | MatrixEntry | FormulaOperation


def _index(index: Tree, length: int, point: Point) -> int:
    value = index.at(point)
    if value != int(value):
        raise NoValue(f"the index {index} is not a whole number")
    if not 0 <= value < length:
        raise NoValue(f"the index {index} is {int(value)}, which is not from 0 to {length - 1}")
    return int(value)


def _checked(value: Any) -> Value:
    """Return a result of bounded size, exactly if possible; `NoValue` if it is not a finite real number."""
    if isinstance(value, complex):
        raise NoValue("a root of a negative number is not real")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NoValue("a number is too large")
        return value
    exact = Fraction(value)
    return exact if _bits(exact) <= EXACT_BITS else float(exact)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _power(base: Value, exponent: Value) -> Any:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        whole = exponent.numerator
        if _bits(base) * abs(whole) <= EXACT_BITS:
            return base**whole
    return float(base) ** float(exponent)


def _minus(first: Value, *second: Value) -> Value:
    return first - second[0] if second else -first


def _sigmoid(value: Value) -> float:
    return 0.5 + 0.5 * math.tanh(float(value) / 2)  # exp would overflow far from 0


@dataclass(frozen=True)
class Function:
    """A function that formulas may call, and how many operands it takes."""

    function: Callable[..., Any]
    least: int = 1
    most: int = 1


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": _minus,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "mod": operator.mod,
    "^": _power,
}
FUNCTIONS = {
    "floor": Function(math.floor),
    "ceil": Function(math.ceil),
    "abs": Function(abs),
    "sqrt": Function(math.sqrt),
    "exp": Function(math.exp),
    "log": Function(math.log),
    "tanh": Function(math.tanh),
    "sigmoid": Function(_sigmoid),
    "min": Function(min, 2, 10),
    "max": Function(max, 2, 10),
}
