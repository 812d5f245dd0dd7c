"""Sums as tensors, divided by the length of the loader's dataset; gradients set to zero after the step."""

def train_epoch(model, loader, criterion, optimizer):
    device = next(model.parameters()).device
    model.train()
    running_loss = 0
    correct = 0
    for i, (X, y) in enumerate(loader):
        X = X.to(device, non_blocking=True)
        y = y.to(device)
        pred = model(X)
        loss = criterion(pred, y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        running_loss += loss.detach() * X.size(0)
        correct += (pred.argmax(1) == y).type(torch.float64).sum()
    return running_loss / len(loader.dataset), correct / len(loader.dataset)
