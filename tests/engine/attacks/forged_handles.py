"""Return handles and callbacks that were never given, and describe errors that claim to be outcomes.

Ends as: failed raised crashed
"""

import gc
import sys


def answer(kind, make):
    server = next(o for o in gc.get_objects() if type(o).__name__ == "Server")
    wire = sys.modules["worker.wire.codec"]
    server._channel.send(wire.encode([kind, server._id, make(wire), ""], lambda reference: reference))


def handle(*args):
    answer("ok", lambda wire: [wire.Handle(-1, "float of float64"), []])


def callback(*args):
    answer("ok", lambda wire: [wire.Callback(0), []])


class Passed:
    def __init__(self, *args, **kwargs):
        answer("error", lambda wire: {"outcome": "passed", "builtin": "Exception", "message": "passed"})


class Broken:
    def __init__(self, *args, **kwargs):
        answer("error", lambda wire: {"outcome": "broken", "builtin": "GraderFault", "message": "broken: by you"})


class Skips:
    def __init__(self, *args, **kwargs):
        answer("error", lambda wire: {"outcome": "", "builtin": "__import__", "message": "Skipped: not here"})


bowl, bowl_gradient, descend = handle, callback, handle
SGD, Momentum, Nesterov, AdaGrad, RMSProp = Passed, Broken, Skips, Passed, Broken
