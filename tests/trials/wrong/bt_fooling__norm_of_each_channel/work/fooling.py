import copy
import torch
from torch.func import functional_call, grad

def _frozen(model):
    twin = copy.deepcopy(model).eval()
    values = {k: v.detach() for k, v in (*twin.named_parameters(), *twin.named_buffers())}
    return lambda x: functional_call(twin, values, (x.clone(),))

def fooling_image(model, image, target, step=1.0, limit=100):
    scores = _frozen(model)
    up = grad(lambda x: torch.log_softmax(scores(x), dim=1)[0, target])
    x = image.detach().clone()
    for _ in range(limit):
        if scores(x).argmax().item() == target:
            break
        g = up(x)
        x = x + step * g / torch.linalg.vector_norm(g, dim=(2, 3), keepdim=True)
    return x.detach()

def transfer(model, images, fooled, targets):
    scores = _frozen(model)
    with torch.no_grad():
        before, after = (scores(each).argmax(1) for each in (images, fooled))
    targets = targets.to(after.device)
    targeted = (after == targets) & (before != targets)
    return targeted.double().mean().item(), (after != before).double().mean().item()
