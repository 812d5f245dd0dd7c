import torch

def transfer(model, images, fooled, targets):
    with torch.no_grad():
        a = model(images).argmax(dim=1)
        b = model(fooled).argmax(dim=1)
    hit = torch.logical_and(b == targets, a != targets)
    return float(hit.float().mean()), float((a != b).float().mean())
