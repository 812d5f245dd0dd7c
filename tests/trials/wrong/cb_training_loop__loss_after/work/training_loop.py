import importlib

_steps = importlib.import_module("mytools.steps")
overfit_batch = _steps.overfit_batch


def train_epoch(*args, **kwargs):
    raise NotImplementedError("not yet")


def evaluate(*args, **kwargs):
    raise NotImplementedError("not yet")
