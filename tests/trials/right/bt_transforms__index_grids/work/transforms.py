import torch
import torch.nn.functional as F

def random_flip(images, probability, generator):
    coin = torch.rand(len(images), generator=generator) < probability
    coin = coin.to(images.device).view(-1, 1, 1, 1)
    return torch.where(coin, torch.flip(images, dims=[-1]), images)

def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    down = torch.randint(-reach, reach + 1, (n,), generator=generator)
    right = torch.randint(-reach, reach + 1, (n,), generator=generator)
    padded = F.pad(images, (reach, reach, reach, reach))
    return torch.stack([padded[k, :, reach - d:reach - d + h, reach - r:reach - r + w]
                        for k, (d, r) in enumerate(zip(down.tolist(), right.tolist()))]) if n else images.clone()

def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    return random_shift(random_flip(images, 0.5, generator), 2, generator), classes
