import torch

def saliency_maps(model, images, labels):
    was = model.training
    model.eval()
    x = images.clone().detach().requires_grad_()
    with torch.enable_grad():
        s = model(x).gather(1, labels.long().view(-1, 1)).sum()
    g, = torch.autograd.grad(s, x)
    model.train(was)
    return g.abs().max(dim=1).values
