"""All outputs are put together, and the loss is taken of all of them."""

import torch


@torch.inference_mode()
def evaluate(model, loader, criterion):
    was = model.training
    model.eval()
    device = next(model.parameters()).device
    scores, labels = [], []
    for x, y in loader:
        scores.append(model(x.to(device)))
        labels.append(y.to(device))
    scores, labels = torch.cat(scores), torch.cat(labels)
    model.train(was)
    return criterion(scores, labels), (scores.argmax(-1) == labels).double().mean()
