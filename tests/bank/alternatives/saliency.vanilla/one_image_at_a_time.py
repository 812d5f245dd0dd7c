"""A loop over the images, with the parameters frozen meanwhile."""

import torch


def vanilla_backprop(model, images, target=None):
    modes = {module: module.training for module in model.modules()}
    model.eval()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    for parameter in trained:
        parameter.requires_grad_(False)
    maps = []
    for number, image in enumerate(images):
        x = image[None].clone().requires_grad_(True)
        scores = model(x)[0]
        if target is None:
            k = int(scores.argmax())
        else:
            k = int(target[number]) if torch.is_tensor(target) else target
        scores[k].backward()
        maps.append(x.grad[0])
    for parameter in trained:
        parameter.requires_grad_(True)
    for module, mode in modes.items():
        module.training = mode
    return torch.stack(maps)
