"""The means of the batches are averaged, so that the samples of a short last batch count more.

Loses: training.loop.means
"""

def train_epoch(model, loader, criterion, optimizer):
    model.train()
    losses, accuracies = [], []
    for inputs, targets in loader:
        inputs, targets = inputs.to("cpu"), targets.to("cpu")
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        accuracies.append((outputs.argmax(dim=1) == targets).double().mean().item())
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)
