"""Packages imported before any of a student's code runs, and made ready for it."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Iterable
from typing import Any

# Operations of torchvision's compiled part that its Python part describes when imported. A wheel for another
# torch build than the one installed has them in a library that cannot be loaded.
MISSING_OPERATIONS = ("nms", "qnms")


def preload(names: Iterable[str]) -> dict[str, str]:
    """Import the packages; return what those that cannot be imported say, by name."""
    failed = {}
    for name in names:
        try:
            _torchvision() if name == "torchvision" else importlib.import_module(name)
        except Exception as error:
            failed[name] = repr(error)
    return failed


def settle() -> None:
    """Make what is imported ready for a worker: one thread, and all that it will need of this package."""
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        importlib.import_module(".lending", __package__)  # a locked worker cannot open the file
        # A thread does not outlive a fork, and one worker is one CPU's work.
        torch.set_num_threads(1)
        torch.set_num_interop_threads(1)


def seed() -> None:
    """Seed all that is imported: code that draws without a seed of its own is to draw the same each time."""
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
    """Declare the operations without which `import torchvision` stops, so that the rest of it works."""
    library: Any = importlib.import_module("torch.library").Library("torchvision", "DEF")
    for operation in MISSING_OPERATIONS:
        library.define(f"{operation}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _kept.append(library)


# A library's declarations end with it.
_kept: list[object] = []
