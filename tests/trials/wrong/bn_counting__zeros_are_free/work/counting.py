def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    signal = range(padding, padding + n)
    useful = sum(1 for start in range(places) for tap in range(kernel) if start + tap in signal)
    return {
        "outputs": maps * places,
        "parameters": maps * kernel,
        "macs": maps * useful,
        "operations": maps * places * (2 * kernel - 1),
    }
