import torch


def random_flip(images, probability, generator):
    turned = torch.rand(len(images), generator=generator) < probability
    return torch.where(turned[:, None, None, None], images.flip(3), images)


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    moves = torch.randint(-reach, max(reach, 1 - reach), (n, 2), generator=generator).tolist()
    shifted = torch.zeros_like(images)
    for image, result, (down, right) in zip(images, shifted, moves):
        rows, columns = h - abs(down), w - abs(right)
        top, left = max(down, 0), max(right, 0)
        result[:, top : top + rows, left : left + columns] = image[
            :, top - down : top - down + rows, left - right : left - right + columns
        ]
    return shifted


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
