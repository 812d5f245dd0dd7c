import torch

def turned(image):
    k = int(torch.randint(0, 4, (1,)))
    return torch.rot90(image, k, dims=(1, 2)).clone()

def moved(image):
    dy, dx = torch.randint(-4, 5, (2,)).tolist()
    return torch.roll(image, shifts=(dy, dx), dims=(1, 2))

def recoloured(image):
    f = 0.7 + 0.6 * torch.rand(1, 1, 1, dtype=image.dtype)
    return (image * f).clamp(max=1)
