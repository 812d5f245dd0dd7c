"""Gradients of earlier steps add up: set them to zero before each backward().

Loses: overfit.batch.outcome, overfit.batch.bounded
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs)
        if bool((outputs.argmax(dim=1) == targets).all()):
            break
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
