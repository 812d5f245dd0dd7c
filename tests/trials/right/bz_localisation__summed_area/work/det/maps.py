import torch

class Quiet:
    def __init__(self, *modules):
        self.all = [m for top in modules for m in top.modules()]
    def __enter__(self):
        self.flags = [m.training for m in self.all]
        for m in self.all:
            m.training = False
        self.grad = torch.no_grad()
        self.grad.__enter__()
    def __exit__(self, *e):
        self.grad.__exit__(*e)
        for m, f in zip(self.all, self.flags):
            m.training = f

def response_map(features, fc, images):
    with Quiet(features):
        maps = features(images)
        out = maps.movedim(1, -1) @ fc.weight.detach().t()
        if fc.bias is not None:
            out = out + fc.bias.detach()
    return out.movedim(-1, 1).contiguous()

def sliding_scores(features, fc, images, window):
    r = response_map(features, fc, images)
    rows, cols = window
    n, k, h, w = r.shape
    table = r.new_zeros((n, k, h + 1, w + 1), dtype=torch.float64)
    table[..., 1:, 1:] = r.double().cumsum(-1).cumsum(-2)
    box = table[..., rows:, cols:] - table[..., :-rows, cols:] - table[..., rows:, :-cols] + table[..., :-rows, :-cols]
    return (box / (rows * cols)).to(r.dtype)
