import torch


def vanilla_backprop(model, images, target=None):
    buffers = {name: buffer.clone() for name, buffer in model.named_buffers()}
    x = torch.autograd.Variable(images.detach().clone(), requires_grad=True)
    with torch.enable_grad():
        scores = model(x * 1)
    K = scores.size(1)
    if target is None:
        target = scores.topk(1)[1].view(-1)
    elif not torch.is_tensor(target):
        target = torch.LongTensor([target] * len(x))
    picked = torch.eye(K, dtype=scores.dtype)[target.long()]
    gradient = torch.autograd.grad(outputs=scores, inputs=x, grad_outputs=picked)[0]
    with torch.no_grad():
        for name, buffer in model.named_buffers():
            buffer.copy_(buffers[name])
    return gradient
