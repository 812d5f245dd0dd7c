"""Where the warm process starts: modules that would set themselves right after each fork are kept from it.

A fork has `threading` look at its threads and `random` seed itself anew. The warm process has one thread and no
lock held, and is seeded itself, so that all of its workers draw alike; what those two do would cost each worker a
fifth of its life, in copied pages.
"""

from __future__ import annotations

import importlib
import os
from typing import Any


def main(setting: dict[str, Any]) -> None:
    """Import those modules without their hooks, then live as the warm process."""
    register = os.register_at_fork
    os.register_at_fork = lambda **_: None
    for name in ("random", "threading"):
        importlib.import_module(name)
    os.register_at_fork = register
    from . import zygote  # which imports them too

    zygote.main(setting)
