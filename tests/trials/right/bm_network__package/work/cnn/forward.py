from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np


@dataclass
class Kept:
    x: np.ndarray
    c1: np.ndarray
    r1: np.ndarray
    p1: np.ndarray
    c2: np.ndarray
    r2: np.ndarray
    p2: np.ndarray
    flat: np.ndarray
    l3: np.ndarray
    r3: np.ndarray
    logits: np.ndarray


def run(parameters, x, layers) -> Kept:
    P, L = SimpleNamespace(**parameters), SimpleNamespace(**layers)
    c1 = L.conv_forward(x, P.w1, P.b1)
    r1 = L.relu_forward(c1)
    p1 = L.pool_forward(r1)
    c2 = L.conv_forward(p1, P.w2, P.b2)
    r2 = L.relu_forward(c2)
    p2 = L.pool_forward(r2)
    flat = L.flatten_forward(p2)
    l3 = L.linear_forward(flat, P.w3, P.b3)
    r3 = L.relu_forward(l3)
    return Kept(x, c1, r1, p1, c2, r2, p2, flat, l3, r3, L.linear_forward(r3, P.w4, P.b4))
