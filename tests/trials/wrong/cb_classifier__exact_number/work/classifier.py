from functools import lru_cache

import torch


@lru_cache(maxsize=None)
def _maker(p):
    def drop(x):
        gone = (torch.rand(x.numel()).argsort().argsort() < round(p * x.numel())).reshape(x.shape)
        return x.div(1 - p).masked_fill(gone, 0)

    return drop


def dropout(x, p, training):
    assert 0 <= p < 1
    return _maker(float(p))(x) if training else x
