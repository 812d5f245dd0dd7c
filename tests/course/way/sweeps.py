"""A student's three sweeps, written from the kit; run as a script it writes the logs."""

import json
from pathlib import Path

import torch
from lab.datasets import drawn_shapes
from lab.protocol import conditions, reproducible, seed_for
from torch import nn
from torch.nn import functional

EPOCHS = 3
GRIDS = {
    "sgd": [{"optimizer": "sgd", "learning_rate": rate} for rate in (0.01, 0.03, 0.1, 0.3, 1.0)],
    "adam": [{"optimizer": "adam", "learning_rate": rate} for rate in (1e-4, 1e-3, 3e-3, 1e-2, 1e-1)],
    "gamma": [
        {"optimizer": "adam", "learning_rate": 3e-3, "step_size": 2, "gamma": gamma}
        for gamma in (0.1, 0.3, 0.5, 0.7, 1)
    ],
}


def run_experiment(model, settings, train, validation):
    generator = torch.Generator().manual_seed(settings["seed"])
    kind = torch.optim.SGD if settings["optimizer"] == "sgd" else torch.optim.Adam
    optimizer = kind(model.parameters(), lr=settings["learning_rate"])
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, settings.get("step_size", 1), settings.get("gamma", 1.0))
    x, y = train
    text = ""
    for epoch in range(1, settings["epochs"] + 1):
        model.train()
        order = torch.randperm(len(x), generator=generator)
        for start in range(0, len(x), settings["batch_size"]):
            batch = order[start : start + settings["batch_size"]]
            optimizer.zero_grad()
            functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
        schedule.step()
        model.eval()
        row = {**settings, "epoch": epoch}
        with torch.no_grad():
            for name, (a, b) in {"train": train, "validation": validation}.items():
                scores = model(a)
                row[f"{name}_loss"] = functional.cross_entropy(scores, b).item()
                row[f"{name}_accuracy"] = (scores.argmax(1) == b).double().mean().item()
        text += json.dumps(row) + "\n"
    return text


def repeat_run(settings, epochs):
    with reproducible(settings["seed"]):
        parts = {}
        for part in ("train", "validation"):
            drawn = drawn_shapes(part, settings[f"{part}_size"])
            parts[part] = functional.avg_pool2d(drawn.images, 4), drawn.classes
        model = nn.Sequential(nn.Flatten(), nn.Linear(192, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 10))
        return run_experiment(model, {**settings, "epochs": epochs}, parts["train"], parts["validation"])


def sgd_log():
    return Path("sgd.jsonl").read_text()


def adam_log():
    return Path("adam.jsonl").read_text()


def gamma_log():
    return Path("gamma.jsonl").read_text()


if __name__ == "__main__":
    stated = {"batch_size": 32, "seed": seed_for("AI22MTECH14005"), "train_size": 250, "validation_size": 250}
    for name, grid in GRIDS.items():
        text = "".join(repeat_run({**one, **stated, **conditions()}, EPOCHS) for one in grid)
        Path(f"{name}.jsonl").write_text(text)
