"""Runs the reference's three sweeps, and writes their logs and a picture of their learning curves."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "lent"), str(ROOT / "reference")]

import _swept  # noqa: E402  all are found by the lines above
import sweeps  # noqa: E402
from lab.protocol import conditions  # noqa: E402
from lab.runlog import curves, read  # noqa: E402

EPOCHS = 6
COMMON: dict[str, Any] = {
    "batch_size": 25, "epochs": EPOCHS, "seed": 1, "channels": 8, "train_size": _swept.TRAIN,
    "validation_size": _swept.VALIDATION, **conditions(),
}  # fmt: skip
GRIDS: dict[str, list[dict[str, Any]]] = {
    "sgd": [{"optimizer": "sgd", "learning_rate": rate} for rate in (0.003, 0.01, 0.03, 0.1, 0.3)],
    "adam": [{"optimizer": "adam", "learning_rate": rate} for rate in (0.0003, 0.001, 0.003, 0.01, 0.03)],
    "gamma": [
        {"optimizer": "adam", "learning_rate": 0.01, "step_size": 2, "gamma": gamma}
        for gamma in (0.1, 0.3, 0.5, 0.7, 0.9)
    ],
}


def main() -> None:
    """Run all and write ``sweep_NAME.jsonl`` below reference/, and ``sweep_NAME.png`` below docs/pictures/."""
    for name, grid in GRIDS.items():
        text = "".join(chain.from_iterable(sweeps.repeat_run({**one, **COMMON}, EPOCHS) for one in grid))
        (ROOT / "reference" / f"sweep_{name}.jsonl").write_text(text, encoding="utf-8")
        factor = "gamma" if name == "gamma" else "learning_rate"
        figure = curves(read(text), ("train_loss", "validation_loss"), factor)
        figure.savefig(ROOT / "docs" / "pictures" / f"sweep_{name}.png", dpi=80)


if __name__ == "__main__":
    main()
