"""Training stops as soon as nine of ten are right: all of the batch must be.

Loses: overfit.batch.outcome
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs)
        if bool((outputs.argmax(dim=1) == targets).double().mean() > 0.8):
            break
        optimizer.zero_grad()
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
