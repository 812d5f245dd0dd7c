import torch

def turned(image):
    return torch.rot90(image, k=int(torch.randint(4, ())), dims=(1, 2))

def moved(image):
    rows, columns = (torch.randint(9, (2,)) - 4).tolist()
    return torch.roll(image, shifts=(rows, columns), dims=(-2, -1))

def recoloured(image):
    factor = torch.empty(image.shape[0], 1, 1, dtype=image.dtype).uniform_(0.7, 1.3)
    return image.mul_(factor).clamp_(max=1)
