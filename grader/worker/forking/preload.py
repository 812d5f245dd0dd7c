"""Imports packages before any of a student's code runs, and prepares them for it."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Iterable
from typing import Any

# Operations in torchvision's compiled part that its Python part describes on import. A wheel for another torch build
# than the installed one has them in a library that cannot be loaded.
MISSING_OPERATIONS = ("nms", "qnms")


def preload(names: Iterable[str]) -> dict[str, str]:
    """Import the packages; return the errors of those that cannot be imported, by name."""
    failed = {}
    for name in names:
        try:
            _torchvision() if name == "torchvision" else importlib.import_module(name)
        except Exception as error:
            failed[name] = repr(error)
    return failed


def settle() -> None:
    """Prepare what is imported for a worker: one thread, and everything that it will need from this package."""
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        importlib.import_module("..running.lending", __package__)  # a locked worker cannot open the file
        # A thread does not survive a fork, and a worker only gets one CPU.
        torch.set_num_threads(1)
        torch.set_num_interop_threads(1)


def seed() -> None:
    """Seed everything that is imported: code that draws without a seed of its own should draw the same each time."""
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


def _torchvision() -> None:
    try:
        importlib.import_module("torchvision")
    except RuntimeError as error:
        if "does not exist" not in str(error):
            raise
        declare_missing_operations()
        importlib.import_module("torchvision")


def declare_missing_operations() -> None:
    """Declare the operations without which `import torchvision` fails, so that the rest of it works."""
    library: Any = importlib.import_module("torch.library").Library("torchvision", "DEF")
    for operation in MISSING_OPERATIONS:
        library.define(f"{operation}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _kept.append(library)


# A library's declarations are removed when it is deleted.
_kept: list[object] = []
