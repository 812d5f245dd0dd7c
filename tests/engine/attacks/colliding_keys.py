"""Return a dictionary of integers that all have one hash, which takes a reader's time quadratically.

Ends as: failed crashed raised
"""
PRIME = 2**61 - 1


def attack(*args):
    return {(k + 20) * PRIME * 8: None for k in range(60_000)}
