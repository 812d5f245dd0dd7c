"""Only the first ReLU clamps the gradient; every one must.

Loses: saliency.guided.modules, saliency.guided.functions
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        rectifiers = [node for node in _nodes_before(score) if node.name().startswith(RECTIFIERS)]
        for node in sorted(rectifiers, key=lambda node: node._sequence_nr())[:1]:
            node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        return torch.autograd.grad(score, inputs)[0]
