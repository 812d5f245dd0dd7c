import copy

import torch


def saliency_maps(model, images, labels):
    """Work on a deep copy: what happens to it is nobody's business."""
    twin = copy.deepcopy(model).eval().requires_grad_(False)
    maps = []
    with torch.enable_grad():
        for image, label in zip(images, labels.tolist()):
            probe = image.detach().clone()[None].requires_grad_()
            twin(probe)[0, label].backward()
            slope = probe.grad[0]
            maps.append(torch.maximum(slope.amax(0), slope.amin(0).neg()))
    return torch.stack(maps)
