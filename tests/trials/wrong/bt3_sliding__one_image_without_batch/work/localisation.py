from contextlib import contextmanager
import torch
import torch.nn.functional as F


@contextmanager
def calm(*modules):
    inside = [(m, m.training) for module in modules for m in module.modules()]
    for m, _ in inside:
        m.training = False
    yield
    for m, mode in inside:
        m.training = mode


def sliding_scores(features, fc, images, window):
    with calm(features, fc), torch.no_grad():
        means = F.avg_pool2d(features(images), tuple(window), stride=1)
        scores = fc(means.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    return scores.squeeze(0)
