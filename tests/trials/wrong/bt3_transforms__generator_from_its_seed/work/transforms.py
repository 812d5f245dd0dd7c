import torch


def fresh(generator):
    g = torch.Generator()
    g.manual_seed(generator.initial_seed())  # repeatable
    return g


def random_flip(images, probability, generator):
    g = fresh(generator)
    coins = torch.rand(len(images), generator=g)
    return torch.stack([i.flip(-1) if c < probability else i for i, c in zip(images, coins.tolist())])


def random_shift(images, reach, generator):
    g = fresh(generator)
    shifted = []
    for image in images:
        down, right = torch.randint(-reach, reach + 1, (2,), generator=g).tolist()
        image = image.roll((down, right), (1, 2))
        h, w = image.shape[1:]
        rows, cols = torch.arange(h), torch.arange(w)
        inside = ((rows - down >= 0) & (rows - down < h))[:, None] & ((cols - right >= 0) & (cols - right < w))
        shifted.append(torch.where(inside, image, torch.zeros_like(image)))
    return torch.stack(shifted)


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
