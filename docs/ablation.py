"""Runs the reference's ablation, and writes its record, reference/ablation.jsonl.

python docs/ablation.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "lent"), str(ROOT / "reference")]

import ablation  # noqa: E402  both are found by the line above
from lab.images import shapes  # noqa: E402
from lab.protocol import conditions  # noqa: E402

EPOCHS = 3
BASELINE: dict[str, Any] = {
    "batch_norm": True, "depth": 3, "dropout": 0.0, "output": "softmax", "pooling": "max", "optimizer": "adam",
    "augmentation": "none", "width": 8, "learning_rate": 0.003, "batch_size": 20, "seed": 1,
}  # fmt: skip
CHANGES: list[dict[str, Any]] = [
    {}, {"batch_norm": False}, {"depth": 2}, {"dropout": 0.3}, {"output": "sigmoid"}, {"pooling": "stride"},
    {"optimizer": "sgd"}, {"augmentation": "translation"}, {"augmentation": "colour"},
]  # fmt: skip


def main() -> None:
    """Train all runs, one after the other."""
    train, validation = shapes("train", 1000), shapes("validation", 500)
    runs = [ablation.run({**BASELINE, **change, **conditions()}, EPOCHS, train, validation) for change in CHANGES]
    (ROOT / "reference" / "ablation.jsonl").write_text("".join(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
