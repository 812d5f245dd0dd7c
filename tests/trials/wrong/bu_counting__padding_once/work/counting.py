from collections import Counter
from functools import lru_cache


def f_counts(n, m):
    return {"outputs": "m", "parameters": "m * n", "macs": "n*m", "operations": "2 * m * n"}


@lru_cache(maxsize=None)
def _count(n, maps, kernel, padding):
    c = Counter()
    signal = [0] * padding + [1] * n
    for j in range(maps):
        c["parameters"] += kernel
        for start in range(len(signal) - kernel + 1):
            c["outputs"] += 1
            c["macs"] += len(signal[start : start + kernel])
            c["operations"] += kernel + (kernel - 1) + 1  # products, sums, sigma
    return c


def g_counts(n, maps, kernel, padding):
    return dict(_count(n, maps, kernel, padding))


def f_numbers():
    return {"outputs": 1000, "parameters": "100 * 1000", "macs": 10**5, "operations": "1000 * (100 + 99)"}


def g_numbers():
    counts = g_counts(100, 10, 3, 1)
    counts["operations"] = "10 * 100 * (3 + 2)"
    return counts
