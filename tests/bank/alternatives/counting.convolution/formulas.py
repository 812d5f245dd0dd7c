"""The counts are formulas."""


def g_counts(n, maps, kernel, padding):
    return {
        "outputs": "maps * (n + 2*padding - kernel + 1)",
        "parameters": "maps·kernel",
        "macs": "maps * kernel * (n + 2*padding - (kernel - 1))",
        "operations": "2·maps·kernel·(n + 2·padding − kernel + 1) − maps·(n + 2·padding − kernel + 1)",
    }
