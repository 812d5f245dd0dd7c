"""σ is counted, and some counts are formulas."""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - (kernel - 1)
    return {
        "outputs": maps * places,
        "parameters": "maps * kernel",
        "macs": maps * places * kernel,
        "operations": "2 * kernel * maps * (n - kernel + 1 + 2 * padding)",
    }
