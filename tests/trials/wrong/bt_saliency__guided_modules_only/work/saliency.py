import torch
from torch import nn

def guided_backprop(model, images, target=None):
    modes = [(m, m.training) for m in model.modules()]
    inplace = [(m, m.inplace) for m in model.modules() if isinstance(m, nn.ReLU)]
    model.eval()
    handles = []
    for m, _ in inplace:
        m.inplace = False
        handles.append(m.register_full_backward_hook(lambda mod, gin, gout: (torch.clamp(gin[0], min=0),)))
    try:
        x = images.detach().clone().requires_grad_(True)
        scores = model(x)
        if target is None:
            target = scores.argmax(1)
        elif isinstance(target, int):
            target = torch.full((len(x),), target)
        return torch.autograd.grad(scores[torch.arange(len(x)), target].sum(), x)[0]
    finally:
        for h in handles:
            h.remove()
        for m, was in inplace:
            m.inplace = was
        for m, was in modes:
            m.training = was
