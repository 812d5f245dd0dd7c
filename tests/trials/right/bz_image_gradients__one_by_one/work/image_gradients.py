import torch
from torch.autograd.functional import vjp

def _maps(f, images, labels):
    if len(images) > 1:
        half = len(images) // 2
        return torch.cat([_maps(f, images[:half], labels[:half]), _maps(f, images[half:], labels[half:])])
    _, g = vjp(lambda t: f(t)[0, int(labels[0])], images)
    return torch.linalg.vector_norm(g, ord=float("inf"), dim=1)

def saliency_maps(model, images, labels):
    on = [m for m in model.modules() if m.training]
    for m in on:
        m.training = False
    try:
        with torch.enable_grad():
            return _maps(model, images.detach().clone(), labels)
    finally:
        for m in on:
            m.training = True
