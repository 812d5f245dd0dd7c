import copy
import torch


def saliency_maps(model, images, labels):
    """Work on a deep copy: then nothing has to be put back."""
    twin = copy.deepcopy(model).eval()
    for p in twin.parameters():
        p.requires_grad_(False)
    x = images.detach().clone().requires_grad_(True)
    with torch.enable_grad():
        scores = twin(x.clone())
        one_hot = torch.zeros_like(scores).scatter_(1, labels.view(-1, 1).to(scores.device).long(), 1)
        scores.backward(gradient=one_hot)
    return x.grad.abs().max(dim=1).values
