from .signal import Ring


def by_first(y):
    """The matrix that takes x to z."""
    return Ring(y).table(lambda k, i: i + k)


def by_second(x):
    """The matrix that takes y to z."""
    return Ring(x).table(lambda k, i: i - k)
