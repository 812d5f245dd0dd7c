"""The reference's output sizes against the windows that NumPy cuts out of an array."""

from __future__ import annotations

import importlib.util
from itertools import product
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

SOURCE = Path(__file__).parents[2] / "reference" / "output_sizes.py"
SPEC = importlib.util.spec_from_file_location("reference_output_sizes", SOURCE)
assert SPEC is not None
assert SPEC.loader is not None
output_sizes = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(output_sizes)

SIDES = [(3, 5), (5, 4), (8, 9)]


def windows(image: tuple[int, int], window: tuple[int, int], stride: int, padding: int) -> tuple[int, ...]:
    cut = sliding_window_view(np.pad(np.zeros(image), padding), window)
    return cut[::stride, ::stride].shape[:2]


def test_a_convolution_has_as_many_outputs_as_there_are_windows() -> None:
    for image, kernel, stride, padding in product(SIDES, [(1, 1), (3, 2), (2, 4), (3, 4)], range(1, 6), range(4)):
        expected = windows(image, kernel, stride, padding)
        assert output_sizes.convolution_size(image, kernel, stride, padding) == expected


def test_a_pool_has_as_many_outputs_as_there_are_windows() -> None:
    for image, window, stride in product(SIDES, (1, 2, 3), range(1, 7)):
        assert output_sizes.pooling_size(image, window, stride) == windows(image, (window, window), stride, 0)
