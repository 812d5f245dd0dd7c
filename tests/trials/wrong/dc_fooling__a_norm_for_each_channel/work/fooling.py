import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.enable_grad():
            return climb(model, image.detach().clone(), target, step, limit)
    finally:
        for module, mode in modes:
            module.training = mode


def climb(model, now, target, step, limit):
    for _ in range(limit):
        now = now.detach().requires_grad_()
        scores = model(now)
        if scores[0].argmax() == target:
            break
        (slope,) = torch.autograd.grad(scores[0, target], now)
        now = now + step * slope / slope.flatten(2).norm(dim=2)[:, :, None, None]
    return now.detach()


def transfer(model, images, fooled, targets):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        before, after = model(images).argmax(1), model(fooled).argmax(1)
    for module, mode in modes:
        module.training = mode
    targeted = (after == targets) & (before != targets)
    return targeted.double().mean().item(), (after != before).double().mean().item()
