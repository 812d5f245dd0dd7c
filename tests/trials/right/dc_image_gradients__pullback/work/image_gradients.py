from contextlib import ExitStack

import torch


def saliency_maps(model, images, labels):
    with ExitStack() as back:
        for module in model.modules():
            back.callback(setattr, module, "training", module.training)
        model.eval()
        scores, pull = torch.func.vjp(lambda pixels: model(pixels * 1), images.detach().clone())
        chosen = torch.zeros_like(scores)
        chosen[torch.arange(len(images)), labels.long()] = 1
        (slopes,) = pull(chosen)
    return torch.linalg.vector_norm(slopes.detach(), ord=float("inf"), dim=1)
