from itertools import islice


def chunked(things, size):
    things = iter(things)
    while chunk := list(islice(things, size)):
        yield chunk
