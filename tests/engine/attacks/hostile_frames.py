"""Answer with frames made by hand: unknown tags, huge lengths, wrong shapes, endless nesting.

Ends as: crashed
"""

import os
import struct

import msgpack


def send(header, buffers=b"", lengths=None):
    os.write(3, struct.pack(">II", *(lengths or (len(header), len(buffers)))) + header + buffers)


def frame(*tokens, buffers=b""):
    send(b"".join(map(msgpack.packb, tokens)), buffers)


def huge_lengths(*args):
    send(b"", lengths=(2**32 - 1, 2**32 - 1))


def unknown_tag(*args):
    frame("l", 2, "pickle", "_", buffers=b"cos\nsystem\n(S'true'\ntR.")


class Nested:
    def __init__(self, *args, **kwargs):
        frame(*["l", 1] * 10_000, None)


class ObjectArray:
    def __init__(self, *args, **kwargs):
        frame("a", "|O", 1, 1, buffers=bytes(8))


class NegativeShape:
    def __init__(self, *args, **kwargs):
        frame("a", "<f8", 2, -1, -2, buffers=bytes(16))


class ShortBuffer:
    def __init__(self, *args, **kwargs):
        frame("a", "<f8", 1, 10**9, buffers=bytes(8))


class ManyClaimed:
    def __init__(self, *args, **kwargs):
        send(b"\xdd\xff\xff\xff\xff" * 400)


bowl, bowl_gradient, descend = huge_lengths, unknown_tag, huge_lengths
SGD, Momentum, Nesterov, AdaGrad, RMSProp = Nested, ObjectArray, NegativeShape, ShortBuffer, ManyClaimed
