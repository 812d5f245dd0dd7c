"""backward() leaves gradients on the model's parameters: torch.autograd.grad gives only what is asked for.

Loses: saliency.guided.untouched
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        for node in _nodes_before(score):
            if node.name().startswith(RECTIFIERS):
                node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        score.backward()
        return inputs.grad
