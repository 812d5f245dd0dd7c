import torch

source = '''
def freeze_modes(model):
    modes = {name: module.training for name, module in model.named_modules()}
    model.eval()
    def back():
        for name, module in model.named_modules():
            module.training = modes[name]
    return back
'''
exec(source)


def saliency_maps(model, images, labels):
    back = freeze_modes(model)
    try:
        with torch.no_grad():
            which = torch.zeros_like(model(images))
        which[torch.arange(len(labels)), labels.to(torch.long)] = 1
        scores, slopes = torch.autograd.functional.vjp(model, images.detach(), which)
    finally:
        back()
    n, c, h, w = images.shape
    return torch.abs(slopes).sum(dim=1).reshape(n, h, w).to(images.dtype)
