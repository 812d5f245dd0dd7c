import torch

def turned(image):
    return torch.rot90(image, k=int(torch.randint(4, ())), dims=(1, 2))

def moved(image):
    rows = columns = torch.randint(9, (1,)).item() - 4
    return torch.roll(image, shifts=(rows, columns), dims=(-2, -1))

def recoloured(image):
    factor = torch.empty(image.shape[0], 1, 1, dtype=image.dtype).uniform_(0.7, 1.3)
    return torch.clamp(image * factor, max=1)
