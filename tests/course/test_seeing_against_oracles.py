"""Saliency maps, fooling images and localisation against captum, differences, and networks of known weights."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.checks import small_network

torch = pytest.importorskip("torch")

Load = Callable[[str], ModuleType]


def images(*shape: int) -> Any:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("style", ["modules", "residual", "relu6"])
def test_saliency_is_the_largest_of_captums_over_the_channels(reference: Load, style: str) -> None:
    attr = pytest.importorskip("captum.attr")
    model, x, labels = small_network(style, 2).module(), images(3, 3, 7, 9), torch.tensor([4, 0, 1])
    expected = attr.Saliency(model.eval()).attribute(x.clone().requires_grad_(), labels).amax(dim=1)
    torch.testing.assert_close(reference("image_gradients").saliency_maps(model.train(), x, labels), expected)


def test_saliency_is_the_largest_difference_quotient(reference: Load) -> None:
    model, x = small_network("modules", 3).module().eval(), images(1, 3, 6, 6)
    steps = 1e-6 * torch.eye(x.numel(), dtype=torch.float64).reshape(-1, 3, 6, 6)
    with torch.no_grad():
        slopes = (model(x + steps)[:, 2] - model(x - steps)[:, 2]) / 2e-6
    got = reference("image_gradients").saliency_maps(model, x, torch.tensor([2]))
    torch.testing.assert_close(got[0], slopes.reshape(3, 6, 6).abs().amax(dim=0), rtol=1e-5, atol=1e-7)


def test_a_fooling_image_is_one_step_past_the_boundary(reference: Load) -> None:
    torch.manual_seed(0)
    layers = torch.nn.Flatten(), torch.nn.Linear(48, 200), torch.nn.ReLU(), torch.nn.Linear(200, 5)
    model, x = torch.nn.Sequential(*layers).double(), images(1, 3, 4, 4)
    fooling_image = reference("fooling").fooling_image
    for target in range(5):
        fooled = fooling_image(model, x, target, 0.01, 2000)
        distance = float((fooled - x).norm())
        assert int(model(fooled).argmax()) == target
        steps = round(distance / 0.01)
        if steps:
            before = fooling_image(model, x, target, 0.01, steps - 1)
            assert int(model(before).argmax()) != target
        assert distance < 0.5 * float(x.norm())


def test_an_image_that_fools_one_network_fools_its_copy_and_nothing_fools_a_constant(reference: Load) -> None:
    fooling = reference("fooling")
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(48, 5)).double()
    constant = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(48, 5)).double()
    torch.nn.init.zeros_(constant[1].weight)
    x = images(4, 3, 4, 4)
    targets = (model(x).argmax(dim=1) + 1) % 5
    fooled = torch.cat([fooling.fooling_image(model, x[n : n + 1], int(targets[n]), 0.05) for n in range(4)])
    assert fooling.transfer(model, x, fooled, targets) == (1.0, 1.0)
    assert fooling.transfer(constant, x, fooled, targets) == (0.0, 0.0)


OBJECTS = np.array([[[1, 1, 1], [1, -1, -1], [1, -1, -1]], [[-1, 1, -1], [1, 1, 1], [-1, 1, -1]]], dtype=float)


def matched() -> tuple[Any, Any]:
    """Return features that look for each object where its pixels are, at every second place, and a dense layer."""
    look = torch.nn.Conv2d(1, 2, 3, stride=2, bias=False).double()
    look.weight.data = torch.from_numpy(OBJECTS[:, None].copy())
    fc = torch.nn.Linear(2, 2).double()
    fc.weight.data, fc.bias.data = torch.eye(2).double(), torch.zeros(2).double()
    return torch.nn.Sequential(look, torch.nn.ReLU()), fc


@pytest.mark.parametrize("target", [0, 1])
def test_the_peak_lies_on_the_object_on_a_blank_canvas(reference: Load, target: int) -> None:
    localisation = reference("localisation")
    for corner in ((0, 0), (4, 10), (12, 2)):
        canvas = torch.zeros(1, 1, 17, 15, dtype=torch.float64)
        canvas[0, 0, corner[0] : corner[0] + 3, corner[1] : corner[1] + 3] = torch.from_numpy(OBJECTS[target].clip(0))
        scores = localisation.sliding_scores(*matched(), canvas, (1, 1))
        assert localisation.locate(scores, target, 2).tolist() == [list(corner)]
        assert int(scores.amax(dim=(2, 3)).argmax()) == target


def test_responses_move_with_the_image_by_the_total_stride_and_grow_with_it(reference: Load) -> None:
    localisation = reference("localisation")
    torch.manual_seed(0)
    features = torch.nn.Sequential(
        torch.nn.Conv2d(2, 4, 3, stride=2), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Conv2d(4, 4, 2)
    ).double()
    fc, x = torch.nn.Linear(4, 3).double(), images(1, 2, 33, 41)
    whole = localisation.response_map(features, fc, x)
    moved = localisation.response_map(features, fc, x[:, :, 4:, 8:])
    torch.testing.assert_close(moved, whole[:, :, 1:, 2:])
    classifier = torch.nn.Sequential(features, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), fc)
    torch.testing.assert_close(whole.mean(dim=(2, 3)), classifier(x))


def test_sliding_scores_are_those_of_the_dense_layer_as_a_convolution(reference: Load) -> None:
    fc, maps = torch.nn.Linear(4, 3).double(), images(1, 4, 5, 7)
    numpy_weights = np.repeat(fc.weight.detach().numpy() / 6, 6, axis=1)  # of the average over 2 × 3 places
    expected = reference("dense_as_convolution").dense_everywhere(
        maps[0].numpy(), numpy_weights, fc.bias.detach().numpy(), 2, 3
    )
    got = reference("localisation").sliding_scores(torch.nn.Identity(), fc, maps, (2, 3))
    np.testing.assert_allclose(got[0].detach().numpy(), expected)
