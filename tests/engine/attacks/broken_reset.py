"""Have the request that opens the next check answered by an error, which no check would catch.

Ends as: failed crashed
"""

import gc


def fail(*args):
    raise ZeroDivisionError("this is raised between two checks")


def attack(*args):
    dispatcher = next(o for o in gc.get_objects() if type(o).__name__ == "Dispatcher" and o.program.names)
    type(dispatcher).reset = fail
    return [0.0, 0.0]
