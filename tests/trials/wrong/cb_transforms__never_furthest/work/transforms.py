import torch
import torch.nn.functional as F

STEPS = []


def step(**settings):
    def note(function):
        STEPS.append(lambda images, generator: function(images, generator=generator, **settings))
        return function

    return note


@step(probability=1 / 2)
def random_flip(images, probability, generator):
    n, c, h, w = images.shape
    columns = torch.arange(w).expand(n, w).clone()
    for row in columns:
        if torch.bernoulli(torch.tensor(float(probability)), generator=generator):
            row.copy_(row.flip(0))
    return images.gather(3, columns[:, None, None, :].expand(n, c, h, w))


@step(reach=2)
def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    wide = images.new_zeros(n, c, h + 2 * reach, w + 2 * reach)
    wide[:, :, reach:reach + h, reach:reach + w] = images
    top = torch.randint(max(2 * reach, 1), (n,), generator=generator)
    left = torch.randint(2 * reach + 1, (n,), generator=generator)
    return torch.stack([one[:, t:t + h, l:l + w] for one, t, l in zip(wide, top.tolist(), left.tolist())]) if n else images.clone()


def batch_of(images, classes, training, generator):
    for each in STEPS if training else ():
        images = each(images, generator)
    return images, classes
