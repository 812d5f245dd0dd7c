"""The gradient is clamped from above; what passes a ReLU is its positive part.

Loses: saliency.guided.modules, saliency.guided.functions
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        for node in _nodes_before(score):
            if node.name().startswith(RECTIFIERS):
                node.register_prehook(lambda gradients: tuple(each.clamp(max=0) for each in gradients))
        return torch.autograd.grad(score, inputs)[0]
