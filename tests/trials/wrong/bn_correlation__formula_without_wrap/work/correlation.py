def dz_dx(x, y, k, i):
    return "y[(i + k) mod n]"


def dz_dy(x, y, k, i):
    return "x[i - k]"
