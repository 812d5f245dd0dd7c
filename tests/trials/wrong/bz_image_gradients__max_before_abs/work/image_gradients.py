import torch
from torch import nn
import torch.nn.functional as F

def saliency_maps(model, images, labels):
    modes = [(m, m.training) for m in model.modules()]
    flags = [(p, p.requires_grad) for p in model.parameters()]
    model.eval()
    try:
        with torch.enable_grad():
            x = images.detach().clone().requires_grad_(True)
            scores = model(x)
            total = scores.gather(1, labels.view(-1, 1)).sum()
            (g,) = torch.autograd.grad(total, x)
    finally:
        for m, t in modes:
            m.training = t
    return g.amax(dim=1).abs()
