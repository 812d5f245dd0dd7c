def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    macs = maps * places * kernel
    sums = maps * places * (kernel - 1)
    return {"outputs": maps * places, "parameters": maps * kernel, "macs": macs, "operations": macs + sums + maps}
