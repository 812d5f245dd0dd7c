"""A loop over images and channels with hooks on the layer and on its output; enlarged bicubically."""

import torch
import torch.nn.functional as F


def grad_cam(model, images, layer, target=None):
    modes = {module: module.training for module in model.modules()}
    model.eval()
    activations, gradients = {}, {}

    def backward_hook(gradient):
        if "value" not in gradients:  # of several calls the last comes first
            gradients["value"] = gradient

    def forward_hook(module, inputs, output):
        activations["value"] = output
        output.register_hook(backward_hook)

    handle = layer.register_forward_hook(forward_hook)
    maps = []
    for i in range(len(images)):
        gradients.clear()
        x = images[i : i + 1].clone().requires_grad_()
        score = model(x)[0]
        if target is None:
            c = score.argmax()
        else:
            c = target[i] if torch.is_tensor(target) else target
        torch.autograd.grad(score[c], x)
        a, g = activations["value"][0], gradients["value"][0]
        cam = torch.zeros(a.shape[1:], dtype=a.dtype)
        for k in range(len(a)):
            cam += g[k].mean() * a[k].detach()
        maps.append(cam.clamp(min=0))
    handle.remove()
    for module, mode in modes.items():
        module.training = mode
    return torch.stack(maps)


def guided_grad_cam(guided, cam):
    big = F.interpolate(cam.unsqueeze(1), guided.shape[2:], mode="bicubic", align_corners=False)
    return big * guided
