import torch
from torch import nn
import torch.nn.functional as F
from contextlib import contextmanager

@contextmanager
def evaluating(model):
    modes = [(m, m.training) for m in model.modules()]
    for m, _ in modes:
        m.training = False
    try:
        yield
    finally:
        for m, t in modes:
            m.training = t

def _classes(scores, target):
    if target is None:
        return scores.argmax(1)
    if isinstance(target, int):
        return torch.full((len(scores),), target, device=scores.device)
    return target.to(scores.device).long()

def _score(scores, target):
    return scores.gather(1, _classes(scores, target)[:, None]).sum()

def vanilla_backprop(model, images, target=None):
    with evaluating(model), torch.enable_grad():
        x = images.detach().clone().requires_grad_(True)
        return torch.autograd.grad(_score(model(x), target), x)[0]

def _nodes(root):
    seen, todo = set(), [root]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        todo.extend(n for n, _ in node.next_functions)
    return seen

def _rectifier(node):
    name = node.name()
    return name.startswith('ReluBackward') or (
        name.startswith('HardtanhBackward') and node._saved_min_val == 0 and node._saved_max_val == 6)

def guided_backprop(model, images, target=None):
    with evaluating(model), torch.enable_grad():
        x = images.detach().clone().requires_grad_(True)
        total = _score(model(x), target)
        for node in _nodes(total.grad_fn):
            if _rectifier(node):
                node.register_hook(lambda gin, gout: tuple(None if a is None else b.clamp(min=0) for a, b in zip(gin, gout)))
        return torch.autograd.grad(total, x)[0]

def _outputs(model, layer, x):
    kept = []
    handle = layer.register_forward_hook(lambda m, i, o: kept.append(o))
    try:
        scores = model(x)
    finally:
        handle.remove()
    return scores, kept[-1]

def class_activation_map(model, images, layer, fc, target=None):
    with evaluating(model), torch.no_grad():
        scores, maps = _outputs(model, layer, images)
        w = fc.weight[_classes(scores, target)]
        return torch.einsum('nkhw,nk->nhw', maps, w)

def grad_cam(model, images, layer, target=None):
    with evaluating(model), torch.enable_grad():
        x = images.detach().clone().requires_grad_(True)
        scores, maps = _outputs(model, layer, x)
        g, = torch.autograd.grad(_score(scores, target), maps)
        return F.relu((maps * g.mean((2, 3), keepdim=True)).sum(1)).detach()

def guided_grad_cam(guided, cam):
    big = F.interpolate(cam[:, None], size=guided.shape[2:], mode='bilinear', align_corners=False)
    return guided * big
