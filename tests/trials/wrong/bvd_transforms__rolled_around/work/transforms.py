import torch


def random_flip(images, probability, generator):
    turned = torch.rand(len(images), generator=generator) < probability
    return torch.where(turned[:, None, None, None], images.flip(3), images)


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    moves = torch.randint(-reach, reach + 1, (n, 2), generator=generator).tolist()
    shifted = torch.stack([torch.roll(image, move, dims=(1, 2)) for image, move in zip(images, moves)])
    return shifted


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
