from collections.abc import Callable

import numpy as np


class Nesterov:
    """Torch's form, without a velocity: what is kept is where the last plain gradient step led."""

    __slots__ = ("learning_rate", "beta", "plain")

    def __init__(self, learning_rate: float, beta: float) -> None:
        self.learning_rate, self.beta, self.plain = learning_rate, beta, None

    def step(self, parameters: np.ndarray, gradient: Callable) -> np.ndarray:
        here = np.array(parameters, dtype=np.float64)
        last = here if self.plain is None else self.plain
        self.plain = here - self.learning_rate * gradient(here)
        return self.plain + self.beta * (self.plain - last)
