# Fill in the bodies: each docstring says what is asked.
"""A generic training loop: for any classifier, loss, optimizer and scheduler of PyTorch's.

Conventions of this module:

- ``model`` takes inputs of shape (N, …) and returns scores (logits) of shape (N, K), one for each of K classes.
- ``loader`` is a DataLoader, or anything else that can be iterated over again and again; it gives pairs
  (inputs, targets), targets being integer classes of shape (N,). The last batch may be smaller than the others.
- The batches may be on another device than the model's parameters; compute where the parameters are.
- ``criterion(outputs, targets)`` takes scores and classes, and returns the mean loss of a batch, a tensor without
  dimensions.
- An accuracy is the share, from 0 to 1, of samples whose largest score is that of their class.
- Means are over samples: each sample counts the same, whatever the size of its batch.
- The model may arrive in either mode; in which mode it is left is up to you. Its hooks, and which of its parameters
  are trainable (`.requires_grad`), are left as they were.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

Loader = Iterable[tuple[torch.Tensor, torch.Tensor]]
Criterion = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def train_epoch(model: nn.Module, loader: Loader, criterion: Criterion, optimizer: Optimizer) -> tuple[float, float]:
    """Train on all batches once, in their order; return the epoch's pair (mean loss, accuracy).

    The model computes in training mode. Each batch is one step of the optimizer, along the gradient of that batch's
    loss alone. The model arrives without gradients, so you may set them to zero before each backward pass, or after
    each step. Loss and accuracy are those of the outputs that the steps were computed from: no sample goes through
    the model twice.
    """
    raise NotImplementedError("training.loop")


def evaluate(model: nn.Module, loader: Loader, criterion: Criterion) -> tuple[float, float]:
    """Return the pair (mean loss, accuracy) over the samples of a loader, without training on them.

    The model computes in evaluation mode, and no gradients are recorded. Its parameters and buffers, and their
    `.grad`, are left as they were.
    """
    raise NotImplementedError("training.loop")


def fit(
    model: nn.Module,
    train_loader: Loader,
    validation_loader: Loader,
    criterion: Criterion,
    optimizer: Optimizer,
    epochs: int,
    scheduler: LRScheduler | None = None,
) -> list[dict[str, Any]]:
    """Train for so many epochs; return their history, a list of one dict for each epoch.

    An epoch trains on all of ``train_loader``, then measures on ``validation_loader``. The scheduler, if there is
    one, steps once an epoch, after the optimizer. A dict has the keys ``epoch``, counted from 1;
    ``learning_rate``, that of the optimizer's (first) group while this epoch trained; ``train_loss`` and
    ``train_accuracy``, as `train_epoch` returns them; ``validation_loss`` and ``validation_accuracy``, as `evaluate`
    does after the epoch. The model keeps the parameters of the last epoch.
    """
    raise NotImplementedError("training.loop")


def overfit_batch(
    model: nn.Module, loader: Loader, criterion: Criterion, optimizer: Optimizer, most_steps: int
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Train on the loader's first batch alone until all of it is classified rightly, or `most_steps` are done.

    Each step is computed in training mode, from the same inputs: all of that batch, as the loader gave it. Return the
    triple (inputs, targets, losses): that batch, and the loss from which each step was computed. Whether you look at
    the accuracy before or after each step, or once in so many steps (up to a hundred), is up to you, and so is in
    which mode you look; what counts is that all samples are right, and not nearly all.
    """
    raise NotImplementedError("overfit.batch")
