"""The scheduler is given the validation loss, which it takes for the number of an epoch: call step() without it.

Loses: training.loop.scheduler
"""

def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    history = []
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        train_loss, train_accuracy = train_epoch(model, train_loader, criterion, optimizer)
        validation_loss, validation_accuracy = evaluate(model, validation_loader, criterion)
        if scheduler is not None:
            scheduler.step(validation_loss)
        history.append({
            "epoch": epoch, "learning_rate": rate, "train_loss": train_loss, "train_accuracy": train_accuracy,
            "validation_loss": validation_loss, "validation_accuracy": validation_accuracy,
        })
    return history
