"""Public checks of the pictures: a record of two runs, toy maps, and a few points in the plane."""

import numpy as np

from grader.checks import Run, criterion, fail, spread
from grader.checks.figures.shown import assert_labelled, figure, plots

EPOCHS = np.arange(1, 5)
LOSSES = {("sgd", "train"): 2.3, ("sgd", "test"): 2.2, ("momentum", "train"): 1.6, ("momentum", "test"): 1.8}


def a_record() -> str:
    """Two runs of four epochs; losses fall from the numbers above, and are ten times the shares of wrong answers."""
    text = ""
    for name in ("sgd", "momentum"):
        train, test = (LOSSES[name, part] / EPOCHS for part in ("train", "test"))
        measured = {"train_loss": train, "train_accuracy": 1 - train / 10}
        measured |= {"test_loss": test, "test_accuracy": 1 - test / 10}
        text += Run({"optimizer": name, "learning_rate": 0.001, "batch_size": 10, "seed": 1}, measured).as_text()
    return text


@criterion("pictures.errors.curves")
def test_there_are_two_curves_for_each_optimizer(submission):
    """Draw the training and the test errors of sgd and of momentum over epochs 1 to 4: losses, or 1 − accuracies.

    Catches: accuracies, epochs from 0, curves left out.
    """
    shown = figure(submission.draw_errors(a_record()))
    drawn = [one for axes in shown.axes for one in axes.lines]
    for (name, part), first in LOSSES.items():
        wanted = [np.stack([EPOCHS, scale * first / EPOCHS]) for scale in (1, 0.1)]
        if not any(one.x.shape == (4,) and np.allclose([one.x, one.y], each) for one in drawn for each in wanted):
            lines = "\n".join(f"{one.label!r}: {one.x.tolist()[:6]}, {one.y.tolist()[:6]}" for one in drawn[:8])
            fail(f"no line shows the {part} errors of {name}", f"lines drawn:\n{lines or 'none'}")


@criterion("pictures.errors.words")
def test_axes_and_curves_are_named(submission):
    """Label both axes, and name each curve in a legend: "train…" or "test…", and its optimizer there or in the title.

    Catches: no legend, no labels, curves that cannot be told apart.
    """
    shown = figure(submission.draw_errors(a_record()))
    with_lines = [axes for axes in shown.axes if axes.lines]
    for axes, what in plots(with_lines):
        assert_labelled(axes, what=what)
    named = [
        f"{axes.title} {one.label}".lower()
        for axes in with_lines
        for one in axes.lines
        if any(one.label and one.label in text for text in axes.legend)
    ]
    for name, part in LOSSES:
        if not any(name in words and part in words for words in named):
            fail(f"nothing in a legend says that it is the {part} error of {name}", f"in legends: {named}")


@criterion("pictures.maps.images")
def test_maps_of_both_layers_are_images(submission):
    """Draw at least two of four images of 28×28 and two of four of 14×14, under titles that say the layer's number.

    Catches: maps of one layer, all maps in one image, images without titles.
    """
    first, second = spread((4, 28, 28), 1), spread((4, 14, 14), 2)
    shown = figure(submission.draw_maps(first, second))
    for number, maps in (("1", first), ("2", second)):
        titles = [
            axes.title
            for axes in shown.axes
            for image in axes.images
            if number in axes.title and image.shape[:2] == maps.shape[1:]
        ]
        if len(set(titles)) < 2:
            found = [(axes.title, [image.shape for image in axes.images]) for axes in shown.axes]
            fail(f"fewer than two titled images show maps of layer {number}", f"titles and images: {found}")


@criterion("pictures.embedding.points")
def test_five_points_are_coloured_by_digit(submission):
    """Draw five points of the digits 3, 7 and 9 in three colours, with a title.

    Catches: one colour for all, colours by order, no legend, no title.
    """
    points = np.array([[0.0, 1.0], [1.0, 5.0], [2.0, 2.0], [3.0, 4.0], [4.0, 0.0]])
    shown = figure(submission.draw_embedding(points, np.array([3, 7, 3, 9, 7]), "after epoch 1"))
    drawn = [xy for axes in shown.axes for each in axes.points for xy in each.xy.tolist()]
    drawn += [[x, y] for axes in shown.axes for one in axes.lines for x, y in zip(one.x, one.y, strict=True)]
    if sorted(drawn) != sorted(points.tolist()):
        fail("the points that are drawn are not those given", f"got: {drawn[:10]}")
    if not any("after epoch 1" in title for title in (shown.title, *(axes.title for axes in shown.axes))):
        fail("the picture does not have the given title", f"got {[axes.title for axes in shown.axes]}")
