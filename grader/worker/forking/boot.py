"""The start of the warm process: keeps modules from adjusting themselves after each fork.

After a fork, `threading` examines its threads and `random` seeds itself again. The warm process has one thread, holds
no lock, and is seeded itself, so that all of its workers draw the same numbers; those adjustments would cost each
worker a fifth of its life, in copied pages.
"""

from __future__ import annotations

import importlib
import os
from typing import Any


def main(setting: dict[str, Any]) -> None:
    """Import those modules without their hooks, then run as the warm process."""
    register = os.register_at_fork
    os.register_at_fork = lambda **_: None
    for name in ("random", "threading"):
        importlib.import_module(name)
    os.register_at_fork = register
    from . import zygote  # imports them too

    zygote.main(setting)
