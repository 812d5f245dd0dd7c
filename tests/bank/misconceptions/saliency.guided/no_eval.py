"""The model computes in training mode, where batch normalisation mixes the images: call eval() before.

Loses: saliency.guided.modules, saliency.guided.functions, saliency.guided.untouched
"""

import torch


def guided_backprop(model, images, target=None):
    inputs, score = _scored(model, images, target)
    for node in _nodes_before(score):
        if node.name().startswith(RECTIFIERS):
            node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
    return torch.autograd.grad(score, inputs)[0]
