def f_counts(n, m):
    return {"outputs": "m", "parameters": "m * (n + 1)", "macs": "m * n", "operations": "m * (2 * n - 1)"}
