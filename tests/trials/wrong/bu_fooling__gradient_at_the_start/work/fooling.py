import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        x = image.detach().clone().requires_grad_()
        scores = model(x.clone())
        direction, = torch.autograd.grad(scores[0, target], x)
        direction = direction / direction.norm()
        x = x.detach()
        with torch.no_grad():
            for _ in range(limit):
                if model(x.clone()).argmax(1).item() == target:
                    break
                x = x + step * direction
        return x
    finally:
        for m, mode in modes:
            m.training = mode
