"""Each step takes another batch: overfitting is to be seen on one and the same.

Loses: overfit.batch.outcome, overfit.batch.same, overfit.batch.bounded
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    first, losses = next(iter(loader)), []
    while len(losses) < most_steps:
        for inputs, targets in loader:
            inputs, targets = (each.to(next(model.parameters()).device) for each in (inputs, targets))
            outputs = model(inputs)
            loss = criterion(outputs, targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return (*first, losses[:most_steps])
