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


def transfer(model, images, fooled, targets, size=4):
    rows = []
    with Evaluating(model), torch.no_grad():
        for a, b, t in zip(images.split(size), fooled.split(size), targets.split(size)):
            before, after = model(a).argmax(1), model(b).argmax(1)
            rows.append([((after == t) & (before != t)).float().mean().item(), (after != before).float().mean().item()])
    targeted, changed = (sum(column) / len(column) for column in zip(*rows))
    return targeted, changed
