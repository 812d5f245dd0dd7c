"""`most_steps` is ignored: training goes on until all is right.

Loses: overfit.batch.bounded
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
    losses = []
    for _ in range(100000):
        outputs = model(inputs)
        if bool((outputs.argmax(dim=1) == targets).all()):
            break
        optimizer.zero_grad()
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
