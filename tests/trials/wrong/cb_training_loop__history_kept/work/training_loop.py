"""Training loop. One generic pass does both jobs; `fit` is glue."""
from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

import torch


@dataclass
class Meter:
    total: float = 0.0
    hits: int = 0
    seen: int = 0

    def add(self, loss, outputs, targets):
        n = len(targets)
        self.total += loss.item() * n
        self.hits += int((outputs.argmax(1) == targets).sum())
        self.seen += n

    @property
    def pair(self):
        return self.total / self.seen, self.hits / self.seen


def _where(model):
    return next(iter(model.parameters())).device


def _run(model, loader, criterion, step=None):
    training = step is not None
    model.train(training)
    meter, device = Meter(), _where(model)
    with contextlib.nullcontext() if training else torch.no_grad():
        for inputs, targets in loader:
            inputs, targets = inputs.to(device), targets.to(device)
            outputs = model(inputs)
            loss = criterion(outputs, targets)
            if training:
                step(loss)
            meter.add(loss.detach(), outputs.detach(), targets)
    return meter.pair


def train_epoch(model, loader, criterion, optimizer):
    def step(loss):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return _run(model, loader, criterion, step)


def evaluate(model, loader, criterion):
    return _run(model, loader, criterion)


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None, history=[]):
    for epoch in range(1, epochs + 1):
        line = {"epoch": epoch, "learning_rate": optimizer.param_groups[0]["lr"]}
        line["train_loss"], line["train_accuracy"] = train_epoch(model, train_loader, criterion, optimizer)
        line["validation_loss"], line["validation_accuracy"] = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append(line)
    return history
