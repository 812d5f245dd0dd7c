"""A loop whose steps are closures: optimizer.step(closure) works for any optimizer."""
import contextlib
from dataclasses import asdict, dataclass, field

import torch


@dataclass
class Meter:
    loss: float = 0.0
    right: int = 0
    seen: int = 0

    def add(self, loss, scores, targets):
        n = targets.numel()
        self.loss += float(loss.detach()) * n
        self.right += int(scores.detach().argmax(-1).eq(targets).sum())
        self.seen += n

    @property
    def pair(self):
        return self.loss / self.seen, self.right / self.seen


@dataclass
class Row:
    epoch: int
    learning_rate: float
    train_loss: float = field(default=float("nan"))
    train_accuracy: float = field(default=float("nan"))
    validation_loss: float = field(default=float("nan"))
    validation_accuracy: float = field(default=float("nan"))


def _batches(model, loader):
    place = next(iter(model.parameters())).device
    for inputs, targets in loader:
        yield inputs.to(place, non_blocking=True), targets.to(place, non_blocking=True)


def train_epoch(model, loader, criterion, optimizer):
    model.train()
    meter = Meter()
    for inputs, targets in _batches(model, loader):
        told = []

        def closure(inputs=inputs, targets=targets, told=told):
            scores = model(inputs)
            loss = criterion(scores, targets)
            loss.backward()
            told.append((loss, scores))
            return loss

        optimizer.step(closure)
        model.zero_grad(set_to_none=True)
        meter.add(*told[0], targets)
    return meter.pair


def evaluate(model, loader, criterion):
    meter = Meter()
    with contextlib.ExitStack() as stack:
        stack.enter_context(torch.inference_mode())
        model.train(False)
        for inputs, targets in _batches(model, loader):
            scores = model(inputs)
            meter.add(criterion(scores, targets), scores, targets)
    return meter.pair


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        row = Row(epoch, float(optimizer.param_groups[0]["lr"]))
        row.train_loss, row.train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        if scheduler is not None:
            scheduler.step()
        row.validation_loss, row.validation_accuracy = evaluate(model, validation_loader, criterion)
        history.append(asdict(row))
    return history
