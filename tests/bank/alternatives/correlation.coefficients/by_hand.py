"""The wrap-around with if, and by a negative index."""


def dz_dx(x, y, k, i):
    j = i + k
    if j >= len(y):
        j -= len(y)
    return y[j]


def dz_dy(x, y, k, i):
    return x[i - k]
