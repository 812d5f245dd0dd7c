"""Everything is collected in lists; gradients are set to None by hand."""

def train_epoch(model, loader, criterion, optimizer):
    for module in model.modules():
        module.training = True
    losses, hits, sizes = [], [], []
    for inputs, targets in loader:
        device = [parameter.device for parameter in model.parameters()][0]
        inputs, targets = inputs.to(device=device), targets.to(device=device)
        for parameter in model.parameters():
            parameter.grad = None
        scores = model(inputs)
        loss = criterion(scores, targets)
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
        hits += (scores.max(dim=1)[1] == targets).tolist()
        sizes.append(targets.shape[0])
    return sum(l * n for l, n in zip(losses, sizes)) / sum(sizes), sum(hits) / len(hits)
