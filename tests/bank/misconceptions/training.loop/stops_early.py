"""Training ends before the last epoch because the validation loss did not fall: all epochs are asked for.

Loses: training.loop.history
"""

def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history, best, waited = [], float("inf"), 0
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        validation_loss, validation_accuracy = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append({
            "epoch": epoch, "learning_rate": rate, "train_loss": train_loss, "train_accuracy": train_accuracy,
            "validation_loss": validation_loss, "validation_accuracy": validation_accuracy,
        })
        waited = 0 if validation_loss < best else waited + 1
        best = min(best, validation_loss)
        if waited >= 5:
            break
    return history
