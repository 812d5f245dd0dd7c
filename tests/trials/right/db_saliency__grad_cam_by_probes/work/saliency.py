import torch


class Probes(list):
    """Adds a probe of zeros to each output of a layer: the gradient by the probe is that by the output."""

    def __call__(self, module, given, output):
        self.append((output.detach(), torch.zeros_like(output, requires_grad=True)))
        return output + self[-1][1]


def grad_cam(model, images, layer, target=None):
    was = [module.training for module in model.modules()]
    model.eval()
    probes = Probes()
    handle = layer.register_forward_hook(probes)
    try:
        with torch.enable_grad():
            scores = model(images.detach().clone())
            if target is None:
                target = torch.argmax(scores, 1)
            mask = torch.zeros_like(scores).index_put(
                (torch.arange(len(scores)), torch.as_tensor(target).long().expand(len(scores))), torch.ones(()).to(scores))
        maps, probe = probes[-1]
        (slope,) = torch.autograd.grad(scores, probe, grad_outputs=mask)
    finally:
        handle.remove()
        for module, mode in zip(model.modules(), was):
            module.training = mode
    weighed = torch.mul(maps, slope.mean((-2, -1), True))
    return torch.threshold(weighed.sum(1), 0.0, 0.0)


def guided_grad_cam(guided, cam):
    rows, columns = guided.shape[2:]
    h, w = cam.shape[1:]
    nearest = cam[:, [h * i // rows for i in range(rows)]][..., [w * j // columns for j in range(columns)]]
    return torch.einsum("nchw,nhw->nchw", guided, nearest)
