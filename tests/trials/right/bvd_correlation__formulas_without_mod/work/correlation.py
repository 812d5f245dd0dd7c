import string

_DX = string.Template("$name[i + k - n * ⌊(i + k) / n⌋]").substitute(name="y")
_DY = string.Template("$name[i - k + n * ceil((k - i) / n)]").substitute(name="x")


def dz_dx(x, y, k, i):
    return _DX


def dz_dy(x, y, k, i):
    return _DY
