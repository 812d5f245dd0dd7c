SIGMA = ("negate", "exp", "add", "divide")


def f_counts(n, m):
    return {"outputs": m, "parameters": m * n, "macs": m * n, "operations": m * n + m * (n - 1) + m * len(SIGMA)}
