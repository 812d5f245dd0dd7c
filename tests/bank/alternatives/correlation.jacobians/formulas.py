"""The formula of an entry, one of them without mod."""


def jacobian_x(x, y):
    return "y[(i + k) mod n]"


def jacobian_y(x, y):
    return "x[i - k + n * ceil((k - i) / n)]"
