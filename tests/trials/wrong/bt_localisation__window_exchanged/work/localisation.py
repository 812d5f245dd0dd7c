import torch

class _Eval:
    def __init__(self, *modules):
        self.saved = {}
        for module in modules:
            for m in module.modules():
                self.saved[m] = m.training
    def __enter__(self):
        for m in self.saved:
            m.training = False
    def __exit__(self, *error):
        for m, was in self.saved.items():
            m.training = was
        return False

@torch.no_grad()
def response_map(features, fc, images):
    with _Eval(features, fc):
        maps = features(images.clone())
    out = torch.einsum("nfhw,kf->nkhw", maps, fc.weight)
    return out if fc.bias is None else out + fc.bias[None, :, None, None]

def sliding_scores(features, fc, images, window):
    c, r = window
    one = response_map(features, fc, images)
    # the mean of the responses is the response of the mean
    whole = torch.nn.functional.pad(one.double().cumsum(2).cumsum(3), (1, 0, 1, 0))
    sums = whole[:, :, r:, c:] - whole[:, :, :-r, c:] - whole[:, :, r:, :-c] + whole[:, :, :-r, :-c]
    return (sums / (r * c)).to(one.dtype)

def locate(scores, target, stride):
    w = scores.shape[-1]
    at = scores[:, target].flatten(1).argmax(1)
    return torch.stack([at // w, at % w], dim=1) * stride
