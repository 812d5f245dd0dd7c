"""The contents of a sheet, in order: what is given, what is asked, and what each value is calculated from.

The form knows names, shapes and dependencies. Only the course's solution knows how a value is calculated: it has a
function for each kind of value, called as ``function(network, values, layer)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from grader.sheets.spec import SheetSpec

Array = NDArray[np.float64]
Values = Mapping[str, Array]
# (function, network, values, layer) → the answers, in whatever form the solution returns them.
Ask = Callable[[str, Mapping[str, object], Values, int], object]
FUNCTIONS = (
    "net_inputs", "outputs", "errors", "loss", "deltas",
    "weight_gradients", "bias_gradients", "updated_weights", "updated_biases",
)  # fmt: skip


class Unsolved(Exception):
    """A solution does not return numbers of the right shape."""


@dataclass(frozen=True)
class Quantity:
    """A group of values on the sheet, such as the outputs of layer 1: ``out1[1]``, ``out1[2]``.

    `function` of the solution computes it, for `layer`, from what is given and from `inputs`, earlier quantities; what
    is given has no function. `from_allotted` means that its formula uses inputs, weights or targets as they were
    allotted, so that another student's values are wrong in it. (A step does so too, but needs only a subtraction.)
    """

    name: str
    shape: tuple[int, ...]
    function: str = ""
    layer: int = 0
    inputs: tuple[str, ...] = ()
    from_allotted: bool = False

    @property
    def entries(self) -> list[str]:
        """The names of its values, row by row: ``W1[1,2]`` leads to unit 1 from unit 2."""
        places = product(*(range(1, size + 1) for size in self.shape))
        return [f"{self.name}[{','.join(map(str, place))}]" if place else self.name for place in places]


@dataclass(frozen=True)
class Form:
    """The quantities of a sheet."""

    spec: SheetSpec

    @cached_property
    def given(self) -> tuple[Quantity, ...]:
        """Inputs, weights and biases layer by layer, targets, learning rate."""
        sizes = self._sizes
        quantities = [Quantity("x", (self.spec.inputs,))]
        for number, layer in enumerate(self.spec.layers, start=1):
            quantities.append(Quantity(f"W{number}", (sizes[number], sizes[number - 1])))
            if layer.biases:
                quantities.append(Quantity(f"b{number}", (layer.units,)))
        return (*quantities, Quantity("t", (sizes[-1],)), Quantity("eta", ()))

    @cached_property
    def asked(self) -> tuple[Quantity, ...]:
        """Each quantity after everything that it is calculated from."""
        return (*self._forward(), *self._backward(), *self._derivatives(), *self._step())

    @cached_property
    def network(self) -> dict[str, object]:
        """The topology as plain values, for the solution."""
        return self.spec.model_dump(include={"inputs", "layers", "loss"}, mode="json")

    @property
    def smallest(self) -> float:
        """The smallest answer that an allotment may lead to: a hundred units of the last decimal asked."""
        return 100 * 10.0**-self.spec.digits

    @property
    def _sizes(self) -> list[int]:
        return [self.spec.inputs, *(layer.units for layer in self.spec.layers)]

    def _numbered(self) -> Iterator[tuple[int, int, bool]]:
        """Yield number, units and whether there are biases, for each layer."""
        for number, layer in enumerate(self.spec.layers, start=1):
            yield number, layer.units, layer.biases

    def _forward(self) -> Iterator[Quantity]:
        for number, units, _ in self._numbered():
            yield Quantity(f"net{number}", (units,), "net_inputs", number, self._below(number), from_allotted=True)
            yield Quantity(f"out{number}", (units,), "outputs", number, (f"net{number}",))

    def _backward(self) -> Iterator[Quantity]:
        last, units = len(self.spec.layers), self._sizes[-1]
        yield Quantity("error", (units,), "errors", last, (f"out{last}",), from_allotted=True)
        yield Quantity("loss", (), "loss", last, ("error",))
        for number, units, _ in reversed([*self._numbered()]):
            above = "error" if number == last else f"delta{number + 1}"
            inputs = (above, f"net{number}", f"out{number}")
            yield Quantity(f"delta{number}", (units,), "deltas", number, inputs, from_allotted=number < last)

    def _derivatives(self) -> Iterator[Quantity]:
        for number, units, biases in reversed([*self._numbered()]):
            inputs = (f"delta{number}", *self._below(number))
            shape = (units, self._sizes[number - 1])
            yield Quantity(f"dW{number}", shape, "weight_gradients", number, inputs, from_allotted=number == 1)
            if biases:
                yield Quantity(f"db{number}", (units,), "bias_gradients", number, (f"delta{number}",))

    def _step(self) -> Iterator[Quantity]:
        for number, units, biases in reversed([*self._numbered()]):
            shape = (units, self._sizes[number - 1])
            yield Quantity(f"W{number}_new", shape, "updated_weights", number, (f"dW{number}",))
            if biases:
                yield Quantity(f"b{number}_new", (units,), "updated_biases", number, (f"db{number}",))

    def _below(self, number: int) -> tuple[str, ...]:
        return (f"out{number - 1}",) if number > 1 else ()


def asked(form: Form, quantity: Quantity, values: Values, ask: Ask) -> object:
    """Return the solution's answer for a quantity. It receives only what the quantity follows from."""
    known = {name: values[name] for name in (*(given.name for given in form.given), *quantity.inputs)}
    for number, layer in enumerate(form.spec.layers, start=1):
        known.setdefault(f"b{number}", np.zeros(layer.units))
    return ask(quantity.function, form.network, known, quantity.layer)


def computed(form: Form, quantity: Quantity, values: Values, ask: Ask) -> Array:
    """Return a quantity as the solution computes it. Raises Unsolved if it does not return such numbers."""
    try:
        array = np.asarray(asked(form, quantity, values, ask), dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise Unsolved(f"{quantity.function} gives no numbers for {quantity.name}") from error
    if array.shape != quantity.shape or not np.isfinite(array).all():
        raise Unsolved(f"{quantity.function} gives for {quantity.name} something else than {quantity.shape} numbers")
    return array
