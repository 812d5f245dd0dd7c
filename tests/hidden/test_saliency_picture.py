"""Hidden checks of what is drawn: maps that differ in all that may be drawn of them, however they are shown.

A picture of a map is free in its scale, its colours and how three channels become one. So each picture is held against
every map, by the rank of its numbers' agreement, and must fit its own best.
"""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import all_at_once, assert_close, at_edges, criterion, fail, spread, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.figures.shown import figure

KINDS = ("image", "vanilla", "guided", "cam", "guided_cam")
WORDS = ("vanilla", "guided backprop", "cam", "guided grad-cam")
SMALL, LARGE = (3, 4), (12, 16)
SIZES = {"vanilla": 0.01, "guided": 20.0, "cam": 3.0, "guided_cam": 0.05}
SEEN = 0.25  # of all brightness, between the darkest and the brightest number of a picture in colours
# Pixels of images that are drawn, and of their maps too, since enlarging is graded by itself.
DRAWN, SQUARE = (5, 6), (6, 6)

seeds = st.integers(0, 999)


# Enlarging


@criterion("saliency.picture.enlarged")
@given(seed=seeds, factor=st.integers(2, 4), small=st.sampled_from((SMALL, (4, 4))))
@example(seed=0, factor=3, small=(4, 4))
@settings(max_examples=3)
def test_the_largest_place_stays_where_it_is(submission, seed, factor, small):
    """Enlarge each map by itself, so that what was in one place covers the same part of the larger map.

    Catches: rows for columns, maps repeated like tiles, turned, square ones too, one map for all.
    """
    random = np.random.default_rng(seed)
    places = random.permutation(12)[:3]
    maps = np.zeros((3, *small))
    maps.reshape(3, -1)[np.arange(3), places] = random.uniform(1, 3, 3)
    size = (small[0] * factor, small[1] * factor)
    got = tensor_numbers(submission.enlarge(tensor(maps), size), what="the enlarged maps")
    if got.shape != (3, *size) or not np.isfinite(got).all():
        fail("the enlarged maps have the wrong shape, or are not finite", f"expected {(3, *size)}, got {got.shape}")
    for index, place in enumerate(places):
        row, column = (int(k) // factor for k in np.unravel_index(got[index].argmax(), size))
        if (row, column) != divmod(int(place), small[1]) or got[index].max() < 0.5 * maps[index].max():
            fail("the largest number of a map has moved, or is lost")


@criterion("saliency.picture.enlarged")
@given(seed=seeds)
@settings(max_examples=2)
def test_enlarging_neither_scales_nor_shifts(submission, seed):
    """Leave a map of one number a map of that number, and a map that has its size as it is.

    Catches: normalising, borders of zeros, sums.
    """
    levels = spread((2, 1, 1), seed)
    got = submission.enlarge(tensor(np.broadcast_to(levels, (2, *SMALL)).copy()), LARGE)
    assert_close(got, tensor(np.broadcast_to(levels, (2, *LARGE)).copy()), what="a map of one number, enlarged")
    maps = spread((2, 5, 8), seed)
    assert_close(submission.enlarge(tensor(maps), (5, 8)), tensor(maps), what="a map of its own size")


@criterion("saliency.picture.enlarged")
def test_enlarging_at_the_edges_of_what_it_may_be_asked(submission):
    """Leave maps of their own size as they are, and maps of one number maps of that number, however small or large.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, maps in at_edges(2, 3, 4).items():
        got = submission.enlarge(tensor(maps), maps.shape[1:])
        assert_close(got, tensor(maps), what=f"a map of its own size, {what}")
        level = np.full_like(maps, maps.flat[0])
        height, width = maps.shape[1] * 2, maps.shape[2] + 3
        expected = np.full((len(maps), height, width), maps.flat[0])
        got = submission.enlarge(tensor(level), (height, width))
        assert_close(got, tensor(expected), what=f"a map of one number, enlarged, {what}")


# Normalising


@criterion("saliency.picture.normalised")
@given(seed=seeds, shape=st.sampled_from(((3, 4, 6), (2, 3, 4, 5))))
@settings(max_examples=3)
def test_each_map_is_scaled_by_itself(submission, seed, shape):
    """Scale and shift each map by itself, so that its least number becomes 0 and its largest 1.

    Catches: one scale for the whole batch, no shift, absolute values, a changed argument.
    """
    maps = spread(shape, seed) * np.logspace(-2, 3, shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    axes = tuple(range(1, len(shape)))
    low, high = maps.min(axis=axes, keepdims=True), maps.max(axis=axes, keepdims=True)
    got, left = submission.normalise.with_arguments(tensor(maps))
    assert_close(got, tensor((maps - low) / (high - low)), what="the maps", atol=1e-5)
    assert_close(left[0], tensor(maps), what="the argument after the call")


@criterion("saliency.picture.normalised")
@given(seed=seeds, level=st.sampled_from((0.0, 2.0, -3.0)))
@settings(max_examples=2)
def test_a_map_of_one_number_becomes_0(submission, seed, level):
    """Return zeros for a map whose numbers are all the same: nothing must be divided by zero.

    Catches: nan from 0/0, as it comes from the Grad-CAM of a class that nothing speaks for.
    """
    maps = spread((3, 4, 5), seed)
    maps[1] = level
    expected = np.stack([(each - each.min()) / (np.ptp(each) or 1) for each in maps])
    assert_close(submission.normalise(tensor(maps)), tensor(expected), what="the maps", atol=1e-5)


@criterion("saliency.picture.normalised")
def test_normalising_at_the_edges_of_what_it_may_be_asked(submission):
    """Scale one map or many, of one row or column, or make zeros of those in which all numbers are the same.

    Catches: a map of equal numbers that stays as it is, an axis of one entry that is squeezed away, a clip.
    """
    for what, maps in [*at_edges(3, 4, 5, tiny=0.02).items(), ("one pixel", spread((2, 1, 1), 1))]:
        low, high = (end(maps, axis=(1, 2), keepdims=True) for end in (np.min, np.max))
        expected = (maps - low) / np.where(high > low, high - low, 1)
        assert_close(submission.normalise(tensor(maps)), tensor(expected), what=f"the maps for {what}", atol=1e-5)


@criterion("saliency.picture.normalised")
def test_a_map_of_tiny_numbers_is_scaled_too(submission):
    """Return for maps that are scaled down what is returned for the maps, but for an epsilon: they span about 4e-7.

    Catches: maps of small numbers taken for maps of one number.
    """
    maps = spread((3, 4, 5), 1)
    low, high = (end(maps, axis=(1, 2), keepdims=True) for end in (np.min, np.max))
    expected = tensor((maps - low) / (high - low))
    # An epsilon of 1e-8, which is often added to what is divided by, makes a difference of 0.03.
    assert_close(submission.normalise(tensor(maps * 1e-7)), expected, what="the maps of tiny numbers", atol=0.04)


# Drawing


def work(seed, count, size=DRAWN):
    """Return what is to be drawn: images, and by kind raw maps, none of which looks like another.

    Gradients are of any size: here some are small and some large.
    """
    random = np.random.default_rng(seed)
    images, *maps = random.uniform(0, 1, (5, count, 3, *size))
    raw = {kind: (each - 0.5) * SIZES[kind] for kind, each in zip(KINDS[1:], maps, strict=True)}
    return images, raw | {"cam": raw["cam"][:, 0]}


def drawn(submission, images, maps, names):
    """Return the axes that hold pictures, in rows of five."""
    return in_rows(submission.draw_saliency(*arguments(images, maps, names)), images)


def arguments(images, maps, names):
    """Return what `draw_saliency` is called with."""
    return tensor(images), names, *(tensor(maps[kind]) for kind in KINDS[1:])


def in_rows(got, images):
    """Return the axes of a figure that hold pictures, in rows of five."""
    shown = figure(got).axes
    axes = [each for each in shown if each.images]
    if len(axes) != 5 * len(images):
        fail(
            "the figure does not have five axes with a picture for each image", f"{len(axes)} for {len(images)} images"
        )
    # One for each image may hold a text, which is not seen here.
    if sum(map(empty, shown)) > len(images):
        fail("the figure has empty axes: a row for each image is asked for", f"{len(shown)} axes")
    for each in axes:
        if not all(np.isfinite(picture).all() for picture in each.images):
            fail("a picture holds nan or infinity")
    return [axes[start : start + 5] for start in range(0, len(axes), 5)]


def empty(axes):
    """Tell whether nothing is drawn in axes, and nothing written beside them."""
    drawn_there = (axes.images, axes.lines, axes.points, axes.contours)
    return not any((*drawn_there, axes.legend, axes.title, axes.xlabel, axes.ylabel))


def views(values):
    """Return what may be drawn of a map (3, H, W) or (H, W): arrays (H, W) or (H, W, 3)."""
    if values.ndim == 2:
        return [values]
    forms = [values, np.abs(values), values.clip(0)]
    grey = [reduced for form in forms for reduced in (form.max(axis=0), form.mean(axis=0), (form**2).mean(axis=0))]
    return [form.transpose(1, 2, 0) for form in forms] + grey


def likeness(picture, values):
    """Return how well a picture fits a map, from -1 to 1; what stands for an image of three equal channels is grey."""
    if picture.ndim == 3:
        picture = picture[..., :3]
        if np.ptp(picture, axis=2).max() == 0:
            picture = picture[..., 0]
    found = [view for view in views(values) if view.shape == picture.shape]
    if np.ptp(picture) == 0:
        return -1.0
    return max((float(np.corrcoef(picture.ravel(), view.ravel())[0, 1]) for view in found), default=-1.0)


@criterion("saliency.picture.images")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_picture_stands_in_its_place(submission, seed):
    """Draw each image in the first of its row's axes, and its own maps in the others, in the order that was asked for.

    Catches: columns or rows exchanged, one image's maps in every row, channels that are not last, transposed maps,
    square ones too, pictures upside down, colours that are not scaled to be seen, scales that end before the numbers
    do, one figure for all calls, cleared or drawn into again, as many rows in any case.
    """
    works = [work(seed, 3), work(seed + 1, 2, SQUARE)]
    calls = [arguments(*each, ["one", "two", "three"][: len(each[0])]) for each in works]
    for got, (images, maps) in zip(all_at_once(submission.draw_saliency, *calls), works, strict=True):
        assert_in_place(in_rows(got, images), images, maps)


def assert_in_place(rows, images, maps):
    """Fail unless each picture shows its own image or map best."""
    everything = {"image": images, **maps}
    for index, row in enumerate(rows):
        for kind, axes in zip(KINDS, row, strict=True):
            fits = {
                (other, n): max(likeness(picture, everything[other][n]) for picture in axes.images)
                for other in KINDS if other != "image" or kind != "cam"  # which may lie beneath
                for n in range(len(images))
            }  # fmt: skip
            if max(fits, key=fits.__getitem__) != (kind, index) or fits[kind, index] < 0.7:
                fail(f"the picture for {kind} in a row does not show it", f"row {index + 1}")
            if kind != "image" and not all(map(bright_enough, axes.images)):
                fail(f"the picture for {kind} is all but one colour: scale its numbers to be seen", f"row {index + 1}")


def bright_enough(picture):
    """Tell whether colours differ so much that one sees it; numbers get their colours by a scale of their own."""
    whole = 255 if picture.dtype == np.uint8 else 1
    return picture.ndim == 2 or np.ptp(picture[..., :3].astype(float)) >= SEEN * whole


@criterion("saliency.picture.images")
def test_maps_of_zeros_are_drawn(submission):
    """Draw maps that are zero everywhere, or one other number, beside others: all that is shown is finite.

    Catches: 0/0 where a map is scaled.
    """
    for level in (0.0, 2.0):
        images, maps = work(7, 3)
        for kind, place in zip(KINDS[1:], (0, 1, 2, 1), strict=True):
            maps[kind][place] = level
        drawn(submission, images, maps, ["one", "two", "three"])


@criterion("saliency.picture.titles")
def test_classes_and_methods_are_named(submission):
    """Give each image's axes a title with the name of its class, and the first row's others one with the method's name.

    Catches: no titles, names that do not come from the argument or are cut, methods exchanged, a greatest number of
    images.
    """
    names = ["Egyptian cat", "espresso", "great white shark, white shark, man-eater", "espresso", "acorn", "ox"]
    images, maps = work(5, len(names))
    rows = drawn(submission, images, maps, names)
    for row, name in zip(rows, names, strict=True):
        if name.lower() not in row[0].title.lower():
            fail("the title of an image does not hold the name of its class", f"{name!r} in {row[0].title!r}")
    for word, axes in zip(WORDS, rows[0][1:], strict=True):
        title = axes.title.lower()
        longer = [other for other in WORDS if word in other and other != word]
        if word not in title or any(other in title for other in longer):
            fail("an axes of the first row does not name its method", f"{word!r} in {axes.title!r}")
