import torch
from torch import nn


def class_activation_map(model: nn.Module, images: torch.Tensor, layer: nn.Module, fc: nn.Linear, target=None):
    features = {}

    def hook(module, inputs, output):
        features["maps"] = output.detach()

    layer.register_forward_hook(hook)
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = model(images.clone())
    for m, mode in modes:
        m.training = mode
    layer._forward_hooks.clear()  # remove the hook

    if target is None:
        classes = scores.argmax(dim=1)
    elif isinstance(target, int):
        classes = torch.full((images.shape[0],), target)
    else:
        classes = target.long()
    weights = fc.weight.detach()[classes]
    return torch.einsum("nk,nkhw->nhw", weights, features["maps"])
