from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import nn


@contextmanager
def evaluating(model):
    """Every module computes in evaluation mode for a while, then each gets its own mode back."""
    modes = {module: module.training for module in model.modules()}
    try:
        for module in modes:
            module.training = False
        with torch.enable_grad():
            yield
    finally:
        for module, mode in modes.items():
            module.training = mode


def scores_of(scores, target):
    if target is None:
        target = scores.argmax(dim=1)
    elif isinstance(target, int):
        target = torch.full((len(scores),), target, dtype=torch.long, device=scores.device)
    return scores.gather(1, target.long().view(-1, 1).to(scores.device)).squeeze(1)


def leaf(images):
    return images.detach().clone().requires_grad_(True)


def vanilla_backprop(model, images, target=None):
    with evaluating(model):
        x = leaf(images)
        # x + 0: a first layer that works in place must not meet a leaf
        (gradient,) = torch.autograd.grad(scores_of(model(x + 0), target).sum(), x)
    return gradient


def _nodes(root):
    seen, todo = set(), [root]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        todo.extend(parent for parent, _ in node.next_functions)
    return seen


def _is_rectifier(node):
    name = type(node).__name__
    if name.startswith("Relu"):
        return True
    # relu6 is hardtanh from 0 to 6
    return name.startswith("Hardtanh") and (node._saved_min_val, node._saved_max_val) == (0.0, 6.0)


def guided_backprop(model, images, target=None):
    with evaluating(model):
        x = leaf(images)
        score = scores_of(model(x + 0), target).sum()
        for node in _nodes(score.grad_fn):
            if _is_rectifier(node):
                node.register_prehook(lambda grads: tuple(g.clamp(min=0) if g.dim() == 4 else g for g in grads))
        (gradient,) = torch.autograd.grad(score, x)
    return gradient


@contextmanager
def last_output(layer):
    kept = []
    handle = layer.register_forward_hook(lambda module, inputs, output: kept.append(output))
    try:
        yield kept
    finally:
        handle.remove()


def class_activation_map(model, images, layer, fc, target=None):
    with evaluating(model), last_output(layer) as kept:
        scores = model(images.detach().clone())
        if target is None:
            target = scores.argmax(1)
        weights = fc.weight[target]
        if weights.dim() == 1:
            weights = weights.expand(len(images), -1)
        return torch.einsum("nk,nkhw->nhw", weights, kept[-1]).detach()


def grad_cam(model, images, layer, target=None):
    with evaluating(model), last_output(layer) as kept:
        score = scores_of(model(leaf(images) + 0), target).sum()
        features = kept[-1]
        (gradient,) = torch.autograd.grad(score, features)
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return F.relu((weights * features.detach()).sum(dim=1))


def guided_grad_cam(guided, cam):
    enlarged = F.interpolate(cam.unsqueeze(1), size=guided.shape[-2:], mode="bilinear", align_corners=False)
    return guided * enlarged
