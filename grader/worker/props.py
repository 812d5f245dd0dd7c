"""What a check may ask for by name on the student's side without PyTorch: shared generators, an optimizer in place."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import numpy as np


def draw_numbers() -> None:
    """Draw a number from each generator that all of a process shares: Python's, NumPy's, and PyTorch's if it is loaded.

    Other code draws from them at any time, which must change nothing that has a seed or a generator of its own.
    """
    random.random()
    np.random.random()
    if (torch := sys.modules.get("torch")) is not None:
        torch.rand(1)


def generator_states() -> list[str]:
    """Return what tells the states of these generators from all others."""
    states = [str(random.getstate()), str(np.random.get_state(legacy=True))]
    if (torch := sys.modules.get("torch")) is not None:
        states.append(str(torch.get_rng_state().tolist()))
    return states


class InPlace:
    """Plain gradient descent that changes the parameters it is given, and returns them."""

    def __init__(self, learning_rate: float) -> None:
        self.rate = learning_rate

    def step(self, parameters: np.ndarray, gradient: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Return the same array, moved against its gradient."""
        parameters -= self.rate * gradient(parameters)
        return parameters


PROPS: dict[str, Callable[..., object]] = {prop.__name__: prop for prop in (draw_numbers, generator_states, InPlace)}
