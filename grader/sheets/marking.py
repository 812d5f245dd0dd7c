"""Judges a filled sheet value by value: right, following from the student's own earlier values, or wrong.

A wrong value costs marks once: what follows from it by the right formula is right. Nothing follows from impossible
values: one that is zero except for rounding, an output that its activation never has. Nor does a zero follow from
values chosen so that nothing is left to calculate: outputs equal to the targets, units in the flat part of their
activation. A sheet of which less than half is consistent was not calculated, and one that hardly uses the allotted
numbers is somebody else's; nothing on them follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from grader.core.errors import GraderFault
from grader.sheets.form import Array, Ask, Form, Quantity, Unsolved, Values, computed
from grader.sheets.reading import FilledSheet, Reading, changed
from grader.sheets.sheet import Sheet


class State(Enum):
    """How one entry of a sheet is judged."""

    RIGHT = "right"
    FOLLOWS = "follows from the values before it"
    COARSE = "right as far as it goes, with fewer digits than asked"
    WRONG = "not what comes of the values before it"
    BLANK = "left blank"
    UNREADABLE = "no number that can be read"

    @property
    def is_good(self) -> bool:
        """Whether it earns its marks."""
        return self in {State.RIGHT, State.FOLLOWS}


@dataclass(frozen=True)
class Judged:
    """One entry of a sheet, judged: what was written, what follows from the earlier values, what is right.

    `problem` says why it cannot be read. Only staff may see it as text.
    """

    entry: str
    state: State
    own: float
    follows: float
    right: float
    problem: str = ""

    def __str__(self) -> str:
        numbers = f"written {self.own:.6g}, following {self.follows:.6g}, right {self.right:.6g}"
        return f"{self.entry}: {self.state.value} ({numbers})"


@dataclass(frozen=True)
class _Followed:
    """A quantity as it follows from the sheet: its expected value, how far off it may be, how to continue.

    `vanished` says, entry by entry, where nothing is left of it.
    """

    expected: Array
    slack: Array
    effective: Array
    vanished: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Mistake:
    """A known mistake: the sentence that helps its author, and a solution that makes it."""

    sentence: str
    ask: Ask


class Marked(Sheet):
    """A sheet that was handed in, with what was allotted to `roll` and what follows from that.

    `values` contains everything that is given and asked, as the solution `ask` computes it. `others` compute the same
    in other ways, which differ when they continue from a wrong value.
    """

    def __init__(
        self, form: Form, reading: Reading, roll: str, values: Values, ask: Ask,
        mistakes: Sequence[Mistake] = (), others: Sequence[Ask] = (),
    ) -> None:  # fmt: skip
        super().__init__(form, reading)
        self.roll = roll
        self._values = values
        self._ask = ask
        self._mistakes = mistakes
        self._others = others

    @cached_property
    def changed(self) -> list[str]:
        """The given entries that were handed in with other values."""
        return [*changed(self.reading, self.form, self._values)]

    def judged(self, name: str) -> list[Judged]:
        """Return every entry of the quantity called `name`, judged."""
        quantity, problems = self._quantity(name), self.reading.problems
        states = self._states(name, follow=self._holds_together)
        own, follows, right = self.own(quantity).flat, self._followed[name].expected.flat, self._values[name].flat
        return [
            Judged(entry, state, float(mine), float(following), float(value), problems.get(entry, ""))
            for entry, state, mine, following, value in zip(quantity.entries, states, own, follows, right, strict=True)
        ]

    def mistake(self, names: Sequence[str]) -> str:
        """Return the sentence of the first known mistake that explains everything wrong in some quantities, or ""."""
        found = (known.sentence for known in self._mistakes if all(self._shows(name, known.ask) for name in names))
        return next(found, "")

    def _shows(self, name: str, mistaken: Ask) -> bool:
        quantity, followed = self._quantity(name), self._followed[name]
        states = self._states(name, follow=self._holds_together)
        try:
            answer = computed(self.form, quantity, self._effective, mistaken)
        except Unsolved:
            return False
        near = self._near(quantity, answer, followed.slack)
        return all(near[place] for place, state in enumerate(states) if not state.is_good)

    @cached_property
    def _holds_together(self) -> bool:
        """Return whether half of the sheet is good, and a third of what depends on the student's own numbers."""
        filled, from_allotted = [], []
        for quantity in self.form.asked:
            states = [s for s in self._states(quantity.name, follow=True) if s is not State.BLANK]
            filled += states
            from_allotted += states if quantity.from_allotted else []
        half, third = (sum(state.is_good for state in states) for states in (filled, from_allotted))
        return 2 * half >= len(filled) and 3 * third >= max(1, len(from_allotted))

    @cached_property
    def _effective(self) -> dict[str, Array]:
        given = {quantity.name: self._values[quantity.name] for quantity in self.form.given}
        return given | {name: followed.effective for name, followed in self._followed.items()}

    @cached_property
    def _followed(self) -> dict[str, _Followed]:
        """Every quantity as it follows from the sheet's own earlier values."""
        known = {quantity.name: self._values[quantity.name] for quantity in self.form.given}
        found: dict[str, _Followed] = {}
        for quantity in self.form.asked:
            expected = computed(self.form, quantity, known, self._ask)
            vanished = self._vanished(expected)
            instead = np.where(vanished, self._values[quantity.name], expected)
            effective = np.where(self.can_be(quantity), self.own(quantity), instead)
            found[quantity.name] = _Followed(expected, self._slack(quantity, known, expected), effective, vanished)
            known[quantity.name] = effective
        return found

    def _vanished(self, expected: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Return where an expected value is zero except for rounding, which no right one is.

        After a slip a ReLU may be silent, and what depends on it 0; but not all of a layer's.
        """
        zero = np.abs(expected) < 10.0**-self.form.spec.digits
        rectified = any(layer.activation == "relu" for layer in self.form.spec.layers)
        return np.asarray(zero & (zero.all() if rectified else True))

    def _slack(self, quantity: Quantity, known: Values, expected: Array) -> Array:
        """Return the effect of rounding earlier values: they are written down rounded, but may be used unrounded."""
        slack = np.zeros(quantity.shape)
        for name in quantity.inputs:
            half = self._unit(known[name]) / 2
            for place in np.ndindex(known[name].shape):
                moved = known[name].copy()
                moved[place] += half[place]
                try:
                    slack += np.abs(computed(self.form, quantity, {**known, name: moved}, self._ask) - expected)
                except Unsolved:
                    continue
        # Bounded, because otherwise an absurdly large value would leave room for anything after it.
        return np.minimum(slack, np.maximum(np.abs(expected) / 100, self.form.smallest / 100))

    def _states(self, name: str, *, follow: bool) -> list[State]:
        quantity, followed = self._quantity(name), self._followed[name]
        right = self._near(quantity, self._values[name], np.zeros(quantity.shape))
        follows = self._near(quantity, followed.expected, followed.slack) & follow
        if follow and not (right | follows).all():
            for other in self._others:
                follows |= self._near(quantity, computed(self.form, quantity, self._effective, other), followed.slack)
        follows &= ~followed.vanished.ravel()
        wanted = [self._values[name].ravel(), *([followed.expected.ravel()] if follow else [])]
        states = []
        for place, entry in enumerate(quantity.entries):
            written = self.reading.numbers.get(entry)
            if entry in self.reading.problems:
                states.append(State.UNREADABLE)
            elif written is None:
                states.append(State.BLANK)
            elif right[place] or follows[place]:
                states.append(State.RIGHT if right[place] else State.FOLLOWS)
            else:
                coarse = any(_rounds_to(written, float(expected[place])) for expected in wanted)
                states.append(State.COARSE if coarse else State.WRONG)
        return states

    def _near(self, quantity: Quantity, expected: Array, slack: Array) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return for each entry, in order, whether it is off by at most one unit of its last digit and the slack."""
        own, right = self.own(quantity).ravel(), expected.ravel()
        room = np.maximum(self._unit(own), self._unit(right)) * (1 + 1e-9) + slack.ravel()
        return np.asarray(np.abs(own - right) <= room)

    def _unit(self, values: Array) -> Array:
        """Return one unit of the last significant digit that is asked, entry by entry."""
        size = np.maximum(np.abs(np.nan_to_num(values)), 10.0**-self.form.spec.digits)
        return np.asarray(10.0 ** (np.floor(np.log10(size)) - self.form.spec.digits + 1))

    def _quantity(self, name: str) -> Quantity:
        known = {quantity.name: quantity for quantity in self.form.asked}
        if name not in known:
            raise GraderFault(f"a check asks for {name!r}, which is not on the sheet", expected=f"one of {[*known]}")
        return known[name]


def _rounds_to(written: FilledSheet, expected: float) -> bool:
    """Return whether a number is right as far as its digits go."""
    return abs(written.value - expected) <= 0.5000001 * 10.0**-written.decimals and written.value != 0
