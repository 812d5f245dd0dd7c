from contextlib import nullcontext
from fractions import Fraction
from functools import partial

import torch


def _passes(model, loader, criterion):
    """Yield each batch's loss; end with the pair of means."""
    where = next(model.parameters()).device
    seen, hits, total = 0, 0, 0.0
    for inputs, targets in loader:
        inputs, targets = inputs.to(where), targets.to(where)
        scores = model(inputs)
        loss = criterion(scores, targets)
        yield loss
        size = targets.shape[0]
        seen += size
        hits += int(torch.count_nonzero(scores.detach().max(dim=1).indices == targets))
        total += loss.item() * size
    return total / seen, float(Fraction(hits, seen))


def _drive(steps, with_each):
    while True:
        try:
            loss = next(steps)
        except StopIteration as end:
            return end.value
        with_each(loss)


def _learn(optimizer, loss):
    for group in optimizer.param_groups:
        for p in group["params"]:
            p.grad = None
    loss.backward()
    optimizer.step()


def train_epoch(model, loader, criterion, optimizer):
    return _drive(_passes(model.train(True), loader, criterion), partial(_learn, optimizer))


def evaluate(model, loader, criterion):
    with torch.no_grad():
        return _drive(_passes(model.train(False), loader, criterion), lambda loss: None)


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    def told(epoch):
        line = dict(epoch=epoch + 1, learning_rate=optimizer.param_groups[0]["lr"])
        for part, measure in (
            ("train", lambda: train_epoch(model, train_loader, criterion, optimizer)),
            ("validation", lambda: evaluate(model, validation_loader, criterion)),
        ):
            line |= zip((f"{part}_loss", f"{part}_accuracy"), measure())
        if scheduler is not None:
            scheduler.step()
        return line

    return [*map(told, range(epochs))]
