def _places(n, kernel, padding):
    if padding == kernel // 2:
        return n
    return n + 2 * padding - kernel + 1


def g_counts(n, maps, kernel, padding):
    outputs = maps * _places(n, kernel, padding)
    return dict(outputs=outputs, parameters=maps * kernel, macs=outputs * kernel, operations=outputs * (2 * kernel - 1))
