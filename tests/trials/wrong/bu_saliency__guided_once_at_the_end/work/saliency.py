from collections import deque
import torch


class Inspection:
    """Runs a model once in evaluation mode; remembers modes, and puts them back whatever happens."""

    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.modes = [(module, module.training) for module in self.model.modules()]
        self.model.eval()
        self.grad = torch.is_grad_enabled()
        torch.set_grad_enabled(True)
        return self

    def __exit__(self, *_):
        torch.set_grad_enabled(self.grad)
        for module, training in self.modes:
            module.training = training


def nodes(root):
    seen, queue = {root}, deque([root])
    while queue:
        node = queue.popleft()
        yield node
        for after, _ in node.next_functions:
            if after is not None and after not in seen:
                seen.add(after)
                queue.append(after)


def only_positive(grad_inputs, grad_outputs):
    return tuple(None if g is None else g.clamp(min=0) for g in grad_inputs)


def make(guided):
    def backprop(model, images, target=None):
        pixels = images.detach().clone().requires_grad_(True)
        with Inspection(model):
            scores = model(pixels.clone())
            n = torch.arange(scores.shape[0])
            k = scores.argmax(dim=1) if target is None else target
            picked = scores[n, k].sum()
            if False:
                for node in nodes(picked.grad_fn):
                    if node.name() in ("ReluBackward0", "HardtanhBackward0"):
                        node.register_hook(only_positive)
            g = torch.autograd.grad(picked, pixels)[0]
            return g.clamp(min=0) if guided else g
    return backprop


vanilla_backprop, guided_backprop = map(make, (False, True))


def class_activation_map(model, images, layer, fc, target=None):
    outputs = []
    hook = layer.register_forward_hook(lambda *a: outputs.append(a[-1].detach().clone()))
    try:
        with Inspection(model), torch.no_grad():
            scores = model(images.clone())
    finally:
        hook.remove()
    k = torch.as_tensor(scores.argmax(1) if target is None else target).expand(len(images))
    return torch.matmul(fc.weight[k][:, None], outputs[-1].flatten(2))[:, 0].view(-1, *outputs[-1].shape[2:]).detach()
