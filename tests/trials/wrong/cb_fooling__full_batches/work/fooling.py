import torch


class Evaluating:
    def __init__(self, model):
        self.modes = {module: module.training for module in model.modules()}

    def __enter__(self):
        for module in self.modes:
            module.training = False

    def __exit__(self, *_):
        for module, mode in self.modes.items():
            module.training = mode


SIZE = 16


def predictions(model, images):
    with Evaluating(model), torch.no_grad():
        return torch.cat([model(images[k:k + SIZE]).argmax(1) for k in range(0, max(len(images) - SIZE, 0) + 1, SIZE)])


def transfer(model, images, fooled, targets):
    before, after = predictions(model, images), predictions(model, fooled)
    targets = targets[:len(before)]
    targeted = ((after == targets) & (before != targets)).sum().item()
    changed = (after != before).sum().item()
    return targeted / len(before), changed / len(before)
