"""A sheet as it was handed in, before anything is known about what was allotted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.sheets.form import Array, Form, Quantity
from grader.sheets.reading import Reading
from grader.sheets.units import UNITS


class Sheet:
    """The contents of a sheet of a form."""

    def __init__(self, form: Form, reading: Reading) -> None:
        self.form = form
        self.reading = reading

    @property
    def is_blank(self) -> bool:
        """Whether nothing that is asked is answered."""
        entries = [entry for quantity in self.form.asked for entry in quantity.entries]
        return not any(entry in self.reading.numbers or entry in self.reading.problems for entry in entries)

    def own(self, quantity: Quantity) -> Array:
        """Return the sheet's values for a quantity, nan where there is none that can be read."""
        written = [
            None if entry in self.reading.problems else self.reading.numbers.get(entry) for entry in quantity.entries
        ]
        numbers = [one.value if one else np.nan for one in written]
        return np.array(numbers, dtype=np.float64).reshape(quantity.shape)

    def can_be(self, quantity: Quantity) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Return, entry by entry, which values are possible: not rounded zeros, and in the activation's range."""
        own = self.own(quantity)
        low, high = -np.inf, np.inf
        if quantity.function == "outputs":
            low, high = UNITS[self.form.spec.layers[quantity.layer - 1].activation].interval
        return np.asarray((np.abs(own) >= 10.0**-self.form.spec.digits) & (low < own) & (own < high))

    def unfinished(self) -> Iterator[str]:
        """Yield what is left blank, unreadable or impossible, in words for the student."""
        for quantity in self.form.asked:
            possible = self.can_be(quantity).ravel()
            for place, entry in enumerate(quantity.entries):
                if entry in self.reading.problems:
                    yield self.reading.problems[entry]
                elif entry not in self.reading.numbers:
                    yield f"{entry} is left blank"
                elif not possible[place]:
                    yield f"{entry} = {self.reading.numbers[entry].value:g} is not possible"
