"""The inputs are flipped anew at each step: train on the batch as it is.

Loses: overfit.batch.outcome, overfit.batch.same, overfit.batch.bounded
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs.flip(-1) + 0.05 if len(losses) % 2 else inputs)
        if bool((outputs.argmax(dim=1) == targets).all()):
            break
        optimizer.zero_grad()
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
