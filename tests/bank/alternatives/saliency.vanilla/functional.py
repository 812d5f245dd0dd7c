"""By torch.func, on the parameters as they are."""

import torch


def vanilla_backprop(model, images, target=None):
    modes = {module: module.training for module in model.modules()}
    model.eval()

    def score(x):
        scores = model(x)
        k = scores.detach().argmax(1) if target is None else torch.as_tensor(target).expand(len(x))
        return scores[torch.arange(len(x)), k].sum()

    result = torch.func.grad(score)(images)
    for module, mode in modes.items():
        module.training = mode
    return result
