"""Packages that a worker finds imported, each made ready for workers."""

from __future__ import annotations

import functools
import importlib
import random
import sys
from collections.abc import Callable, Iterable
from typing import Any

# Operations of torchvision's compiled part that its Python part describes when imported. A wheel for another
# torch build than the one installed has them in a library that cannot be loaded.
MISSING_OPERATIONS = ("nms", "qnms")


def preload(names: Iterable[str]) -> dict[str, str]:
    """Import the packages and make them ready; return what those that cannot be imported say, by name."""
    failed = {}
    for name in names:
        try:
            MAKE_READY.get(name, importlib.import_module)(name)
        except Exception as error:
            failed[name] = repr(error)
    return failed


def seed() -> None:
    """Seed all that is imported: code that draws without a seed of its own is to draw the same each time."""
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


@functools.cache  # the number of threads can be set once
def _torch(name: str) -> None:
    torch = importlib.import_module(name)
    importlib.import_module(".models", __package__)  # a worker cannot open this file any more
    # A thread does not outlive a fork, and one worker is one CPU's work.
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)


def _torchvision(name: str) -> None:
    _torch("torch")
    try:
        importlib.import_module(name)
    except RuntimeError as error:
        if "does not exist" not in str(error):
            raise
        declare_missing_operations()
        importlib.import_module(name)


def declare_missing_operations() -> None:
    """Declare the operations without which `import torchvision` stops, so that the rest of it works."""
    library: Any = importlib.import_module("torch.library").Library("torchvision", "DEF")
    for operation in MISSING_OPERATIONS:
        library.define(f"{operation}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _kept.append(library)


# A library's declarations end with it.
_kept: list[object] = []
MAKE_READY: dict[str, Callable[[str], object]] = {"torch": _torch, "torchvision": _torchvision}
