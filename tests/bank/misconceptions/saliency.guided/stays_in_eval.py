"""The model is left in evaluation mode; put it back into the mode it came in.

Loses: saliency.guided.untouched
"""

import torch


def guided_backprop(model, images, target=None):
    model.eval()
    inputs, score = _scored(model, images, target)
    for node in _nodes_before(score):
        if node.name().startswith(RECTIFIERS):
            node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
    return torch.autograd.grad(score, inputs)[0]
