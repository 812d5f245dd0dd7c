import copy

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    twin = copy.deepcopy(model).eval()
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    now = image.detach().clone().requires_grad_(True)
    with torch.enable_grad():
        for _ in range(limit):
            scores = twin(now)
            if int(scores.argmax()) == target:
                break
            scores[0, target].backward()
            now.data.add_(now.grad / torch.linalg.vector_norm(now.grad), alpha=step)
    return now.detach()
