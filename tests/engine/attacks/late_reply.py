"""Have a thread go on replying to calls that were answered long ago.

Ends as: failed crashed
"""

import gc
import sys
import threading
import time


def repeat(server, forged):
    for _ in range(200):
        time.sleep(0.001)
        server._channel.send(forged)


def attack(*args):
    server = next(o for o in gc.get_objects() if type(o).__name__ == "Server")
    forged = sys.modules["worker.wire.codec"].encode(["ok", server._id, [[0.0, 0.0], []], "passed"])
    threading.Thread(target=repeat, args=(server, forged), daemon=True).start()
    return [0.0, 0.0]
