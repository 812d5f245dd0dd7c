"""Hidden checks of the pictures of errors and activation maps: random records, dense random networks.

Layers are the check's own; what is drawn is compared with what was given to draw, however it is arranged.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Run, assert_close, criterion, fail, numbers, spread
from grader.checks.figures import Axes, assert_labelled, figure

seeds = st.integers(0, 2**32 - 1)
PARTS = ("train", "test")
MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


def record(seed: int, names: list[str], epochs: int) -> tuple[str, dict[str, Run]]:
    """Runs whose numbers are all different, as text and by optimizer."""
    random = np.random.default_rng(seed)
    runs = {}
    for name in names:
        measured = {measure: random.uniform(0.1, 0.6 if "accuracy" in measure else 2.3, epochs) for measure in MEASURES}
        runs[name] = Run({"optimizer": name, "learning_rate": 0.001, "batch_size": 10, "seed": 1}, measured)
    return "".join(run.as_text() for run in runs.values()), runs


def drawn_lines(axes: Axes) -> list[tuple[str, np.ndarray]]:
    """What lines, and markers, show in some axes: their labels, and arrays of shape (2, n)."""
    lines = [(line.label, np.stack([line.x, line.y])) for line in axes.lines]
    return lines + [(points.label, points.xy.T) for points in axes.points]


def errors(run: Run, part: str, kind: str) -> np.ndarray:
    """The curve of a run, shape (2, epochs)."""
    values = run.measured[f"{part}_loss"] if kind == "loss" else 1 - run.measured[f"{part}_accuracy"]
    return np.stack([np.arange(1, run.epochs + 1), values])


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-6)


@criterion("pictures.errors.curves")
@given(seed=seeds, names=st.permutations(("sgd", "momentum", "rmsprop")), epochs=st.integers(3, 6))
@settings(max_examples=3)
def test_curves_show_the_errors_of_the_record(submission, seed, names, epochs):
    """Draw, for each optimizer, training and test errors over the epochs from 1: all losses or all 1 − accuracies.

    Catches: accuracies, epochs from 0, only one optimizer, all runs in one line, training errors twice.
    """
    text, runs = record(seed, names, epochs)
    drawn = [line for axes in figure(submission.draw_errors(text)).axes for _, line in drawn_lines(axes)]
    for kind in ("loss", "share"):
        wanted = [errors(run, part, kind) for run in runs.values() for part in PARTS]
        if all(any(same(line, each) for line in drawn) for each in wanted):
            return
    fail("the lines do not show the training and test errors of every optimizer over the epochs")


@criterion("pictures.errors.words")
@given(seed=seeds, names=st.permutations(("sgd", "momentum", "rmsprop")))
@settings(max_examples=2)
def test_each_curve_says_what_it_shows(submission, seed, names):
    """Label axes, and name each curve's part in a legend, and its optimizer there or in the title of its axes.

    Catches: labels of the other part or the other optimizer, a legend that is not shown, axes without labels.
    """
    text, runs = record(seed, names, 4)
    shown = [axes for axes in figure(submission.draw_errors(text)).axes if axes.lines or axes.points]
    for axes in shown:
        assert_labelled(axes)
    for name in names:
        for part in PARTS:
            assert_named(shown, runs, name, part)


def assert_named(shown: list[Axes], runs: dict[str, Run], name: str, part: str) -> None:
    """Fail unless one line in a legend has these words, and does not show another curve."""
    named = [
        line
        for axes in shown
        for label, line in drawn_lines(axes)
        if part in label.lower() and name in f"{axes.title} {label}".lower() and any(label in t for t in axes.legend)
    ]
    if len(named) != 1:
        fail("a curve is not named in a legend, or two have the same words", f"{part} of {name}: {len(named)} curves")
    others = [
        (run, other) for other_name, run in runs.items() for other in PARTS if (other_name, other) != (name, part)
    ]
    if any(same(named[0], errors(run, other, kind)) for run, other in others for kind in ("loss", "share")):
        fail("a curve is named as another one")


# Activation maps


def conv_forward(x: object, w: object, b: object) -> np.ndarray:
    kernels = numbers(w, what="kernels")
    around = np.pad(numbers(x, what="x"), ((0, 0), (0, 0), (2, 2), (2, 2)))
    windows = np.lib.stride_tricks.sliding_window_view(around, kernels.shape[2:], axis=(2, 3))
    return np.tensordot(windows, kernels, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2) + np.reshape(b, (-1, 1, 1))


def pool_forward(x: object) -> np.ndarray:
    values = numbers(x, what="x")
    n, c, height, width = values.shape
    return values.reshape(n, c, height // 2, 2, width // 2, 2).max(axis=(3, 5))


LAYERS = {
    "conv_forward": conv_forward,
    "relu_forward": lambda x: np.maximum(x, 0),
    "pool_forward": pool_forward,
    "flatten_forward": lambda x: np.reshape(x, (len(x), -1)),
    "linear_forward": lambda x, w, b: np.asarray(x) @ np.transpose(w) + b,
}
SHAPES = {
    "w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
    "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,),
}  # fmt: skip


@criterion("pictures.maps.values")
@given(seed=seeds)
@settings(max_examples=3)
def test_maps_are_those_of_the_image(submission, seed):
    """Return what comes out of both convolutions, before or after ReLU.

    Catches: pooled maps, a missing bias, a second layer that sees what the first gave unpooled or before its ReLU.
    """
    p = {name: 0.3 * spread(shape, seed + k) for k, (name, shape) in enumerate(SHAPES.items())}
    image = spread((28, 28), seed + 20)
    first = conv_forward(image[None, None], p["w1"], p["b1"])
    second = conv_forward(pool_forward(np.maximum(first, 0)), p["w2"], p["b2"])
    got = submission.activation_maps(p, image, LAYERS)
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("activation_maps does not return a pair", f"got: {got!r:.300}")
    for number, maps, expected in zip((1, 2), got, (first[0], second[0]), strict=True):
        values = numbers(maps, what=f"the maps of layer {number}")
        before_relu = values.shape == expected.shape and values.min() < 0
        what = f"the maps of layer {number}"
        assert_close(values, expected if before_relu else np.maximum(expected, 0), what=what)


@criterion("pictures.maps.drawn")
@given(seed=seeds)
@settings(max_examples=2)
def test_images_show_maps_of_both_layers(submission, seed):
    """Draw at least two different maps of each layer, under different titles with the layer's number.

    Catches: maps of one layer or of one channel, maps transposed or turned, titles exchanged.
    """
    layers = {number: spread((4, size, size), seed + size) for number, size in (("1", 28), ("2", 14))}
    shown = figure(submission.draw_maps(*layers.values()))
    titles = [axes.title for axes in shown.axes if axes.images]
    if len(set(titles)) < len(titles):
        fail("two images have the same title, or none", f"titles: {titles}")
    for number, maps in layers.items():
        seen = {
            index
            for axes in shown.axes
            for image in axes.images
            for index, values in enumerate(maps)
            if shows(image, values) and number in axes.title
        }
        if len(seen) < 2:
            fail("fewer than two maps of a layer are drawn under its number", f"layer {number}: maps {sorted(seen)}")


def shows(image: np.ndarray, values: np.ndarray) -> bool:
    """Whether an image is a map, scaled or shifted as one likes; one of three equal channels is grey."""
    grey = image[..., 0] if image.ndim == 3 else image
    if grey.shape != values.shape or not np.isfinite(grey).all() or np.ptp(grey) == 0:
        return False
    return float(np.corrcoef(grey.ravel(), values.ravel())[0, 1]) > 0.999  # 256 shades of grey keep that much
