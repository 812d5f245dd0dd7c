"""The learning rates of all groups of the optimizer are in a list: the first group's is asked for, as a number.

Loses: training.loop.scheduler
"""

def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"] if scheduler is None else scheduler.get_last_lr()
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        validation_loss, validation_accuracy = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step()
        history.append({
            "epoch": epoch, "learning_rate": rate, "train_loss": train_loss, "train_accuracy": train_accuracy,
            "validation_loss": validation_loss, "validation_accuracy": validation_accuracy,
        })
    return history
