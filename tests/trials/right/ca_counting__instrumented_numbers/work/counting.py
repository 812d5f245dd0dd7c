"""Counts by counting: numbers that remember how often they were multiplied and added."""
from dataclasses import dataclass, asdict, field
from tally import Tally, Num


@dataclass(frozen=True)
class Layer:
    outputs: int
    parameters: int
    macs: int
    operations: int


def one_output(r):
    """multiplications and additions of a scalar product of r numbers, measured on real products"""
    t = Tally()
    w, x = [Num(1.0, t)] * r, [Num(2.0, t)] * r
    products = [a * b for a, b in zip(w, x)]
    total = products[0]
    for p in products[1:]:
        total = total + p
    return t.mul, t.mul + t.add


def f_counts(n, m):
    macs, ops = one_output(n)
    return asdict(Layer(outputs=m, parameters=n * m, macs=m * macs, operations=m * ops))


def g_counts(n, maps, kernel, padding):
    padded = n + 2 * padding
    places = sum(1 for start in range(padded) if start + kernel <= padded)
    macs, ops = one_output(kernel)
    return asdict(Layer(maps * places, maps * kernel, maps * places * macs, maps * places * ops))


def f_numbers():
    return f_counts(100, 1000)


def g_numbers():
    return g_counts(100, maps=10, kernel=3, padding=1)
