"""Loops are walked through and counted."""


def g_counts(n, maps, kernel, padding):
    outputs = products = additions = 0
    for _ in range(maps):
        first = -padding
        while first + kernel <= n + padding:
            outputs += 1
            products += kernel
            additions += kernel - 1
            first += 1
    return {
        "outputs": outputs,
        "parameters": sum(kernel for _ in range(maps)),
        "macs": products,
        "operations": products + additions,
    }
