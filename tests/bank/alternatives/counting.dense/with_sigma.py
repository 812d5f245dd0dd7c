"""σ is counted, and the entries stand in another order."""


def f_counts(n, m):
    return {"operations": float(m * n + m * (n - 1) + m), "macs": m * n, "parameters": n * m, "outputs": m}
