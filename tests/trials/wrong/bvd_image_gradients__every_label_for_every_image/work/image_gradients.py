import torch


def saliency_maps(model, images, labels):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    x = images.detach().clone().requires_grad_(True)
    scores = model(x)
    (grad,) = torch.autograd.grad(scores[:, labels].sum(), x)
    for m, mode in modes:
        m.training = mode
    return grad.abs().max(dim=1).values
