"""The generator is seeded anew for each batch, so that all batches are transformed alike: draw on from it.

Loses: transforms.images.batch
"""


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    generator.manual_seed(generator.initial_seed())
    return random_shift(random_flip(images, 0.5, generator), 2, generator), classes
