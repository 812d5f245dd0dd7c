"""Loops and arrays are counted."""

import itertools


def f_counts(n, m):
    matrix = list(itertools.product(range(m), range(n)))
    additions = [place for place in matrix if place[1] > 0]
    return {
        "outputs": len(range(m)),
        "parameters": len(matrix),
        "macs": len(matrix),
        "operations": len(matrix) + len(additions),
        "rows": m,
    }
