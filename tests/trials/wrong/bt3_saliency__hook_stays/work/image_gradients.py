import torch


def saliency_maps(model, images, labels):
    caught = {}

    def catch(module, args, output):
        caught["scores"] = output

    model.register_forward_hook(catch)
    modes = [m.training for m in model.modules()]
    model.eval()
    x = images.detach().clone().requires_grad_()
    model(x)
    for m, mode in zip(model.modules(), modes):
        m.training = mode
    picked = caught["scores"].gather(1, labels.long().view(-1, 1)).sum()
    (grad,) = torch.autograd.grad(picked, x)
    return grad.abs().max(dim=1).values
