"""Columns that become rows in the end, measures as tensors, and the loops written out."""

import torch


def fit(model, train_loader, validation_loader, criterion, optimizer, epochs, scheduler=None):
    columns = {k: [] for k in ("epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy")}
    for epoch in range(epochs):
        columns["epoch"].append(epoch + 1)
        columns["learning_rate"].append(scheduler.get_last_lr()[0] if scheduler else optimizer.param_groups[0]["lr"])
        for phase, loader in (("train", train_loader), ("validation", validation_loader)):
            model.train(phase == "train")
            loss_sum = hits = n = 0
            with torch.set_grad_enabled(phase == "train"):
                for x, y in loader:
                    scores = model(x)
                    loss = criterion(scores, y)
                    if phase == "train":
                        optimizer.zero_grad()
                        loss.backward()
                        optimizer.step()
                    loss_sum = loss_sum + loss.detach() * len(x)
                    hits = hits + (scores.argmax(1) == y).sum()
                    n += len(x)
            columns[f"{phase}_loss"].append(loss_sum / n)
            columns[f"{phase}_accuracy"].append(hits.double() / n)
        if scheduler:
            scheduler.step()
    return [dict(zip(columns, row)) for row in zip(*columns.values())]
