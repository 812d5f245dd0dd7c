"""The validation samples are measured before the epoch: measure with what it ended with.

Loses: training.loop.history
"""

def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        validation_loss, validation_accuracy = evaluate(model, validation_loader, criterion)
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        if scheduler is not None:
            scheduler.step()
        history.append({
            "epoch": epoch, "learning_rate": rate, "train_loss": train_loss, "train_accuracy": train_accuracy,
            "validation_loss": validation_loss, "validation_accuracy": validation_accuracy,
        })
    return history
