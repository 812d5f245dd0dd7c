import torch


def saliency_maps(model, images, labels):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    n, _, h, w = images.shape
    maps = torch.zeros(n, h, w)
    for k in range(n):
        x = images[k : k + 1].detach().clone().requires_grad_(True)
        score = model(x)[0, labels[k]]
        grad = torch.autograd.grad(score, x)[0]
        maps[k] = grad[0].abs().amax(dim=0)
    for m, mode in modes.items():
        m.training = mode
    return maps
