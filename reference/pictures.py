"""Pictures of a trained network: its errors epoch by epoch, its activation maps, its bottleneck in the plane.

Functions that draw return a `matplotlib.figure.Figure` of their own and show nothing. Sizes, colours and arrangement
are up to you; what each picture must hold is said below, and a person looks at how clearly it says it.

`parameters` are those of the network of 28×28 images, a dict of arrays: w1 (4, 1, 5, 5), b1 (4,), w2 (4, 4, 5, 5),
b2 (4,), w3 (49, 196), b3 (49,), w4 (10, 49), b4 (10,). `layers` is a dict of the functions of the module ``layers``
under their names: build on these, as ``layers["conv_forward"](x, w, b)``, and no mistake in a layer counts here.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

Arrays = dict[str, np.ndarray]
Layers = Mapping[str, Callable[..., Any]]


def draw_errors(record: str) -> Figure:
    """Return a picture of the training and the test errors after each epoch, for each optimizer of a record.

    `record` is text in JSON lines, as `training_run` returns it, with one run for each of its optimizers. "Error" is
    either the loss or 1 − accuracy, as you like, the same in all of the picture.

    For each optimizer two lines, epochs from 1 against errors: one whose label in a legend says "train…", one whose
    label says "test…". The optimizer's name is in the labels too, or in the title of the lines' own axes. All axes
    are labelled, x and y.
    """
    lines = [json.loads(line) for line in record.splitlines()]
    optimizers = list(dict.fromkeys(line["optimizer"] for line in lines))
    figure = Figure(layout="constrained")
    for axes, optimizer in zip(np.ravel(figure.subplots(ncols=len(optimizers))), optimizers, strict=True):
        run = [line for line in lines if line["optimizer"] == optimizer]
        for part, word in (("train", "training error"), ("test", "test error")):
            axes.plot([line["epoch"] for line in run], [line[f"{part}_loss"] for line in run], label=word)
        axes.set(title=optimizer, xlabel="epoch", ylabel="cross-entropy")
        axes.legend()
    return figure


def activation_maps(parameters: Arrays, image: np.ndarray, layers: Layers) -> tuple[np.ndarray, np.ndarray]:
    """Return the activation maps of both convolution layers for an image of shape (28, 28).

    A pair of arrays of shapes (4, 28, 28) and (4, 14, 14): what comes out of each convolution, either before its ReLU
    or after it, but not pooled.
    """
    p = parameters
    first = layers["relu_forward"](layers["conv_forward"](image[None, None], p["w1"], p["b1"]))
    second = layers["relu_forward"](layers["conv_forward"](layers["pool_forward"](first), p["w2"], p["b2"]))
    return first[0], second[0]


def draw_maps(first: np.ndarray, second: np.ndarray) -> Figure:
    """Return a picture of activation maps, of shapes (4, 28, 28) and (4, 14, 14): at least two of each layer.

    Each map is an image of its own, drawn by `imshow` in one colour scale, in axes of their own. Their title holds the
    layer's number, 1 or 2, and differs from all others. Values may be scaled and shifted to make them visible.
    """
    figure = Figure(layout="constrained")
    rows = figure.subplots(2, 4)
    for layer, maps, row in zip("12", (first, second), rows, strict=True):
        for index, (values, axes) in enumerate(zip(maps, row, strict=True)):
            axes.imshow(values, cmap="gray")
            axes.set(title=f"layer {layer}, map {index}", xticks=[], yticks=[])
    return figure


def bottleneck(parameters: Arrays, x: np.ndarray, layers: Layers) -> np.ndarray:
    """Return the network's bottleneck features for images `x` of shape (N, 1, 28, 28).

    Either the 49 of the hidden linear layer, shape (N, 49), before its ReLU or after it; or the 196 that enter it,
    shape (N, 196).
    """
    p = parameters
    for number in "12":
        x = layers["conv_forward"](x, p[f"w{number}"], p[f"b{number}"])
        x = layers["pool_forward"](layers["relu_forward"](x))
    hidden = layers["linear_forward"](layers["flatten_forward"](x), p["w3"], p["b3"])
    return np.asarray(layers["relu_forward"](hidden))


def embed(features: np.ndarray, seed: int) -> np.ndarray:
    """Return the features of N samples, shape (N, D), as points in the plane, shape (N, 2), by t-SNE.

    Use scikit-learn's `TSNE`. The same `seed` gives the same points. What is near in the plane must be near among
    the features; how that is weighed against the opposite is up to you. N is from 60 to 100.
    """
    from sklearn.manifold import TSNE

    return np.asarray(TSNE(random_state=seed).fit_transform(features))


def draw_embedding(points: np.ndarray, labels: np.ndarray, title: str) -> Figure:
    """Return a picture of points in the plane, shape (N, 2), that tells the digits that they belong to.

    `labels` has shape (N,), whole numbers from 0 to 9. The points of each digit have a colour of their own, and a
    legend or a colour bar says which. The axes have the given title, such as "after epoch 1".
    """
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    for digit in np.unique(labels):
        axes.scatter(*points[labels == digit].T, label=str(digit), color=f"C{digit}")
    axes.legend(title="digit")
    axes.set(title=title, xticks=[], yticks=[])
    return figure
