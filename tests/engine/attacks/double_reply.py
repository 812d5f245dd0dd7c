"""Answer the call under way from within, by the server's own words, and then once more by returning.

Ends as: failed crashed
"""

import gc
import sys


def attack(*args):
    server = next(o for o in gc.get_objects() if type(o).__name__ == "Server")
    wire = sys.modules["worker.wire.codec"]
    forged = wire.encode(["ok", server._id, [[0.0, 0.0], []], ""])
    server._channel.send(forged)
    server._channel.send(forged)
    return [0.0, 0.0]
