"""The accuracy is looked at in evaluation mode after each step, with gradients that nobody uses."""


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    inputs, targets = (each.to(device) for each in next(iter(loader)))
    losses = []
    for _ in range(most_steps):
        model.train()
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        model.eval()
        if bool((model(inputs).argmax(1) == targets).all()):
            break
    return inputs, targets, losses
