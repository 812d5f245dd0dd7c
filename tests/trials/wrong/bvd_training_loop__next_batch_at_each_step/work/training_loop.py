import torch


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    losses = []
    model.train()
    for _ in range(most_steps):
        inputs, targets = next(iter(loader))
        x, y = inputs.to(device), targets.to(device)
        outputs = model(x)
        if (outputs.argmax(1) == y).all():
            break
        loss = criterion(outputs, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
