"""Sums are divided by the length of the loader's dataset: a list of batches has none, and not all of it need come.

Loses: training.loop.means
"""


def train_epoch(model, loader, criterion, optimizer):
    device = next(model.parameters()).device
    model.train()
    running_loss = 0
    correct = 0
    for X, y in loader:
        X, y = X.to(device), y.to(device)
        pred = model(X)
        loss = criterion(pred, y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        running_loss += loss.item() * X.size(0)
        correct += (pred.argmax(1) == y).sum().item()
    return running_loss / len(loader.dataset), correct / len(loader.dataset)
