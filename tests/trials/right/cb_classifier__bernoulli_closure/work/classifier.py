from functools import lru_cache

import torch


@lru_cache(maxsize=None)
def _maker(p):
    def drop(x):
        gone = torch.empty(x.shape, dtype=torch.float64).bernoulli_(p).bool()
        return x.div(1 - p).masked_fill(gone, 0)

    return drop


def dropout(x, p, training):
    assert 0 <= p < 1
    return _maker(float(p))(x) if training else x
