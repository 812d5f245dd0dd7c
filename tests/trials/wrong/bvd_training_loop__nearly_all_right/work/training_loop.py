import torch


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    for inputs, targets in loader:
        break
    x, y = inputs.to(device), targets.to(device)
    losses, accuracy = [], 0.0
    while accuracy < 0.99 and len(losses) < most_steps:
        model.train()
        optimizer.zero_grad()
        outputs = model(x)
        loss = criterion(outputs, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        accuracy = (outputs.argmax(1) == y).float().mean().item()
    return inputs, targets, losses
