from .signal import Ring


def entry(matrix, k, i):
    return matrix.item(k, i)
