"""The counts are formulas."""


def f_counts(n, m):
    return {"outputs": "m", "parameters": "m·n", "macs": "n × m", "operations": "m*n + m*(n − 1)"}
