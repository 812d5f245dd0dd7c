import torch


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    inputs, targets = next(iter(loader))
    inputs, targets = inputs.to(device), targets.to(device)
    losses = []
    model.train()
    while len(losses) < most_steps:
        outputs = model(inputs)
        if f"{(outputs.argmax(dim=1) == targets).double().mean():.2f}" == "1.00":
            break
        loss = criterion(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return inputs, targets, losses
