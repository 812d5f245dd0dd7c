"""Weight decay and the data loader of the reference against PyTorch's own."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

torch = pytest.importorskip("torch")


def test_a_step_with_weight_decay_is_that_of_pytorchs_sgd(reference: Callable[[str], ModuleType]) -> None:
    random = np.random.default_rng(0)
    start, gradient = random.normal(size=(2, 3, 4))
    parameter = torch.nn.Parameter(torch.from_numpy(start.copy()))
    parameter.grad = torch.from_numpy(gradient.copy())
    torch.optim.SGD([parameter], lr=0.1, weight_decay=0.3).step()
    got = reference("weight_decay").decayed_step(start, gradient, 0.1, 0.3)
    np.testing.assert_allclose(got, parameter.detach().numpy(), rtol=1e-12)


def test_batches_in_order_are_those_of_pytorchs_data_loader(reference: Callable[[str], ModuleType]) -> None:
    random = np.random.default_rng(0)
    pictures = random.integers(0, 256, (11, 4, 6, 3)).astype(np.uint8)
    loader = reference("loader")
    dataset = loader.Pictures(pictures, random.integers(0, 10, 11))
    for drop in (False, True):
        expected = [*torch.utils.data.DataLoader(dataset, 4, drop_last=drop)]
        got = [*loader.BatchLoader(dataset, 4, drop_last=drop)]
        assert len(got) == len(expected)
        for (images, classes), (right_images, right_classes) in zip(got, expected, strict=True):
            torch.testing.assert_close(images, right_images, rtol=0, atol=0)
            torch.testing.assert_close(classes, right_classes)
