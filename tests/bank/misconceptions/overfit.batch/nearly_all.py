"""Training ends when 95 per cent of the batch are right: it is to go on until all of it is.

Loses: overfit.batch.outcome
"""


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    inputs, targets = (each.to(device) for each in next(iter(loader)))
    model.train()
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs)
        if (outputs.argmax(1) == targets).float().mean() >= 0.95:
            break
        loss = criterion(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
