"""The samples of the batch are trained on one by one: the whole batch is one step.

Loses: overfit.batch.outcome, overfit.batch.same, overfit.batch.bounded
"""

def overfit_batch(model, loader, criterion, optimizer, most_steps):
    model.train()
    inputs, targets = (each.to(next(model.parameters()).device) for each in next(iter(loader)))
    losses = []
    while len(losses) < most_steps:
        for k in range(min(len(inputs), most_steps - len(losses))):
            loss = criterion(model(inputs[k : k + 1]), targets[k : k + 1])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return inputs, targets, losses
