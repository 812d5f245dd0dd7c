"""By retain_grad and backward on a copy; enlarged by the nearest number."""

import copy

import torch


def grad_cam(model, images, layer, target=None):
    name = [n for n, module in model.named_modules() if module is layer][0]
    model = copy.deepcopy(model).eval()
    for parameter in model.parameters():
        parameter.requires_grad_(True)
    kept = []

    def keep(module, inputs, output):
        output.retain_grad()
        kept.append(output)

    model.get_submodule(name).register_forward_hook(keep)
    scores = model(images.clone())
    if target is None:
        target = scores.argmax(1)
    scores[torch.arange(len(images)), target].sum().backward()
    alpha = kept[-1].grad.mean((2, 3))
    return torch.relu(torch.einsum("nk,nkhw->nhw", alpha, kept[-1])).detach()


def guided_grad_cam(guided, cam):
    enlarged = torch.nn.Upsample(size=tuple(guided.shape[-2:]), mode="nearest")(cam.unsqueeze(1))
    return enlarged.expand_as(guided).mul(guided)
