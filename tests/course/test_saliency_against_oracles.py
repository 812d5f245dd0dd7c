"""Vanilla and guided backprop against captum, and against rectifiers of our own where captum does not reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest

from grader.checks import small_network
from grader.checks.networks.small_networks import STYLES

torch = pytest.importorskip("torch")
attr = pytest.importorskip("captum.attr")

MODULES = ("modules", "residual", "classifier", "linear")


@pytest.fixture(scope="module")
def saliency(reference: Callable[[str], ModuleType]) -> ModuleType:
    return reference("saliency")


def images(*shape: int) -> Any:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


@contextmanager
def quiet() -> Iterator[None]:
    import warnings

    with warnings.catch_warnings(action="ignore"):  # captum tells of the hooks that it sets
        yield


@pytest.mark.parametrize("style", STYLES)
def test_vanilla_backprop_is_captums_saliency_without_its_absolute_value(saliency: ModuleType, style: str) -> None:
    model, x = small_network(style, 2).module(), images(3, 3, 7, 9)
    expected = attr.Saliency(model.eval()).attribute(x.clone().requires_grad_(), 2, abs=False)
    torch.testing.assert_close(saliency.vanilla_backprop(model.train(), x, 2), expected)


@pytest.mark.parametrize("style", MODULES)
def test_guided_backprop_is_captums_where_relus_are_modules(saliency: ModuleType, style: str) -> None:
    model, x = small_network(style, 2).module().eval(), images(2, 3, 7, 9)
    targets = torch.tensor([4, 1])
    for each in model.modules():
        if isinstance(each, torch.nn.ReLU):
            each.inplace = False  # as captum needs it
    with quiet():
        expected = attr.GuidedBackprop(model).attribute(x.clone().requires_grad_(), targets)
    torch.testing.assert_close(saliency.guided_backprop(model, x, targets), expected)


def test_guided_backprop_is_captums_on_torchvisions_resnet(saliency: ModuleType) -> None:
    from grader.worker.forking.preload import preload

    assert preload(["torchvision"]) == {}
    import torchvision

    torch.manual_seed(0)
    model = torchvision.models.ResNet(torchvision.models.resnet.BasicBlock, [1, 1, 1, 1], num_classes=10).double()
    x = images(1, 3, 40, 56)
    got = saliency.guided_backprop(model, x)
    assert model.training
    for each in model.eval().modules():
        if isinstance(each, torch.nn.ReLU):
            each.inplace = False
    with quiet():
        expected = attr.GuidedBackprop(model).attribute(x.clone().requires_grad_(), int(model(x).argmax()))
    torch.testing.assert_close(got, expected)


def test_the_same_network_has_the_same_guided_map_however_its_relus_are_written(saliency: ModuleType) -> None:
    x = images(2, 3, 7, 9)
    maps = [
        saliency.guided_backprop(small_network(style, 5).module(), x)
        for style in ("modules", "in_place", "reused", "functional")
    ]
    for each in maps[1:]:
        torch.testing.assert_close(each, maps[0])


def test_relu6_passes_the_gradient_between_0_and_6_only(saliency: ModuleType) -> None:
    model, x = small_network("relu6", 5).module(), images(2, 3, 7, 9)

    class Between(torch.nn.Module):
        """ReLU6 made of two ReLUs: x⁺ − (x − 6)⁺, each with a mask of its own, and a clamp for the rule."""

        def forward(self, x: Any) -> Any:
            inside = ((x > 0) & (x < 6)).to(x)
            y = x * inside + 6 * (x >= 6).to(x)
            y.register_hook(lambda gradient: gradient.clamp(min=0))
            return y

    got = saliency.guided_backprop(model, x, 3)
    vanilla = saliency.vanilla_backprop(model, x, 3)
    for name in ("relu1", "relu2", "relu3"):
        setattr(model, name, Between())
    inputs = x.clone().requires_grad_()
    model.eval()(inputs)[:, 3].sum().backward()
    torch.testing.assert_close(got, inputs.grad)
    assert not torch.allclose(got, vanilla)


@pytest.mark.parametrize("style", [style for style in STYLES if style != "linear"])
def test_vanilla_deconvnet_and_guided_differ_on_the_networks_of_the_checks(saliency: ModuleType, style: str) -> None:
    class Deconvolved(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            return x.clamp(0, 6 if style == "relu6" else None)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return gradient.clamp(min=0)

    for seed in range(3):
        network, x = small_network(style, seed), images(1, 3, 6, 9)
        stand_in = network.module(dict.fromkeys(("ReLU", "ReLU6", "relu", "relu6"), Deconvolved.apply)).eval()
        inputs = x.clone().requires_grad_()
        stand_in(inputs)[:, 1].sum().backward()
        model = network.module()
        maps = [inputs.grad, saliency.vanilla_backprop(model, x, 1), saliency.guided_backprop(model, x, 1)]
        for one, other in ((0, 1), (0, 2), (1, 2)):
            assert (maps[one] - maps[other]).abs().max() > 0.01 * maps[other].abs().max()


def test_nothing_is_left_behind_by_either(saliency: ModuleType) -> None:
    from grader.worker.running.models import state

    model, x = small_network("residual").module(), images(2, 3, 7, 9)
    before = str(state(model))
    first = saliency.vanilla_backprop(model, x)
    saliency.guided_backprop(model, x)
    assert torch.equal(saliency.vanilla_backprop(model, x), first)
    assert str(state(model)) == before
