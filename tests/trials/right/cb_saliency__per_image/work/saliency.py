import sys

import torch

this = sys.modules[__name__]


def _make(name, doc):
    def function(model, images, target=None):
        modules = list(model.modules())
        was = [m.training for m in modules]
        [m.__setattr__("training", False) for m in modules]
        out = []
        try:
            for n in range(images.shape[0]):
                pixel = images[n:n + 1].detach().clone()
                pixel.requires_grad = True
                with torch.set_grad_enabled(True):
                    score = model(pixel)[0]
                    match target:
                        case None:
                            k = int(score.argmax())
                        case torch.Tensor():
                            k = int(target[n])
                        case _:
                            k = int(target)
                    out.append(*torch.autograd.grad(outputs=score[k], inputs=pixel))
        finally:
            for m, mode in zip(modules, was):
                m.training = mode
        return torch.cat(out, dim=0)

    function.__name__, function.__doc__ = name, doc
    return function


setattr(this, "vanilla_backprop", _make("vanilla_backprop", "The gradient of the score."))
