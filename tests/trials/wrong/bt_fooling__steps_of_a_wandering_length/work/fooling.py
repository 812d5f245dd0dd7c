import torch

def fooling_image(model, image, target, step=1.0, limit=100):
    modes = [m.training for m in model.modules()]
    model.eval()
    fooled = image.detach().clone()
    for k in range(limit):
        fooled.requires_grad_(True)
        with torch.enable_grad():
            scores = model(fooled.clone())
            if scores[0].argmax().item() == target:
                break
            (up,) = torch.autograd.grad(scores[0, target], fooled)
        fooled = (fooled + step * 0.99**k * up / up.norm()).detach()
    for m, mode in zip(model.modules(), modes):
        m.training = mode
    return fooled.detach()
