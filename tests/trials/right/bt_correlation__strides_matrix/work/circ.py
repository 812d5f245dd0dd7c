def wrap(i, n):
    while i < 0:
        i += n
    while i >= n:
        i -= n
    return i
