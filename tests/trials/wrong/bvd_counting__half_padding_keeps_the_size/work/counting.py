def g_counts(n, maps, kernel, padding):
    if padding == kernel // 2:
        places = n  # "same" padding
    else:
        places = n + 2 * padding - kernel + 1
    return {
        "outputs": maps * places,
        "parameters": maps * kernel,
        "macs": maps * places * kernel,
        "operations": maps * places * (2 * kernel - 1),
    }
