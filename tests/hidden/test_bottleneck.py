"""Hidden checks of the bottleneck: its features, how they are put into the plane, and what is drawn of that.

An embedding is judged by its trustworthiness and never by its coordinates. Its features are twelve small groups whose
centres are all equally far from each other: no plane holds that, so that projections mix groups up, and t-SNE does not.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, numbers, spread
from grader.checks.figures import Axes, figure, only_axes

seeds = st.integers(0, 2**32 - 1)
GROUPS, MEMBERS = 12, 5
# t-SNE of such groups reaches 0.99 and more with any perplexity; the two principal components 0.80 to 0.88.
LEAST = 0.95

SHAPES = {
    "w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
    "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,),
}  # fmt: skip


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


@criterion("pictures.bottleneck.features")
@given(seed=seeds, n=st.integers(1, 3))
@settings(max_examples=3)
def test_features_are_those_of_the_bottleneck(submission, seed, n):
    """Return the hidden layer before or after ReLU, or what enters it.

    Catches: logits, pixels, the layers before the last pooling, a ReLU or a bias left out.
    """
    p = {name: 0.3 * spread(shape, seed + k) for k, (name, shape) in enumerate(SHAPES.items())}
    x = spread((n, 1, 28, 28), seed + 20)
    entering = x
    for number in "12":
        entering = pool_forward(np.maximum(conv_forward(entering, p[f"w{number}"], p[f"b{number}"]), 0))
    entering = entering.reshape(n, 196)
    hidden = entering @ p["w3"].T + p["b3"]
    got = numbers(submission.bottleneck(p, x, LAYERS), what="the features")
    before_relu = got.shape == hidden.shape and got.min() < 0
    wide = got.shape == entering.shape
    assert_close(got, entering if wide else hidden if before_relu else np.maximum(hidden, 0), what="the features")


def in_groups(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Features of shape (60, 49), in random order, and the groups that they belong to."""
    random = np.random.default_rng(seed)
    groups = random.permutation(np.repeat(np.arange(GROUPS), MEMBERS))
    turned = np.linalg.qr(random.normal(size=(49, 49)))[0]
    return (6 * np.eye(49)[groups] + random.normal(0, 0.5, (len(groups), 49))) @ turned, groups


def trustworthiness(features: np.ndarray, points: np.ndarray, neighbours: int) -> float:
    """How far the nearest points are near among the features too: from 0 to 1 (Venna and Kaski 2001)."""
    n = len(features)
    far, near = (np.linalg.norm(each[:, None] - each, axis=2) for each in (features, points))
    np.fill_diagonal(near, np.inf)
    np.fill_diagonal(far, -1)  # a sample is nearest to itself, with rank 0
    ranks = far.argsort(axis=1).argsort(axis=1)
    found = np.take_along_axis(ranks, near.argsort(axis=1)[:, :neighbours], axis=1)
    penalty = np.maximum(found - neighbours, 0).sum()
    return float(1 - 2 * penalty / (n * neighbours * (2 * n - 3 * neighbours - 1)))


@criterion("pictures.bottleneck.embedding")
@given(seed=st.integers(0, 10**6))
@settings(max_examples=1)
def test_neighbours_in_the_plane_are_neighbours_among_the_features(submission, seed):
    """Return points whose nearest are of the same small group, the same points for the same seed.

    Catches: a projection, points of another order, columns of the features, random points, a seed left out.
    """
    features, _ = in_groups(seed)
    points, again = (numbers(submission.embed(features, seed), what="the points") for _ in range(2))
    if points.shape != (len(features), 2) or not np.isfinite(points).all():
        fail("the points do not have the shape (N, 2), or are not finite", f"got shape {points.shape}")
    if np.unique(points, axis=0).shape != points.shape:
        fail("many samples are put at the same point")
    reached = trustworthiness(features, points.astype(float), MEMBERS - 1)
    if reached < LEAST:
        fail("what is near in the plane is not near among the features", f"trustworthiness {reached:.3f} of {LEAST}")
    assert_close(again, points, what="the points for the same seed")


def drawn_points(axes: Axes) -> tuple[np.ndarray, list[tuple[object, ...]], int]:
    """The places of all points, the look of each, and how many parts they were drawn in.

    Markers that were drawn as lines look like their line, whose colour is not told.
    """
    parts = [(points.xy, [tuple(colour) for colour in points.colours]) for points in axes.points]
    parts += [(np.stack([line.x, line.y], 1), [(k,)] * len(line.x)) for k, line in enumerate(axes.lines)]
    parts = [part for part in parts if len(part[0])]
    places = np.concatenate([xy for xy, _ in parts]) if parts else np.zeros((0, 2))
    return places, [look for _, looks in parts for look in looks], len(parts)


@criterion("pictures.bottleneck.drawn")
@given(seed=seeds, digits=st.sampled_from(((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (2, 5, 9))))
@settings(max_examples=3)
def test_points_are_drawn_where_they_are_in_a_colour_for_each_digit(submission, seed, digits):
    """Draw every point once, points of one digit in one colour, of two digits in two, under the given title.

    Catches: points left out, x and y exchanged, colours by order, one colour for two digits, a legend left out.
    """
    random = np.random.default_rng(seed)
    labels = random.permutation(np.tile(digits, 3))
    points = random.uniform(-40, 40, (len(labels), 2))
    title = f"after epoch {random.integers(2, 90)}"
    shown = figure(submission.draw_embedding(points, labels, title))
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
    if parts > 1 and not all(any(str(digit) in text for text in axes.legend) for digit in digits):
        fail("the legend does not name every digit", f"got: {axes.legend!r:.300}")
