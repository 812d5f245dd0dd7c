"""Runs the reference's sweep over weight decay, and writes its record and a picture of it.

    python docs/decay.py

A few seconds on a free machine. The value to choose is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "lent"), str(ROOT / "reference")]

import decay_record  # noqa: E402  both are found by the line above
import weight_decay  # noqa: E402
from lab.protocol import conditions  # noqa: E402

EPOCHS = 10
VALUES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1)
SETTINGS: dict[str, Any] = {
    "learning_rate": 0.2, "batch_size": 10, "hidden": 50, "seed": 3,
    "train_size": 200, "validation_size": 400, "test_size": 400, **conditions(),
}  # fmt: skip


def main() -> None:
    """Write reference/decay.jsonl and docs/pictures/weight_decay.png."""
    record = weight_decay.weight_decay_sweep(lambda one: decay_record.repeat_run(one, EPOCHS), VALUES, SETTINGS)
    (ROOT / "reference" / "decay.jsonl").write_text(record, encoding="utf-8")
    figure = weight_decay.draw_weight_decay(record)
    figure.set_size_inches(6, 6)
    figure.savefig(ROOT / "docs" / "pictures" / "weight_decay.png", dpi=80)
    sys.stdout.write(f"best by validation: {weight_decay.best_weight_decay(record)}\n")


if __name__ == "__main__":
    main()
