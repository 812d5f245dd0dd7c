from dataclasses import dataclass, field

import numpy as np


@dataclass
class Nesterov:
    """The form of torch.optim.SGD(nesterov=True), with the velocity kept in a list of plain numbers."""

    learning_rate: float
    beta: float
    velocity: list = field(default_factory=list, repr=False)

    def step(self, parameters, gradient):
        slope = [float(s) for s in gradient(parameters)]
        before = self.velocity or [0.0] * len(slope)
        self.velocity = [self.beta * v + g for v, g in zip(before, slope, strict=True)]
        for place, (g, v) in enumerate(zip(slope, self.velocity)):
            parameters[place] -= self.learning_rate * (g + self.beta * v)
        return parameters
