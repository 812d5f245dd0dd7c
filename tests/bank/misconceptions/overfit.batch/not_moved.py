"""The batch stays on its device: move inputs and targets to where the model's parameters are.

Loses: overfit.batch.outcome
"""


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    inputs, targets = next(iter(loader))
    model.train()
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs)
        if (outputs.argmax(1) == targets).all():
            break
        loss = criterion(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
