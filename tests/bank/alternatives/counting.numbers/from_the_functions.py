"""The numbers come out of the functions of the sizes."""


def f_numbers():
    return f_counts(100, 1000)


def g_numbers():
    return g_counts(100, 10, 3, 1)
