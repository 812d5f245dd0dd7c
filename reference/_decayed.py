"""What runs of the sweep over weight decay are made of, apart from the questions about it."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from torchvision.datasets import MNIST
from weight_decay import decayed_step

Arrays = dict[str, np.ndarray]
Samples = tuple[np.ndarray, np.ndarray]
PARTS = ("train", "validation", "test")


def trained(settings: Mapping[str, Any], epochs: int) -> str:
    """Return the record of a network with one hidden layer, trained by its settings for so many epochs."""
    random, parts, lines = np.random.default_rng(settings["seed"]), _samples(settings), []
    x, classes = parts["train"]
    parameters = _initial(random, x.shape[1], settings["hidden"])
    for epoch in range(1, epochs + 1):
        order = random.permutation(len(x))
        for batch in np.split(order, range(settings["batch_size"], len(x), settings["batch_size"])):
            slopes = _gradient(parameters, x[batch], classes[batch])
            parameters = {
                name: decayed_step(p, slopes[name], settings["learning_rate"], settings["weight_decay"])
                for name, p in parameters.items()
            }
        measures = {name: m for part, samples in parts.items() for name, m in _measured(parameters, part, samples)}
        lines.append(json.dumps({**settings, "epoch": epoch, **measures}) + "\n")
    return "".join(lines)


def _samples(settings: Mapping[str, Any]) -> dict[str, Samples]:
    """Return the digits of each part, coarse and as numbers about 0, and their classes."""
    digits = MNIST("data", train=True)
    ends = np.cumsum([settings[f"{part}_size"] for part in PARTS])
    coarse = digits.data.numpy()[: ends[-1]].reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49) / 64 - 0.5
    classes = digits.targets.numpy()[: ends[-1]]
    return dict(zip(PARTS, zip(np.split(coarse, ends[:-1]), np.split(classes, ends[:-1]), strict=True), strict=True))


def _initial(random: np.random.Generator, inputs: int, hidden: int) -> Arrays:
    return {
        "w1": random.normal(0, np.sqrt(2 / inputs), (hidden, inputs)),
        "b1": np.zeros(hidden),
        "w2": random.normal(0, np.sqrt(1 / hidden), (10, hidden)),
        "b2": np.zeros(10),
    }


def _scores(p: Arrays, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden layer's outputs, and the logarithms of the probabilities."""
    hidden = np.maximum(x @ p["w1"].T + p["b1"], 0)
    scores = hidden @ p["w2"].T + p["b2"]
    return hidden, scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


def _gradient(p: Arrays, x: np.ndarray, classes: np.ndarray) -> Arrays:
    hidden, logarithms = _scores(p, x)
    off = (np.exp(logarithms) - np.eye(10)[classes]) / len(x)
    below = (off @ p["w2"]) * (hidden > 0)
    return {"w1": below.T @ x, "b1": below.sum(axis=0), "w2": off.T @ hidden, "b2": off.sum(axis=0)}


def _measured(p: Arrays, part: str, samples: Samples) -> list[tuple[str, float]]:
    x, classes = samples
    _, logarithms = _scores(p, x)
    loss = -float(np.mean(logarithms[np.arange(len(x)), classes]))
    return [(f"{part}_loss", loss), (f"{part}_accuracy", float(np.mean(logarithms.argmax(axis=1) == classes)))]
