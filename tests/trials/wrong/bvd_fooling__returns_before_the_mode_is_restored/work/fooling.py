import torch


def _eval(model):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    return modes


def _restore(modes):
    for m, mode in modes:
        m.training = mode


def fooling_image(model, image, target, step=1.0, limit=100):
    modes = _eval(model)
    x = image.detach().clone()
    with torch.no_grad():
        if model(x)[0].argmax() == target:
            return x  # nothing to do
    for _ in range(limit):
        x.requires_grad_(True)
        scores = model(x)
        if scores[0].argmax() == target:
            break
        (grad,) = torch.autograd.grad(scores[0, target], x)
        x = x.detach() + step * grad / grad.norm()
    _restore(modes)
    return x.detach()


def transfer(model, images, fooled, targets):
    modes = _eval(model)
    with torch.no_grad():
        before = model(images).argmax(1)
        after = model(fooled).argmax(1)
    _restore(modes)
    targeted = ((after == targets) & (before != targets)).double().mean().item()
    return targeted, (after != before).double().mean().item()
