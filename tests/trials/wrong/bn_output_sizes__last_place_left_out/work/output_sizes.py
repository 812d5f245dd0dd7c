import itertools


def pooling_size(image, window, stride):
    rows, columns = image
    places = list(itertools.product(range(0, rows - window, stride), range(0, columns - window, stride)))
    return len({r for r, _ in places}), len({c for _, c in places})
