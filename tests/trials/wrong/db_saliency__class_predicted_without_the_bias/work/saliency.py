from contextlib import contextmanager

import torch
import torch.nn.functional as F


@contextmanager
def evaluation(model):
    """Put all modules into evaluation mode, and each back into its own."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.enable_grad():
            yield
    finally:
        for module, mode in modes:
            module.training = mode


def classes_of(scores, target):
    if target is None:
        return scores.argmax(dim=1)
    if isinstance(target, int):
        return torch.full((len(scores),), target)
    return target.long()


def score_of(scores, target):
    return scores.gather(1, classes_of(scores, target)[:, None]).sum()


def class_activation_map(model, images, layer, fc, target=None):
    outputs = []
    handle = layer.register_forward_hook(lambda module, given, output: outputs.append(output.detach()))
    try:
        with evaluation(model):
            scores = model(images.detach().clone()).detach()
    finally:
        handle.remove()
    if target is None:
        scores = torch.einsum("ck,nkhw->nchw", fc.weight.detach(), outputs[-1]).mean(dim=(2, 3))
    weights = fc.weight.detach()[classes_of(scores, target)]
    return (weights[:, :, None, None] * outputs[-1]).sum(dim=1)
