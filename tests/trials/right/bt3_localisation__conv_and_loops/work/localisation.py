import copy
import torch
from torch import nn
import torch.nn.functional as F

_defs = {}


def question(name):
    def keep(f):
        _defs[name] = f
        return f
    return keep


def frozen(module):
    return copy.deepcopy(module).eval()


def as_convolution(fc):
    conv = nn.Conv2d(fc.in_features, fc.out_features, kernel_size=1, bias=fc.bias is not None, dtype=fc.weight.dtype)
    state = {k: v[:, :, None, None] if k == "weight" else v for k, v in fc.state_dict().items()}
    conv.load_state_dict(state)
    return conv


@question("response_map")
def _response(features, fc, images):
    with torch.no_grad():
        return as_convolution(fc)(frozen(features)(images))


@question("sliding_scores")
def _sliding(features, fc, images, window):
    with torch.no_grad():
        pooled = F.avg_pool2d(frozen(features)(images), kernel_size=tuple(window), stride=1)
        return as_convolution(fc)(pooled)


@question("locate")
def _locate(scores, target, stride):
    found = []
    for one in scores.detach():
        table = one[target].tolist()
        _, i, j = max((value, i, j) for i, row in enumerate(table) for j, value in enumerate(row))
        found.append([stride * i, stride * j])
    return torch.tensor(found, dtype=torch.long)


for _name in _defs:
    exec(f"{_name} = _defs[{_name!r}]")
