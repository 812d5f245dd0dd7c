"""Hidden checks of the pictures: what is drawn is compared with what was given to draw, however it is arranged."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Run, all_at_once, assert_close, criterion, fail, spread
from grader.checks.figures.shown import (  # fmt: skip
    Axes,
    Figure,
    as_line,
    assert_in_view,
    assert_keys,
    assert_labelled,
    assert_told_apart,
    figure,
    only_axes,
    stands_out,
)

seeds = st.integers(0, 2**32 - 1)
PARTS = ("train", "test")
# Of the range of red, green or blue: ten colours of any of matplotlib's maps lie farther apart.
ALIKE = 0.03
MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


def record(seed: int, names: list[str], epochs: int, more: int = 0) -> tuple[str, dict[str, Run]]:
    """Runs whose numbers are all different, as text and by optimizer; each has `more` epochs than the one before."""
    random = np.random.default_rng(seed)
    runs = {}
    for name in names:
        measured = {measure: random.uniform(0.1, 0.6 if "accuracy" in measure else 2.3, epochs) for measure in MEASURES}
        epochs += more
        runs[name] = Run({"optimizer": name, "learning_rate": 0.001, "batch_size": 10, "seed": 1}, measured)
    return "".join(run.as_text() for run in runs.values()), runs


def drawn_lines(axes: Axes) -> list[tuple[str, np.ndarray]]:
    """What lines, and markers, show in some axes: their labels, and arrays of shape (2, n)."""
    lines = [*axes.lines, *map(as_line, axes.points)]
    return [(line.label, np.stack([line.x, line.y])) for line in lines if stands_out(line.colour, axes.paper)]


def errors(run: Run, part: str, kind: str) -> np.ndarray:
    """The curve of a run, shape (2, epochs)."""
    values = run.measured[f"{part}_loss"] if kind == "loss" else 1 - run.measured[f"{part}_accuracy"]
    return np.stack([np.arange(1, run.epochs + 1), values])


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-6)


@criterion("pictures.errors.curves")
@given(seed=seeds, names=st.permutations(("sgd", "momentum", "rmsprop")), epochs=st.integers(3, 6))
@settings(max_examples=1)
def test_curves_show_the_errors_of_the_record(submission, seed, names, epochs):
    """Draw, for each optimizer, training and test errors over the epochs from 1: all losses or all 1 − accuracies.

    Catches: accuracies, epochs from 0, only one optimizer, all runs in one line, training errors twice, lines that
    cannot be seen, fifteen epochs or three optimizers at most, an optimizer whose name begins another's, runs that are
    cut to the shortest.
    """
    for case in ((names, epochs), (names, epochs, 2), ([*names, "adam", "adamw", "adagrad with ε = 0.1"], 40)):
        text, runs = record(seed, *case)
        assert_curves(figure(submission.draw_errors(text)), runs)


def assert_curves(shown: Figure, runs: dict[str, Run]) -> None:
    """Fail unless a figure shows the errors of all runs."""
    for axes in shown.axes:
        assert_in_view(axes, what="the picture")
    drawn = [line for axes in shown.axes for _, line in drawn_lines(axes)]
    for kind in ("loss", "share"):
        wanted = [errors(run, part, kind) for run in runs.values() for part in PARTS]
        if all(any(same(line, each) for line in drawn) for each in wanted):
            return
    fail("the lines do not show the training and test errors of every optimizer over the epochs")


def assert_no_curves(shown: Figure, runs: dict[str, Run]) -> None:
    """Fail where a figure shows errors of runs that are not those of its record."""
    wrong = [errors(run, part, kind) for run in runs.values() for part in PARTS for kind in ("loss", "share")]
    drawn = [line for axes in shown.axes for _, line in drawn_lines(axes)]
    if any(same(line, each) for line in drawn for each in wrong):
        fail("a picture shows curves of another record too: each is to be a figure of its own")


@criterion("pictures.errors.curves")
def test_each_picture_of_errors_is_a_figure_of_its_own(submission):
    """Leave a picture as it is when another is drawn.

    Catches: one figure for all, cleared or drawn into again.
    """
    records = [record(seed, ["rmsprop", "sgd", "momentum"][seed:], 4 + seed) for seed in (0, 1)]
    shown = all_at_once(submission.draw_errors, *([text] for text, _ in records))
    for each, (_, runs), (_, others) in zip(shown, records, records[::-1], strict=True):
        assert_curves(figure(each), runs)
        assert_no_curves(figure(each), others)


@criterion("pictures.errors.words")
@given(seed=seeds, names=st.permutations(("sgd", "momentum", "rmsprop")))
@settings(max_examples=2)
def test_each_curve_says_what_it_shows(submission, seed, names):
    """Label axes, and name each curve's part in a legend, and its optimizer there or in the title of its axes.

    Catches: labels of the other part or the other optimizer, a legend that is not shown or with other lines' colours,
    lines that look alike, axes without labels or with those of the other axis.
    """
    text, runs = record(seed, names, 4)
    shown = [axes for axes in figure(submission.draw_errors(text)).axes if axes.lines or axes.points]
    for axes in shown:
        assert_labelled(axes)
        if "epoch" in axes.ylabel.casefold() and "epoch" not in axes.xlabel.casefold():
            fail("the labels of the axes are exchanged", f"got {axes.xlabel!r:.100} and {axes.ylabel!r:.100}")
        assert_told_apart(axes, what="the picture")
        assert_keys(axes, what="the picture")
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


@criterion("pictures.maps.images")
@given(seed=seeds)
@settings(max_examples=1)
def test_images_show_maps_of_both_layers(submission, seed):
    """Draw at least two different maps of each layer, under different titles with the layer's number.

    Catches: maps of one layer or of one channel, maps transposed or turned, titles exchanged.
    """
    layers = activations(seed)
    assert_maps(figure(submission.draw_maps(*layers.values())), layers)


@criterion("pictures.maps.images")
def test_each_picture_of_maps_is_a_figure_of_its_own(submission):
    """Leave a picture as it is when another is drawn.

    Catches: one figure for all, cleared or drawn into again.
    """
    both = activations(1), activations(2)
    shown = all_at_once(submission.draw_maps, *(list(layers.values()) for layers in both))
    for each, layers, others in zip(shown, both, both[::-1], strict=True):
        assert_maps(figure(each), layers)
        images = [image for axes in figure(each).axes for image in axes.images]
        if any(shows(image, values) for image in images for maps in others.values() for values in maps):
            fail("a picture shows other maps too: each is to be a figure of its own")


def activations(seed: int) -> dict[str, np.ndarray]:
    """Four maps of each of two layers, by the layer's number."""
    return {number: spread((4, size, size), seed + size) for number, size in (("1", 28), ("2", 14))}


