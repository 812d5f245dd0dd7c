"""zero_grad() takes gradients away that were there; leave the `.grad` of parameters as it was.

Loses: saliency.guided.untouched
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        model.zero_grad()
        inputs, score = _scored(model, images, target)
        for node in _nodes_before(score):
            if node.name().startswith(RECTIFIERS):
                node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        return torch.autograd.grad(score, inputs)[0]
