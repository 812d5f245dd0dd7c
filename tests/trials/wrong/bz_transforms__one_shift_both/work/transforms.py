import torch

def random_flip(images, probability, generator):
    coin = torch.rand(len(images), generator=generator) < probability
    return torch.where(coin.view(-1, 1, 1, 1).to(images.device), images.flip(3), images)

def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    moves = torch.randint(-reach, reach + 1, (n, 1), generator=generator).repeat(1, 2)
    out = torch.zeros_like(images)
    for k, (down, right) in enumerate(moves.tolist()):
        if abs(down) >= h or abs(right) >= w:
            continue
        src = images[k, :, max(0, -down):h - max(0, down), max(0, -right):w - max(0, right)]
        out[k, :, max(0, down):h - max(0, -down), max(0, right):w - max(0, -right)] = src
    return out

def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
