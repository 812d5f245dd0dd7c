import torch
from torch import nn
from torch.nn.functional import adaptive_avg_pool2d


def grad_cam(model: nn.Module, images: torch.Tensor, layer: nn.Module, target=None) -> torch.Tensor:
    outputs, nudges = [], []

    def nudge(_module, _inputs, output):
        zero = torch.zeros_like(output, requires_grad=True)
        outputs.append(output.detach().clone())
        nudges.append(zero)
        return output + zero

    before = {part: part.training for part in model.modules()}
    handle = layer.register_forward_hook(nudge)
    try:
        model.eval()
        with torch.enable_grad():
            scores = model(images.detach().clone())
            if target is None:
                target = scores.argmax(dim=1)
            if not torch.is_tensor(target):
                target = torch.tensor(target).repeat(len(scores))
            total = sum(line[int(k)] for line, k in zip(scores, target))
            slope = torch.autograd.grad(total, nudges[-1])[0]
    finally:
        handle.remove()
        for part, mode in before.items():
            part.training = mode

    features = outputs[-1]
    n, k, h, w = features.shape
    weights = slope.flatten(2).mean(-1)  # (N, K)
    summed = torch.bmm(weights.view(n, 1, k), features.reshape(n, k, h * w))
    return summed.view(n, h, w).clamp_min(0)


def guided_grad_cam(guided: torch.Tensor, cam: torch.Tensor) -> torch.Tensor:
    """Each pixel of a larger map is the mean of the places that it meets."""
    height, width = guided.shape[2:]
    return guided * adaptive_avg_pool2d(cam, (height, width)).unsqueeze(1)
