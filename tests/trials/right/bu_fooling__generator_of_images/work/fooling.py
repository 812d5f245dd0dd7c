from itertools import islice
import torch
from predict import Predictor


def climb(predictor, image, target, step):
    """Yield the start and the image after each step, without end."""
    present = image.clone().detach()
    while True:
        yield present
        g = predictor.gradient(present, target)
        present = present + g.mul(step / g.norm(p=2))


def fooling_image(model, image, target, step=1.0, limit=100):
    with Predictor(model) as predictor:
        for present in islice(climb(predictor, image, target, step), limit + 1):
            if predictor(present).item() == target:
                break
    return present.detach()


def transfer(model, images, fooled, targets):
    n = len(images)
    with Predictor(model) as predictor:
        pairs = list(zip(predictor(images).tolist(), predictor(fooled).tolist(), targets.tolist()))
    return sum(b == t != a for a, b, t in pairs) / n, sum(a != b for a, b, _ in pairs) / n
