"""The steps are computed in evaluation mode: model.train() is missing.

Loses: overfit.batch.same
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.eval()
    inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
    losses = []
    for _ in range(most_steps):
        outputs = model(inputs)
        if bool((outputs.argmax(dim=1) == targets).all()):
            break
        optimizer.zero_grad()
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