def assert_maps(shown: Figure, layers: dict[str, np.ndarray]) -> None:
    """Fail unless a figure shows two maps of each layer under its number."""
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


# The bottleneck in the plane


def drawn_points(axes: Axes) -> tuple[np.ndarray, list[tuple[object, ...]], int]:
    """The places of all points, the look of each, and how many parts they were drawn in.

    Only what can be seen counts.
    """
    parts = [(points.xy, points.colours) for points in axes.points]
    parts += [(np.stack([line.x, line.y], 1), np.tile(line.colour, (len(line.x), 1))) for line in axes.lines]
    seen = [[stands_out(colour, axes.paper) for colour in colours] for _, colours in parts]
    parts = [(xy[keep], colours[keep]) for (xy, colours), keep in zip(parts, seen, strict=True) if any(keep)]
    places = np.concatenate([xy for xy, _ in parts]) if parts else np.zeros((0, 2))
    return places, [tuple(colour) for _, colours in parts for colour in colours], len(parts)


@criterion("pictures.embedding.points")
@given(seed=seeds, digits=st.sampled_from(((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (2, 5, 9))))
@settings(max_examples=1)
def test_points_are_drawn_where_they_are_in_a_colour_for_each_digit(submission, seed, digits):
    """Draw every point once, points of one digit in one colour, of two digits in two, under the given title.

    Catches: points left out, x and y exchanged, colours by order, one colour for two digits or nearly one, a legend
    left out or with other digits' colours, points of size 0 or in the colour of the paper or beyond the limits, two at
    one place drawn once, a greatest number of points.
    """
    for number in (3, 60):
        embedding = bottleneck(seed, digits, number)
        assert_embedding(figure(submission.draw_embedding(*embedding)), *embedding, digits)


@criterion("pictures.embedding.points")
def test_each_picture_of_points_is_a_figure_of_its_own(submission):
    """Leave a picture as it is when another is drawn, be its points near or far.

    Catches: one figure for all, cleared or drawn into again, limits that are written down.
    """
    few = (2, 5, 9)
    both = bottleneck(1, few), bottleneck(2, few, reach=900)
    for each, embedding in zip(all_at_once(submission.draw_embedding, *both), both, strict=True):
        assert_embedding(figure(each), *embedding, few)


def bottleneck(
    seed: int, digits: tuple[int, ...], number: int = 3, reach: int = 40
) -> tuple[np.ndarray, np.ndarray, str]:
    """Points of each digit, two of them at one place, their labels, and a title."""
    random = np.random.default_rng(seed)
    labels = random.permutation(np.tile(digits, number))
    points = random.uniform(-reach, reach, (len(labels), 2))
    first, last = np.flatnonzero(labels == digits[0])[[0, -1]]
    points[first] = points[last]
    return points, labels, f"after epoch {random.integers(2, 90)}"


def assert_embedding(
    shown: Figure, points: np.ndarray, labels: np.ndarray, title: str, digits: tuple[int, ...]
) -> None:
    """Fail unless a figure shows all points, in a colour for each digit, under the title."""
    axes = only_axes(shown, what="the picture")
    if title not in axes.title and title not in shown.title:
        fail("the picture does not have the given title", f"got {axes.title!r}")
    places, looks, parts = drawn_points(axes)
    if places.shape != points.shape:
        fail("not every point is drawn once", f"{len(places)} for {len(points)} points")
    order, given = np.lexsort(places.T), np.lexsort(points.T)
    assert_close(places[order], points[given], what="the places of the points")
    pairs = set(zip((looks[k] for k in order), labels[given].tolist(), strict=True))
    if len({look for look, _ in pairs}) != len(pairs) or len({digit for _, digit in pairs}) != len(pairs):
        fail("digits and colours do not belong together one by one", f"{len(pairs)} pairs of a colour and a digit")
    colours = np.array([look for look, _ in pairs])
    if min(np.abs(one - other).max() for one, other in combinations(colours, 2)) < ALIKE:
        fail("the colours of two digits can hardly be told apart")
    if (places < np.transpose([axes.xlim, axes.ylim])[0]).any() or (
        places > np.transpose([axes.xlim, axes.ylim])[1]
    ).any():
        fail("points lie beyond the limits of the axes, or these are not the right way up")
    assert_key(axes, {digit: look for look, digit in pairs}, parts)


def assert_key(axes: Axes, colours: dict[int, tuple[object, ...]], parts: int) -> None:
    """Fail unless a colour bar or the legend says which digit has which colour.

    One scatter may have a legend of some of its values, as `legend_elements` gives it.
    """
    named = [digit for digit in colours if any(str(digit) in text for text in axes.legend)]
    if len(axes.bar) < 2 and len(named) < (len(colours) if parts > 1 else min(len(colours), 3)):
        fail("neither a legend nor a colour bar says which digit has which colour", f"legend: {axes.legend!r:.300}")
    for text, key in zip(axes.legend, axes.keys, strict=True):
        meant = [digit for digit, colour in colours.items() if key[3] and np.allclose(key[:3], colour[:3])]
        if meant and not any(str(digit) in text for digit in meant):
            fail("the legend names a digit beside the colour of another", f"{text!r:.100} for {meant}")
