def dz_dx(x, y, k, i):
    return round(float(y[(i + k) % len(y)]), 2)


def dz_dy(x, y, k, i):
    return round(float(x[i - k]), 2)
