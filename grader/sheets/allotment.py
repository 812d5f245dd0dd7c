"""The values that a student is given: derived from the roll number, stored nowhere, always the same."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.sheets.form import Array, Ask, Form, Quantity, Values, computed

ATTEMPTS = 20_000
# The sheet of this roll number is not a student's: it is allotted without the course's secret and may be shown.
EXAMPLE = "example"


class NoAllotment(Exception):
    """The network has no allotment with which all answers are large enough."""


@dataclass(frozen=True)
class Key:
    """What an allotment is derived from."""

    secret: bytes
    assignment: str
    question: str
    roll: str


def allotted(form: Form, key: Key, ask: Ask) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return what a student is given, and this with all answers.

    Values are drawn again until each answer is at least ``form.smallest`` in size, so that none rounds to zero. Raises
    NoAllotment if that does not succeed, Unsolved if the solution fails.
    """
    for attempt in range(ATTEMPTS):
        given = drawn(form, key, attempt)
        values = _all_large(form, given, ask)
        if values is not None:
            return given, values
    raise NoAllotment(f"none of {ATTEMPTS} allotments leads to answers of at least {form.smallest:g} throughout")


def _all_large(form: Form, given: Values, ask: Ask) -> dict[str, Array] | None:
    """Return what follows from some given values, or None as soon as one of the answers is too small."""
    values = dict(given)
    for quantity in form.asked:
        values[quantity.name] = computed(form, quantity, values, ask)
        if (np.abs(values[quantity.name]) < form.smallest).any():
            return None
    return values


def drawn(form: Form, key: Key, attempt: int) -> dict[str, Array]:
    """Return the values of one attempt; the entries of one quantity differ if there are enough values."""
    numbers = _stream(key, attempt)
    step = 10**form.spec.decimals
    sizes = {"x": form.spec.largest, "t": 0.9}
    given: dict[str, Array] = {"eta": np.array(form.spec.learning_rate)}
    for quantity in form.given:
        if quantity.name == "eta":
            continue
        steps = range(1, round(sizes.get(quantity.name, form.spec.largest) * step) + 1)
        signs = (1,) if quantity.name in sizes else (1, -1)
        given[quantity.name] = _chosen(quantity, [sign * n for n in steps for sign in signs], numbers) / step
    return given


def _chosen(quantity: Quantity, pool: list[int], numbers: Iterator[int]) -> Array:
    left: list[int] = []
    chosen = []
    for _ in quantity.entries:
        left = left or list(pool)
        chosen.append(left.pop(next(numbers) % len(left)))
    return np.array(chosen, dtype=np.float64).reshape(quantity.shape)


def _stream(key: Key, attempt: int) -> Iterator[int]:
    """Yield numbers of 64 bits: HMAC-SHA256, keyed by the course, of the student's identity and a counter."""
    secret = b"" if key.roll == EXAMPLE else key.secret
    counter = 0
    while True:
        words = ["sheet", key.assignment, key.question, key.roll, str(attempt), str(counter)]
        digest = hmac.digest(secret, "\0".join(words).encode(), "sha256")
        yield from (int.from_bytes(digest[at : at + 8], "big") for at in range(0, 32, 8))
        counter += 1
