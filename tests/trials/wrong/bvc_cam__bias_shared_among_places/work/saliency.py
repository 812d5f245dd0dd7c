import torch
from torch import nn


def class_activation_map(model: nn.Module, images: torch.Tensor, layer: nn.Module, fc: nn.Linear, target=None):
    kept = {}
    handle = layer.register_forward_hook(lambda module, inputs, output: kept.update(out=output.detach()))
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            scores = model(images.clone())
    finally:
        handle.remove()
        for m, mode in modes:
            m.training = mode
    maps = kept["out"]
    places = maps.shape[2] * maps.shape[3]
    if target is None:
        target = scores.argmax(dim=1)
    elif isinstance(target, int):
        target = torch.tensor([target] * len(maps))
    target = target.long()
    cam = (fc.weight.detach()[target][:, :, None, None] * maps).sum(dim=1)
    if fc.bias is not None:
        # every place gets its share of the bias
        cam = cam + fc.bias.detach()[target][:, None, None] / places
    return cam
