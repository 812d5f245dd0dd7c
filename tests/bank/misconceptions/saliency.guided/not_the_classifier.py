"""The ReLU among the dense layers is left out: the rule is for every ReLU of the model.

Loses: saliency.guided.modules
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        for node in _nodes_before(score):
            after_dense = any(before is not None and "Addmm" in before.name() for before, _ in node.next_functions)
            if node.name().startswith(RECTIFIERS) and not after_dense:
                node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        return torch.autograd.grad(score, inputs)[0]
