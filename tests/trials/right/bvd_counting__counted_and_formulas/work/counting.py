"""Counts: f by formulas, g by walking through its places."""
from collections import OrderedDict, defaultdict
from types import SimpleNamespace


def f_counts(n, m):
    return OrderedDict(
        operations="2 * m * n",  # sigma counted
        macs="n * m",
        parameters="m * n",
        outputs="max(m, 1)",
    )


def g_counts(n, maps, kernel, padding):
    counts = defaultdict(int)
    for _ in range(maps):
        counts["parameters"] += kernel
        first = -padding
        while first + kernel <= n + padding:
            counts["outputs"] += 1
            counts["macs"] += kernel
            counts["operations"] += kernel + (kernel - 1)  # sigma left out
            first += 1
    return dict(counts)


def f_numbers():
    size = SimpleNamespace(n=100, m=1000)
    return {
        "outputs": f"{size.m}",
        "parameters": f"{size.n} * 10^3",
        "macs": size.m * size.n,
        "operations": "1000 * 100 + 1000 * (100 - 1)",
    }


def g_numbers():
    found = OrderedDict(g_counts(100, 10, 3, 1))
    found["operations"] += found["outputs"]
    return found
