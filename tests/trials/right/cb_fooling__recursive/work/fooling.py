import sys
from contextlib import ExitStack

import torch

sys.setrecursionlimit(max(sys.getrecursionlimit(), 20000))


def _climb(model, x, target, step, left):
    leaf = x.requires_grad_()
    scores = model(leaf)
    if left <= 0 or int(scores.argmax(dim=1)) == int(target):
        return leaf.detach()
    score = torch.log_softmax(scores, dim=1)[:, target].sum()
    slope = torch.autograd.grad(score, leaf)[0]
    length = torch.linalg.vector_norm(slope)
    return _climb(model, (leaf + slope / length * step).detach(), target, step, left - 1)


def fooling_image(model, image, target, step=1.0, limit=100):
    with ExitStack() as stack:
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
        model.eval()
        stack.enter_context(torch.enable_grad())
        return _climb(model, image.detach().clone(), target, step, limit)
