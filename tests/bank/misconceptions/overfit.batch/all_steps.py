"""The accuracy is never looked at, so that all steps are taken that are allowed: end when all of the batch is right.

Loses: overfit.batch.outcome
"""


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    inputs, targets = (each.to(device) for each in next(iter(loader)))
    model.train()
    losses = []
    for _ in range(most_steps):
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
