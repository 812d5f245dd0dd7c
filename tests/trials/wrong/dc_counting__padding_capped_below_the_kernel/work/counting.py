def g_counts(n, maps, kernel, padding):
    # a place with zeros alone says nothing of the signal
    padding = min(padding, kernel - 1)
    places = len(range(-padding, n + padding - kernel + 1))
    macs = maps * places * kernel
    return {
        "outputs": maps * places,
        "parameters": maps * kernel,
        "macs": macs,
        "operations": 2 * macs - maps * places,
    }
