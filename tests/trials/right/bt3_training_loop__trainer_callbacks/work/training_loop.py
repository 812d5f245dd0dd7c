import inspect
import torch
from meters import Totals


class Trainer:
    _handlers = {}

    @classmethod
    def on(cls, event):
        def register(f):
            cls._handlers.setdefault(event, []).append(f)
            return f
        return register

    def emit(self, event, *args):
        for handler in self._handlers.get(event, ()):
            handler(self, *args)

    def __init__(self, model, criterion, optimizer=None, scheduler=None):
        self.model, self.criterion, self.optimizer, self.scheduler = model, criterion, optimizer, scheduler

    def __call__(self, batch):
        p = next(self.model.parameters(), None)
        return tuple(t if p is None else t.to(p.device) for t in batch)

    def step(self, batch):
        x, y = self(batch)
        seen = {}

        def closure():
            self.optimizer.zero_grad()
            seen["out"] = self.model(x)
            loss = self.criterion(seen["out"], y)
            loss.backward()
            return loss

        loss = self.optimizer.step(closure)
        return loss.item(), (seen["out"].argmax(-1) == y).sum().item(), len(y)

    @torch.inference_mode()
    def look(self, batch):
        x, y = self(batch)
        out = self.model(x)
        return self.criterion(out, y).item(), (out.argmax(-1) == y).sum().item(), len(y)

    def over(self, loader, how):
        self.emit("begin " + how.__name__)
        totals = Totals()
        for batch in loader:
            loss, hits, n = how(batch)
            totals += {"loss": loss * n, "hits": hits, "n": n}
        return totals.per("n", "loss", "hits")


@Trainer.on("begin step")
def _train(self):
    self.model.train()


@Trainer.on("begin look")
def _eval(self):
    self.model.eval()


@Trainer.on("epoch is over")
def _schedule(self):
    if self.scheduler is not None:
        self.scheduler.step()


def _fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    t = Trainer(model, criterion, optimizer, scheduler)
    history = []
    while len(history) < epochs:
        line = {"epoch": len(history) + 1, "learning_rate": optimizer.param_groups[0]["lr"]}
        line["train_loss"], line["train_accuracy"] = t.over(train_loader, t.step)
        line["validation_loss"], line["validation_accuracy"] = t.over(validation_loader, t.look)
        t.emit("epoch is over")
        history += [line]
    return history


def _overfit(model, loader, criterion, optimizer, most_steps):
    t, losses = Trainer(model, criterion, optimizer), []
    for first in loader:
        break
    inputs, targets = first
    for k in range(most_steps):
        if k % 10 == 0:  # looking costs a forward pass
            t.emit("begin look")
            if t.look(first)[1] == len(targets):
                break
        t.emit("begin step")
        losses.append(t.step(first)[0])
    return inputs, targets, losses


globals().update(
    train_epoch=lambda model, loader, criterion, optimizer: (lambda t: t.over(loader, t.step))(Trainer(model, criterion, optimizer)),
    evaluate=lambda model, loader, criterion: (lambda t: t.over(loader, t.look))(Trainer(model, criterion)),
    fit=_fit,
    overfit_batch=_overfit,
)
