import contextlib
import torch

@contextlib.contextmanager
def evaluating(*modules):
    """All modules in evaluation mode for a while, then each as it was."""
    modes = [(m, m.training) for module in modules for m in module.modules()]
    try:
        for module in modules:
            module.eval()
        yield
    finally:
        for m, mode in modes:
            m.training = mode
