def f_counts(n, m):
    multiplications = m * n
    additions = m * (n - 1)
    sigma = n
    return {
        "outputs": m,
        "parameters": "m * n",
        "macs": multiplications,
        "operations": multiplications + additions + sigma,
    }
