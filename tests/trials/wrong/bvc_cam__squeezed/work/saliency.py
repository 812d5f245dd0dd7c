import torch
from torch import nn


def class_activation_map(model: nn.Module, images: torch.Tensor, layer: nn.Module, fc: nn.Linear, target=None):
    features = []
    handle = layer.register_forward_hook(lambda module, inputs, output: features.append(output.detach()))
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = model(images.clone())
    handle.remove()
    for m, mode in modes:
        m.training = mode
    maps = features[-1]
    n, k, h, w = maps.shape
    if target is None:
        classes = scores.argmax(dim=1)
    elif isinstance(target, int):
        classes = torch.tensor([target] * n)
    else:
        classes = target.long()
    weights = fc.weight.detach()[classes].view(n, 1, k)
    cam = torch.bmm(weights, maps.reshape(n, k, h * w)).view(n, 1, h, w)
    return cam.squeeze()
