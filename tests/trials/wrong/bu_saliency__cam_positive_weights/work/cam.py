import torch


class Recorder:
    def __init__(self):
        self.value = None

    def __call__(self, module, inputs, output):
        self.value = output.detach().clone()


def class_activation_map(model, images, layer, fc, target=None):
    state = {name: m.training for name, m in model.named_modules()}
    recorder = Recorder()
    handle = layer.register_forward_hook(recorder)
    model.eval()
    try:
        with torch.no_grad():
            scores = model(images)
    finally:
        handle.remove()
        for name, m in model.named_modules():
            m.training = state[name]
    result = []
    for n in range(images.shape[0]):
        if target is None:
            c = scores[n].argmax().item()
        elif isinstance(target, torch.Tensor):
            c = target[n].item()
        else:
            c = target
        total = 0
        for k in range(fc.in_features):
            total = total + fc.weight[c, k].detach().clamp(min=0) * recorder.value[n, k]
        if fc.bias is not None:
            total = total + fc.bias[c].detach()
        result.append(torch.clamp(total, min=0))
    return torch.stack(result)
