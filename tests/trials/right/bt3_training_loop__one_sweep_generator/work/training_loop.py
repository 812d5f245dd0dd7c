"""Everything goes through `sweep`."""
from __future__ import annotations
from contextlib import nullcontext
from functools import partial, reduce
from itertools import chain
from operator import add, itemgetter
import torch


def home(model: torch.nn.Module) -> torch.device:
    return next((t.device for t in chain(model.parameters(), model.buffers())), torch.device("cpu"))


def sweep(model, loader, criterion, optimizer=None):
    where = home(model)
    for pair in loader:
        x, y = (t.to(where, non_blocking=True) for t in pair)
        scores = model(x)
        loss = criterion(scores, y)
        if optimizer:
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        n = y.shape[0]
        _, guess = scores.detach().max(1)
        yield torch.tensor([loss.item() * n, guess.eq(y).sum().item(), n], dtype=torch.float64)


def summed(rows) -> tuple[float, float]:
    loss, right, n = reduce(add, rows).tolist()
    return loss / n, right / n


def train_epoch(model, loader, criterion, optimizer):
    model.train(True)
    return summed(sweep(model, loader, criterion, optimizer))


def evaluate(model, loader, criterion):
    model.train(False)
    with torch.no_grad():
        return summed(sweep(model, loader, criterion))


NAMES = "epoch learning_rate train_loss train_accuracy validation_loss validation_accuracy".split()


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    step = getattr(scheduler, "step", lambda: None)

    def one(epoch):
        rate = itemgetter("lr")(optimizer.param_groups[0])
        row = (epoch, rate, *train_epoch(model, train_loader, criterion, optimizer), *evaluate(model, validation_loader, criterion))
        step()
        return dict(zip(NAMES, row, strict=True))

    return [one(1 + k) for k in range(epochs)]
