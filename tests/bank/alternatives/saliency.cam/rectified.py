"""With a ReLU at the end, from a copy of the model, as a 1 × 1 convolution."""

import copy

import torch
from torch.nn import functional


def class_activation_map(model, images, layer, fc, target=None):
    name = next(name for name, module in model.named_modules() if module is layer)
    model = copy.deepcopy(model).eval()
    seen = []
    model.get_submodule(name).register_forward_hook(lambda module, inputs, output: seen.append(output.clone()))
    with torch.no_grad():
        scores = model(images)
        maps = functional.conv2d(seen[-1], fc.weight[:, :, None, None])
    chosen = scores.argmax(1) if target is None else target
    return maps[torch.arange(len(images)), chosen].clamp(min=0)
