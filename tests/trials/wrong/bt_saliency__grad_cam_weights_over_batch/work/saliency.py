import torch
import torch.nn.functional as F
from contextlib import contextmanager

@contextmanager
def frozen(model):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    try:
        with torch.enable_grad():
            yield
    finally:
        for m, mode in modes.items():
            m.training = mode

def chosen(scores, target):
    if target is None:
        target = scores.argmax(dim=1)
    target = torch.as_tensor(target, device=scores.device).long().expand(len(scores))
    return scores.gather(1, target[:, None])[:, 0], target

def start(images):
    return images.detach().clone().requires_grad_()

def vanilla_backprop(model, images, target=None):
    with frozen(model):
        x = start(images)
        score, _ = chosen(model(x.clone()), target)
        return torch.autograd.grad(score.sum(), x)[0]

def _nodes(root):
    seen, todo = set(), [root]
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        todo.extend(before for before, _ in node.next_functions)
    return seen

def _rectifies(node):
    name = node.name()
    return name == "ReluBackward0" or (name == "HardtanhBackward0" and node._saved_min_val == 0 and node._saved_max_val == 6)

def guided_backprop(model, images, target=None):
    with frozen(model):
        x = start(images)
        score, _ = chosen(model(x.clone()), target)
        nodes = _nodes(score.grad_fn)
        for node in nodes:
            if _rectifies(node):
                node.register_prehook(lambda grads: tuple(g if g is None else g.clamp(min=0) for g in grads))
        return torch.autograd.grad(score.sum(), x)[0]

def _features(model, layer, x):
    seen = []
    handle = layer.register_forward_hook(lambda module, given, output: seen.append(output))
    try:
        scores = model(x.clone())
    finally:
        handle.remove()
    return seen[-1], scores

def class_activation_map(model, images, layer, fc, target=None):
    with frozen(model):
        maps, scores = _features(model, layer, start(images))
        _, target = chosen(scores, target)
    return torch.einsum("nk,nkhw->nhw", fc.weight[target], maps).detach()

def grad_cam(model, images, layer, target=None):
    with frozen(model):
        maps, scores = _features(model, layer, start(images))
        score, _ = chosen(scores, target)
        slopes, = torch.autograd.grad(score.sum(), maps)
    alpha = slopes.mean(dim=(0, 2, 3), keepdim=True)
    return F.relu((alpha * maps).sum(dim=1)).detach()

def guided_grad_cam(guided, cam):
    large = F.interpolate(cam[:, None], size=guided.shape[-2:], mode="bilinear", align_corners=False)
    return guided * large
