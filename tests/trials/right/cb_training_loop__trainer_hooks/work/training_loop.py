import sys
from abc import ABC, abstractmethod

import torch


class Pass(ABC):
    kinds: dict = {}

    def __init_subclass__(cls, **words):
        super().__init_subclass__(**words)
        Pass.kinds[cls.__name__.lower()] = cls

    def __init__(self, model, criterion, optimizer=None):
        self.model, self.criterion, self.optimizer = model, criterion, optimizer
        self.device = [p.device for p in model.parameters()][0]

    def __call__(self, loader):
        rows = [self.batch(*(part.to(self.device) for part in pair)) for pair in loader]
        loss, hits, counts = (sum(column) for column in zip(*rows))
        return loss / counts, hits / counts

    def batch(self, inputs, targets):
        outputs = self.model(inputs)
        loss = self.criterion(outputs, targets)
        self.after(loss)
        return float(loss) * len(inputs), int((outputs.argmax(1) == targets).sum()), len(inputs)

    @abstractmethod
    def after(self, loss): ...


class Training(Pass):
    def __call__(self, loader):
        self.model.train()
        with torch.enable_grad():
            return super().__call__(loader)

    def after(self, loss):
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()


class Evaluation(Pass):
    def __call__(self, loader):
        self.model.eval()
        with torch.no_grad():
            return super().__call__(loader)

    def after(self, loss):
        assert not loss.requires_grad


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    training, evaluation = (kind(model, criterion, optimizer) for kind in Pass.kinds.values())

    def one(epoch):
        rate = optimizer.param_groups[0]["lr"]
        loss, accuracy = training(train_loader)
        validation_loss, validation_accuracy = evaluation(validation_loader)
        scheduler and scheduler.step()
        return dict(epoch=epoch, learning_rate=rate, train_loss=loss, train_accuracy=accuracy,
                    validation_loss=validation_loss, validation_accuracy=validation_accuracy)

    return [one(epoch) for epoch in range(1, epochs + 1)]


here = sys.modules[__name__]
setattr(here, "train_epoch", lambda model, loader, criterion, optimizer: Training(model, criterion, optimizer)(loader))
setattr(here, "evaluate", lambda model, loader, criterion: Evaluation(model, criterion)(loader))
