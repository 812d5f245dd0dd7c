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


def transfer(model, images, fooled, targets):
    with torch.no_grad():
        before, after = model(images).argmax(1), model(fooled).argmax(1)
    targeted = (after == targets) & (before != targets)
    changed = after != before
    return tuple(float(each.double().mean()) for each in (targeted, changed))
