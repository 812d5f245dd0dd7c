"""The first batch is taken from the loader anew at each step, which is another one each time where it shuffles.

Loses: overfit.batch.outcome, overfit.batch.same, overfit.batch.bounded
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    losses = []
    for _ in range(most_steps):
        inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
        outputs = model(inputs)
        if bool((outputs.argmax(dim=1) == targets).all()):
            break
        optimizer.zero_grad()
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
