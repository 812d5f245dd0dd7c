def f_counts(n, m):
    return {"outputs": m, "parameters": m * n, "macs": m * n, "operations": m * (2 * n - 1)}


def g_counts(n, maps, kernel, padding):
    outputs = maps * (n + 2 * padding - kernel + 1)
    return {"outputs": outputs, "parameters": maps * kernel, "macs": outputs * kernel, "operations": outputs * (2 * kernel - 1)}


def f_numbers():
    return f_counts(1000, 100)


def g_numbers():
    return g_counts(100, 10, 3, 1)
