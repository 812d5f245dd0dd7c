"""Rewrite the worker from inside: its server, its wire format, its modules.

Ends as: failed raised crashed
"""

import gc
import os
import struct
import sys

import msgpack
import numpy as np


def attack(*args):
    for name, module in list(sys.modules.items()):
        if name.startswith("worker"):
            module.__dict__.update(HEADER_LIMIT=2**40, BUFFERS_LIMIT=2**40, DEPTH_LIMIT=2**40, ELEMENT_LIMIT=2**40)
            module.__dict__.update(STOPS=(), builtin_name=lambda error: "CheckFailed")
            module.__dict__.update(DTYPES=frozenset("OVSUmM?bBhHiIlLqQefdFD"))
    msgpack.packb = lambda *args, **kwargs: b"\xc0"
    struct.Struct = struct.pack = lambda *args: bytes(8)
    np.ndarray.tobytes = lambda self: b""  # raises: the class is frozen
    for thing in gc.get_objects():
        if type(thing).__name__ in {"Server", "Channel", "Zygote"}:
            os.write(3, bytes(8))
            thing.__dict__.clear()
    return 0.0
