"""The bias added at each place, by a dense layer over the channels, image by image."""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    kept = {}
    handle = layer.register_forward_hook(lambda module, inputs, output: kept.update(features=output.detach()))
    modes = {module: module.training for module in model.modules()}
    model.eval()
    with torch.no_grad():
        scores = model(images)
    handle.remove()
    for module, mode in modes.items():
        module.training = mode
    maps = []
    for number, features in enumerate(kept["features"]):
        if target is None:
            k = int(scores[number].argmax())
        else:
            k = int(target[number]) if torch.is_tensor(target) else target
        everywhere = fc(features.permute(1, 2, 0))
        maps.append(everywhere[:, :, k].detach())
    return torch.stack(maps)
