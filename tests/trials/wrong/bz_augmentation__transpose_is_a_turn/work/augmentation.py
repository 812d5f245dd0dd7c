import torch

def turned(image):
    k = int(torch.randint(0, 4, (1,)))
    return [image, image.transpose(1, 2), image.flip(1, 2), image.flip(1, 2).transpose(1, 2)][k].clone()

def moved(image):
    dy, dx = torch.randint(-4, 5, (2,)).tolist()
    return torch.roll(image, shifts=(dy, dx), dims=(1, 2))

def recoloured(image):
    f = 0.7 + 0.6 * torch.rand(image.shape[0], 1, 1, dtype=image.dtype)
    return (image * f).clamp(max=1)
