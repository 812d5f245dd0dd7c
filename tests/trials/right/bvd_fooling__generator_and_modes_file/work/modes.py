"""A helper: evaluation mode for a while."""
from contextlib import contextmanager


@contextmanager
def evaluating(model):
    training = [module for module in model.modules() if module.training]
    for module in training:
        module.training = False
    try:
        yield model
    finally:
        for module in training:
            module.training = True
