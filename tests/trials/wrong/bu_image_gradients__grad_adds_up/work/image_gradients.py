import torch


def saliency_maps(model, images, labels):
    modes = [m.training for m in model.modules()]
    flags = [p.requires_grad for p in model.parameters()]
    model.eval()
    for p in model.parameters():
        p.requires_grad = False          # no gradients of parameters
    images.requires_grad_()
    scores = model(images)
    scores.gather(1, labels.view(-1, 1)).sum().backward()
    saliency = images.grad.abs().amax(1)
    for p, flag in zip(model.parameters(), flags):
        p.requires_grad = flag
    for m, mode in zip(model.modules(), modes):
        m.training = mode
    return saliency
