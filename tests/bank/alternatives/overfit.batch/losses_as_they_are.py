"""The losses are kept as the tensors that they are, gradients and all."""


def overfit_batch(model, loader, criterion, optimizer, most_steps):
    device = next(model.parameters()).device
    model.train()
    inputs, targets = (each.to(device) for each in next(iter(loader)))
    losses = []
    while len(losses) < most_steps:
        scores = model(inputs)
        if (scores.argmax(1) == targets).all():
            break
        losses.append(criterion(scores, targets))
        optimizer.zero_grad()
        losses[-1].backward()
        optimizer.step()
    return inputs, targets, losses
