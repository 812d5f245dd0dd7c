"""Draws docs/pictures/optimizers.gif: the reference's update rules on their way down, by its own function."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
START = np.array([1.5, 4.0])
ITERATIONS = 50


def main() -> None:
    sys.path.insert(0, str(ROOT / "reference"))
    import optimizers as rules
    from paths import animate_paths

    optimizers = {
        "SGD, η = 0.02": rules.SGD(0.02),
        "Momentum, η = 0.005, β = 0.9": rules.Momentum(0.005, 0.9),
        "Nesterov, η = 0.005, β = 0.9": rules.Nesterov(0.005, 0.9),
        "AdaGrad, η = 0.5, ε = 1e-8": rules.AdaGrad(0.5, 1e-8),
        "RMSProp, η = 0.1, ρ = 0.9, ε = 1e-8": rules.RMSProp(0.1, 0.9, 1e-8),
    }
    paths = {
        label: rules.descend(optimizer, rules.bowl_gradient, START, ITERATIONS)
        for label, optimizer in optimizers.items()
    }
    animate_paths(paths, str(ROOT / "docs" / "pictures" / "optimizers.gif"))


if __name__ == "__main__":
    main()
