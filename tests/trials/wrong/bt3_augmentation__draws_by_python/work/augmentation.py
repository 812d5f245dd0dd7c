import random
import torch


def turned(image):
    times = random.choice([0, 1, 2, 3])
    for _ in range(times):
        image = torch.rot90(image, 1, [1, 2])
    return image.clone()


def moved(image):
    by = [torch.randint(9, (1,)).item() - 4 for _ in range(2)]
    return image.roll(by, [1, 2])


def recoloured(image):
    channels = []
    for channel in image:
        factor = torch.empty(()).uniform_(0.7, 1.3).item()
        channels.append((channel * factor).clamp_max(1.0))
    return torch.stack(channels)
