import torch
import torch.nn.functional as F
from torch import nn

from camtools import Catcher, scores_of_targets, temporarily_evaluating


def grad_cam(model: nn.Module, images: torch.Tensor, layer: nn.Module, target=None) -> torch.Tensor:
    with torch.enable_grad(), temporarily_evaluating(model), Catcher(layer) as caught:
        # requires_grad, so that there is a graph even where all parameters are frozen
        scores = model(images.detach().clone().requires_grad_().mul(1))
        score = scores_of_targets(scores, target)
        (gradient,) = torch.autograd.grad(score.sum(), caught.output)
    assert gradient.dim() == 4, "the layer does not return feature maps"
    with torch.no_grad():
        alpha = torch.einsum("nkhw->nk", gradient) / gradient[0, 0].numel()
        return torch.relu(torch.einsum("nk,nkhw->nhw", alpha, caught.output))


def guided_grad_cam(guided: torch.Tensor, cam: torch.Tensor) -> torch.Tensor:
    larger = F.interpolate(cam[:, None], size=tuple(guided.shape[-2:]), mode="bicubic", align_corners=False)
    return torch.mul(guided, larger.expand_as(guided))
