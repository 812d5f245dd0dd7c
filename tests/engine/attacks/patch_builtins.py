"""Replace isinstance, type, len, getattr, print, time and random for everyone in the process.

Ends as: failed raised crashed timed_out
"""

import builtins
import random
import time

import numpy as np


def attack(*args):
    for name in ("isinstance", "issubclass", "callable", "hasattr", "all", "any"):
        setattr(builtins, name, lambda *a: True)
    builtins.len = lambda value: 1
    builtins.type = lambda *a: float
    builtins.getattr = lambda *a: 0.0
    builtins.print = builtins.open = builtins.repr = lambda *a, **k: ""
    time.monotonic = time.time = time.perf_counter = time.process_time = lambda: 0.0
    random.random = np.random.default_rng = lambda *a: 0.5
    return 0.0
