"""CAM, Grad-CAM and Guided Grad-CAM against captum, torchcam and laws, and on a network that knows photographs."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.checks import small_network
from grader.worker.forking.preload import preload

torch = pytest.importorskip("torch")
attr = pytest.importorskip("captum.attr")

assert preload(["torchvision"]) == {}
methods = pytest.importorskip("torchcam.methods")

ROOT = Path(__file__).parents[2]
# Each ends with the average over the places of what the layer gives, and `fc`.
LAST = (("modules", "relu3"), ("residual", "layer2"), ("relu6", "relu3"), ("linear", "norm3"), ("reused", "rectify"))
MIDDLE = (("modules", "relu2"), ("residual", "layer1"), ("functional", "norm3"), ("classifier", "relu1"))
TARGETS = [3, 0]

Pair = tuple[Any, Any]


@pytest.fixture(scope="module")
def saliency(reference: Callable[[str], ModuleType]) -> ModuleType:
    return reference("saliency")


def small(style: str, layer: str, seed: int = 3) -> Pair:
    model = small_network(style, seed).module().eval()
    return model, model.get_submodule(layer)


def images(*shape: int) -> Any:
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def resnet() -> Any:
    import torchvision

    torch.manual_seed(0)
    block = torchvision.models.resnet.BasicBlock
    return torchvision.models.ResNet(block, [1, 1, 1, 1], num_classes=10).double().eval()


# ── laws, and captum and torchcam on networks with seeded weights ─────────────────────────────────


@pytest.mark.parametrize(("style", "layer"), LAST)
def test_cam_is_grad_cam_times_the_number_of_places_before_its_relu(
    saliency: ModuleType, style: str, layer: str
) -> None:
    model, module = small(style, layer)
    x, targets = images(2, 3, 7, 9), torch.tensor(TARGETS)
    cam = saliency.class_activation_map(model, x, module, model.fc, targets)
    grad_cam = saliency.grad_cam(model, x, module, targets)
    torch.testing.assert_close(cam.clamp(min=0), grad_cam * cam[0].numel())
    assert cam.min() < 0 < cam.max()


@pytest.mark.parametrize(("style", "layer"), LAST)
def test_the_mean_of_a_cam_is_the_score_without_its_bias(saliency: ModuleType, style: str, layer: str) -> None:
    model, module = small(style, layer)
    x = images(2, 3, 7, 9)
    best, classes = model(x).max(dim=1)
    cam = saliency.class_activation_map(model, x, module, model.fc)
    torch.testing.assert_close(cam.mean(dim=(1, 2)) + model.fc.bias[classes], best)


@pytest.mark.parametrize(("style", "layer"), [*MIDDLE, *LAST[:4]])
def test_grad_cam_is_captums_with_its_relu(saliency: ModuleType, style: str, layer: str) -> None:
    model, module = small(style, layer)
    x, targets = images(2, 3, 7, 9), torch.tensor(TARGETS)
    expected = attr.LayerGradCam(model, module).attribute(x, targets, relu_attributions=True)
    torch.testing.assert_close(saliency.grad_cam(model, x, module, targets), expected[:, 0].detach())


def test_guided_grad_cam_is_captums_where_nothing_is_enlarged(saliency: ModuleType) -> None:
    model, module = small("modules", "relu2")
    x, targets = images(2, 3, 7, 9), torch.tensor(TARGETS)
    with pytest.warns(UserWarning, match="hooks"):
        expected = attr.GuidedGradCam(model, module).attribute(x.clone().requires_grad_(), targets)
    guided, cam = saliency.guided_backprop(model, x, targets), saliency.grad_cam(model, x, module, targets)
    torch.testing.assert_close(saliency.guided_grad_cam(guided, cam), expected)


def test_both_maps_are_those_of_torchcam_and_captum_on_torchvisions_resnet(saliency: ModuleType, resnet: Any) -> None:
    x = images(1, 3, 72, 104)
    best = int(resnet(x).argmax())
    with methods.CAM(resnet, "layer4", "fc") as extractor:
        cam = extractor(best, resnet(x), normalized=False)[0]
    with methods.GradCAM(resnet, "layer4") as extractor:
        grad_cam = extractor(best, resnet(x), normalized=False)[0]
    captums = attr.LayerGradCam(resnet, resnet.layer4).attribute(x, best, relu_attributions=True)[:, 0]
    got = saliency.class_activation_map(resnet, x, resnet.layer4, resnet.fc)
    assert got.shape == (1, 3, 4)
    torch.testing.assert_close(got.clamp(min=0), cam.clamp(min=0))
    torch.testing.assert_close(saliency.grad_cam(resnet, x, resnet.layer4), grad_cam.detach())
    torch.testing.assert_close(saliency.grad_cam(resnet, x, resnet.layer4), captums.detach())


# ── photographs ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def photographs() -> ModuleType:
    pytest.importorskip("skimage")
    pytest.importorskip("efficientnet_lite_pytorch")
    spec = importlib.util.spec_from_file_location("photographs", ROOT / "examples" / "photographs.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["photographs"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lite0(photographs: ModuleType) -> Any:
    return photographs.efficientnet_lite0()


@pytest.fixture(scope="module")
def cat_and_cup(photographs: ModuleType, lite0: Any) -> Any:
    return lite0.inputs(photographs.photographs()[:2])


class Clamped(torch.nn.Module):
    """ReLU6 with the guided rule as its gradient."""

    class Rule(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.save_for_backward((x > 0) & (x < 6))
            return x.clamp(0, 6)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return gradient.clamp(min=0) * ctx.saved_tensors[0]

    def forward(self, x: Any) -> Any:
        return self.Rule.apply(x)


def clamped(model: Any) -> Any:
    for name, child in model.named_children():
        if isinstance(child, torch.nn.ReLU6):
            setattr(model, name, Clamped())
        else:
            clamped(child)
    return model


def test_guided_backprop_clamps_at_every_relu6_of_a_trained_network(
    saliency: ModuleType, photographs: ModuleType, lite0: Any, cat_and_cup: Any
) -> None:
    got = saliency.guided_backprop(lite0.model, cat_and_cup)
    x = cat_and_cup.clone().requires_grad_()
    clamped(photographs.efficientnet_lite0().model)(x).max(dim=1).values.sum().backward()
    # In single precision; the graph is the same, node for node.
    torch.testing.assert_close(got, x.grad, rtol=1e-3, atol=1e-5 * float(got.abs().max()))
    vanilla = saliency.vanilla_backprop(lite0.model, cat_and_cup)
    assert torch.corrcoef(torch.stack([got.flatten(), vanilla.flatten()]))[0, 1] < 0.5


def test_a_cat_and_a_cup_are_recognised_by_what_they_are(
    saliency: ModuleType, photographs: ModuleType, lite0: Any, cat_and_cup: Any
) -> None:
    scores = lite0.model(cat_and_cup)
    assert scores.argmax(dim=1).tolist() == [285, 967]
    assert [photographs.class_names()[k] for k in (285, 967)] == ["Egyptian cat", "espresso"]
    cam = saliency.class_activation_map(lite0.model, cat_and_cup, lite0.layer, lite0.fc)
    assert cam.shape == (2, 7, 7)
    torch.testing.assert_close(cam.mean(dim=(1, 2)) + lite0.fc.bias[[285, 967]], scores.max(dim=1).values)
    inside, border = cam[:, 1:6, 1:6], cam.sum(dim=(1, 2)) - cam[:, 1:6, 1:6].sum(dim=(1, 2))
    # The face and the cup fill the middle of their photographs; the borders show table and fur.
    assert (inside.mean(dim=(1, 2)) > 2 * border / 24).all()


def test_resnet50_has_the_weights_that_its_user_put_there(
    saliency: ModuleType, photographs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torchvision

    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"put https://.*resnet50-.*\.pth into .*checkpoints"):
        photographs.resnet50()
    torch.manual_seed(0)
    own = torchvision.models.resnet50().state_dict()
    file = Path(
        torch.hub.get_dir(), "checkpoints", torchvision.models.ResNet50_Weights.IMAGENET1K_V2.url.rpartition("/")[2]
    )
    file.parent.mkdir(parents=True)
    torch.save(own, file)
    net = photographs.resnet50()
    assert all(torch.equal(value, own[name]) for name, value in net.model.state_dict().items())
    x = images(1, 3, 65, 96).float()
    cam, scores = saliency.class_activation_map(net.model, x, net.layer, net.fc), net.model(x)
    assert cam.shape == (1, 3, 3)
    torch.testing.assert_close(cam.mean(dim=(1, 2)) + net.fc.bias[scores.argmax()], scores.max(dim=1).values)


def test_grad_cam_follows_the_weights_of_the_last_layer_and_guided_backprop_hardly(
    saliency: ModuleType, photographs: ModuleType, lite0: Any, cat_and_cup: Any
) -> None:
    other = photographs.efficientnet_lite0()
    with torch.no_grad():
        weights = other.fc.weight
        weights.copy_(weights.std() * torch.randn(weights.shape, generator=torch.Generator().manual_seed(0)))

    def likeness(map_of: Callable[[Any], Any]) -> float:
        pairs = zip(map_of(lite0), map_of(other), strict=True)
        return float(np.mean([np.corrcoef(one.abs().flatten(), two.abs().flatten())[0, 1] for one, two in pairs]))

    targets = torch.tensor([285, 967])
    of_maps = likeness(lambda net: saliency.grad_cam(net.model, cat_and_cup, net.layer, targets))
    of_edges = likeness(lambda net: saliency.guided_backprop(net.model, cat_and_cup, targets))
    assert of_edges > of_maps + 0.3, (of_edges, of_maps)
