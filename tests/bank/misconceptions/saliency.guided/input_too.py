"""The gradient of the input is clamped too, where there is no ReLU.

Loses: saliency.guided.modules, saliency.guided.functions
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        for node in _nodes_before(score):
            if node.name().startswith(RECTIFIERS):
                node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        return torch.autograd.grad(score, inputs)[0].clamp(min=0)
