import torch
from torch.func import functional_call, vjp


def saliency_maps(model, images, labels):
    was = [m.training for m in model.modules()]
    model.eval()
    weights = {n: t.detach() for n, t in [*model.named_parameters(), *model.named_buffers()]}
    try:
        scores, pullback = vjp(lambda x: functional_call(model, weights, (x.clone(),)).softmax(1), images.detach())
        wanted = torch.nn.functional.one_hot(labels.long(), scores.shape[1]).to(scores)
        g, = pullback(wanted)
    finally:
        for m, t in zip(model.modules(), was):
            m.training = t
    return torch.amax(torch.maximum(g, -g), dim=1).detach()
