import itertools

import torch


class _Step:
    """Called again and again: takes a step and returns its loss, or None when all samples are right."""

    def __init__(self, model, criterion, optimizer, inputs, targets):
        self.__dict__.update(locals())

    def __call__(self):
        outputs = self.model(self.inputs.clone())
        if torch.equal(outputs.argmax(dim=1), self.targets.to(torch.int64)):
            return None
        loss = self.criterion(outputs, self.targets)
        self.optimizer.zero_grad(set_to_none=False)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    for batch in loader:
        inputs, targets = (part.to(device) for part in batch)
        break
    model.train()
    step = _Step(model, criterion, optimizer, inputs, targets)
    return inputs, targets, list(itertools.islice(iter(step, None), most_steps))
