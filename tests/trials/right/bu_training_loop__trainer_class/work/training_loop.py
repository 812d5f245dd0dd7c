"""Training loop, HW2."""
from collections import namedtuple
from dataclasses import dataclass, field, asdict
import torch
from torch import nn

Measured = namedtuple("Measured", "loss accuracy")


@dataclass
class Meter:
    total: float = 0.0
    hits: int = 0
    seen: int = 0

    def add(self, loss, outputs, targets):
        n = targets.size(0)
        self.total += loss.item() * n
        self.hits += int((outputs.argmax(dim=1) == targets).sum())
        self.seen += n

    @property
    def result(self):
        return Measured(self.total / self.seen, self.hits / self.seen)


@dataclass
class EpochRow:
    epoch: int
    learning_rate: float
    train_loss: float
    train_accuracy: float
    validation_loss: float
    validation_accuracy: float


class Trainer:
    def __init__(self, model, criterion, optimizer=None):
        self.model, self.criterion, self.optimizer = model, criterion, optimizer

    @property
    def device(self):
        return next(self.model.parameters()).device

    def _batches(self, loader):
        where = self.device
        for x, y in loader:
            yield x.to(where), y.to(where)

    def train(self, loader):
        self.model.train()
        meter = Meter()
        for x, y in self._batches(loader):
            self.optimizer.zero_grad()
            out = self.model(x)
            loss = self.criterion(out, y)
            loss.backward()
            self.optimizer.step()
            meter.add(loss.detach(), out.detach(), y)
        return meter.result

    @torch.no_grad()
    def measure(self, loader):
        self.model.eval()
        meter = Meter()
        for x, y in self._batches(loader):
            out = self.model(x)
            meter.add(self.criterion(out, y), out, y)
        return meter.result

    def run(self, train_loader, validation_loader, epochs, scheduler=None):
        rows = []
        for number in range(1, epochs + 1):
            rate = self.optimizer.param_groups[0]["lr"]
            t = self.train(train_loader)
            v = self.measure(validation_loader)
            if scheduler is not None:
                scheduler.step()
            rows.append(EpochRow(number, rate, t.loss, t.accuracy, v.loss, v.accuracy))
        return [asdict(r) for r in rows]


def train_epoch(model, loader, criterion, optimizer):
    return tuple(Trainer(model, criterion, optimizer).train(loader))


def evaluate(model, loader, criterion):
    return tuple(Trainer(model, criterion).measure(loader))


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    return Trainer(model, criterion, optimizer).run(train_loader, validation_loader, epochs, scheduler)


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    inputs, targets = next(iter(loader))
    device = next(model.parameters()).device
    x, y = inputs.to(device), targets.to(device)
    losses = []
    model.train()
    for _ in range(most_steps):
        out = model(x)
        if bool((out.argmax(1) == y).all()):
            break
        loss = criterion(out, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    return inputs, targets, losses
