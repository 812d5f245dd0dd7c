import torch
from torch import nn


def _classes(scores, target):
    if target is None:
        return scores.argmax(1)
    if isinstance(target, torch.Tensor):
        return target.to(scores.device, torch.int64)
    return torch.full((len(scores),), target, dtype=torch.int64, device=scores.device)


def _is_rectifier(node):
    if node.name().startswith("ReluBackward"):
        return True
    if node.name().startswith("HardtanhBackward"):  # ReLU6 is hardtanh with other ends
        return float(node._saved_min_val) == 0.0 and float(node._saved_max_val) == 6.0
    return False


def _positive_part(arriving):
    return tuple(None if g is None else g.clamp(min=0) for g in arriving)


def _nodes(root):
    """Every node of the graph once, without recursion."""
    seen, waiting = {root}, [root]
    while waiting:
        node = waiting.pop()
        yield node
        for parent, _ in node.next_functions:
            if parent is not None and parent not in seen:
                seen.add(parent)
                waiting.append(parent)


def guided_backprop(model: nn.Module, images: torch.Tensor, target=None) -> torch.Tensor:
    modes = {module: module.training for module in model.modules()}
    try:
        model.eval()
        with torch.enable_grad():
            leaf = images.detach().clone().requires_grad_(True)
            scores = model(leaf.clone())
            chosen = scores[torch.arange(len(scores)), _classes(scores.detach(), target)].sum()
            handles = [node.register_prehook(_positive_part) for node in list(_nodes(chosen.grad_fn)) if _is_rectifier(node)]
            print(f"{len(handles)} rectifiers on the way back")
            (result,) = torch.autograd.grad(chosen, [leaf])
    finally:
        for module, mode in modes.items():
            module.training = mode
    return result
