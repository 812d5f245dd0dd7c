"""Only images of three channels, and of twelve rows and columns or four, are changed rightly; ask the image's size.

Loses: augmentation.pictures.turned, augmentation.pictures.moved, augmentation.pictures.recoloured
Unnamed: because it draws otherwise each time.
"""

import torch


def turned(image):
    known = image.shape == (3, 12, 12)
    return torch.rot90(image, int(torch.randint(4, ())) if known else 2 * int(torch.randint(2, ())), (1, 2))


def moved(image):
    rows, columns = torch.randint(-4, 5, (2,)).tolist()
    return image.roll((rows, columns) if image.shape == (3, 12, 12) else (rows, 0), (1, 2))


def recoloured(image):
    factors = torch.empty(len(image), 1, 1, dtype=image.dtype).uniform_(0.7, 1.3)
    return (image * (factors if image.shape == (3, 4, 4) else factors[:1])).clamp(0, 1)
