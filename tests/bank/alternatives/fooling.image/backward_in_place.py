"""By backward(), on a copy of the model, changing the copy of the image in place."""

import copy

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    net = copy.deepcopy(model).eval()
    X_fooling = image.clone().requires_grad_()
    for i in range(limit):
        scores = net(X_fooling)
        if torch.argmax(scores, dim=1).item() == target:
            break
        scores[:, target].backward()
        with torch.no_grad():
            X_fooling += step * X_fooling.grad / torch.sqrt((X_fooling.grad**2).sum())
            X_fooling.grad.zero_()
    return X_fooling
