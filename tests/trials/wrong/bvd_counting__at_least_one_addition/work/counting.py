def f_counts(n, m):
    additions = max(n - 1, 1)  # a sum has an addition
    return {
        "outputs": m,
        "parameters": m * n,
        "macs": m * n,
        "operations": m * (n + additions) + m,  # and sigma
    }
