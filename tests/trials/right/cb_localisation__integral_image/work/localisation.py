import torch
from torch import nn


def sliding_scores(features: nn.Module, fc: nn.Linear, images: torch.Tensor, window: tuple[int, int]) -> torch.Tensor:
    was = {name: part.training for name, part in features.named_modules()}
    features.train(False)
    with torch.inference_mode():
        maps = features(images)
    for name, part in features.named_modules():
        part.training = was[name]
    r, c = window
    total = nn.functional.pad(maps.double().cumsum(2).cumsum(3), (1, 0, 1, 0))
    sums = total[:, :, r:, c:] - total[:, :, :-r, c:] - total[:, :, r:, :-c] + total[:, :, :-r, :-c]
    weight = fc.weight.detach().double()
    scores = torch.tensordot(sums / (r * c), weight, dims=([1], [1])).permute(0, 3, 1, 2)
    if fc.bias is not None:
        scores = scores + fc.bias.detach().double()[:, None, None]
    return scores.to(maps.dtype).contiguous()
