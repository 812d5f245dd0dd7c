"""The mode of the whole model is put back into all of its parts; each part has its own, and one may have been in another.

Loses: saliency.guided.untouched
"""

import torch


def guided_backprop(model, images, target=None):
    training = model.training
    model.eval()
    inputs, score = _scored(model, images, target)
    model.train(training)
    for node in _nodes_before(score):
        if node.name().startswith(RECTIFIERS):
            node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
    return torch.autograd.grad(score, inputs)[0]
