from collections import Counter
from itertools import count, takewhile


def _dot(r):
    """What one sum of r products costs."""
    return Counter(macs=r, operations=r + (r - 1))


def _times(counter, how_often):
    return Counter({name: how_often * value for name, value in counter.items()})


def f_counts(n, m):
    row = _dot(n)
    row.update(outputs=1, parameters=n, operations=1)  # with the sigma
    return dict(_times(row, m))


def g_counts(n, maps, kernel, padding):
    end = padding + n + padding
    starts = takewhile(lambda start: start + kernel <= end, count())
    places = len(list(starts))
    one = _times(_dot(kernel) + Counter(outputs=1), places)
    one["parameters"] = kernel
    return dict(_times(one, maps))


def f_numbers():
    return {"outputs": "1000", "parameters": "1000 * 100", "macs": "100 * 1000", "operations": "1000 * (2 * 100 - 1)"}


def g_numbers():
    places = "((100 + 2 * 1 - 3) + 1)"
    return {
        "outputs": f"10 * {places}",
        "parameters": 3 * 10,
        "macs": f"10 * {places} * 3",
        "operations": f"10 * {places} * (3 + 2) + floor(10 * {places})",
    }
