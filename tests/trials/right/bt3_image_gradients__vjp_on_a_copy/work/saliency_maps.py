import copy
from functools import partial
import torch
from torch.autograd.functional import vjp


class Saliency:
    def __init__(self, model):
        self.model = copy.deepcopy(model).eval().requires_grad_(False)

    def score(self, image, *, label):
        return self.model(image.unsqueeze(0)).squeeze(0)[label]

    def __getitem__(self, pair):
        image, label = pair
        with torch.enable_grad():
            _, slope = vjp(partial(self.score, label=int(label)), image.detach().clone())
        return torch.linalg.vector_norm(slope, ord=float("inf"), dim=0)

    def maps(self, images, labels):
        if len(images) == 0:
            return []
        return [self[images[0], labels[0]], *self.maps(images[1:], labels[1:])]


def saliency_maps(model, images, labels):
    """See the class."""
    return torch.stack(Saliency(model).maps(images, labels))
