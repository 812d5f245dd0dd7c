"""Public checks of augmentation: many draws of one small image."""

import numpy as np

from grader.checks import assert_close, criterion, fail, tensor
from grader.checks.comparing.closeness import tensor_numbers

IMAGE = np.arange(3 * 12 * 12, dtype=np.float32).reshape(3, 12, 12) / 700
DRAWS = 40  # that one of four turns is never drawn in so many has a chance of 4 · 0.75 ** 40, four in 100 000


def drawn(function, image=IMAGE, draws=DRAWS):
    """Return some results, each of which must be of the image's shape."""
    got = [tensor_numbers(function(tensor(image)), what="the image") for _ in range(draws)]
    if any(each.dtype != image.dtype for each in got):
        fail("an image that is returned has another dtype", f"expected {image.dtype}, got {got[0].dtype}")
    if any(each.shape != image.shape for each in got):
        fail("an image that is returned has another shape", f"expected {image.shape}, got {[e.shape for e in got][:5]}")
    return got


def places(got, wanted):
    """Return which of the wanted images each result is; fails for one that is none of them."""
    found = [next((k for k, each in wanted.items() if np.allclose(image, each, atol=1e-5)), None) for image in got]
    if None in found:
        fail("an image is returned that no such change can have made")
    return found


@criterion("augmentation.pictures.turned")
def test_quarter_turns(submission):
    """Return the image turned by one of four angles, each of which is drawn now and then.

    Catches: an angle that never comes, images that are mirrored, channels exchanged.
    """
    found = places(drawn(submission.turned), {k: np.rot90(IMAGE, k, (1, 2)) for k in range(4)})
    if len(set(found)) < 4:
        fail("some angle is never drawn", f"in {DRAWS} draws came only {sorted(90 * k for k in set(found))} degrees")


@criterion("augmentation.pictures.moved")
def test_moves(submission):
    """Return the image moved by -4 to 4 rows and -4 to 4 columns, each of these numbers now and then.

    Catches: moves to one side only, rows and columns moved alike, black borders, channels moved too.
    """
    found = []
    for image in drawn(submission.moved, draws=150):  # one of nine steps is missing in one of ten million such rows
        rows, columns = ((np.argmin(image[0]) // 12 + 6) % 12 - 6, (np.argmin(image[0]) % 12 + 6) % 12 - 6)
        if not np.allclose(image, np.roll(IMAGE, (rows, columns), (1, 2)), atol=1e-5):
            fail("an image is returned that no such change can have made")
        found.append((int(rows), int(columns)))
    for axis, name in enumerate(("rows", "columns")):
        taken = {place[axis] for place in found}
        if taken != set(range(-4, 5)):
            fail(f"the image is not moved by all numbers of {name}", f"in {len(found)} draws came {sorted(taken)}")
    if all(r == c for r, c in found):
        fail("rows and columns are always moved by the same number")


@criterion("augmentation.pictures.recoloured")
def test_colours(submission):
    """Return each channel times a factor of its own between 0.7 and 1.3, and 1 where that is more.

    Catches: one factor for all channels, a factor for each pixel, factors that are too large, that only darken or only
    brighten, or that are drawn once, numbers above 1.
    """
    image = np.stack([np.full((4, 4), 0.3), np.full((4, 4), 0.5), np.full((4, 4), 0.95)]).astype(np.float32)
    image[:, 0, 0] = 0.1
    factors = []
    for got in drawn(submission.recoloured, image):
        factor = got[:, 0, 0] / 0.1
        assert_close(got, np.minimum(image * factor[:, None, None], 1), what="the image", rtol=1e-4, atol=1e-5)
        factors.append(factor)
    taken = np.array(factors)
    if taken.min() < 0.7 - 1e-4 or taken.max() > 1.3 + 1e-4:
        fail("a factor is not between 0.7 and 1.3", f"from {taken.min():.3g} to {taken.max():.3g}")
    widths = np.ptp(taken, axis=0)
    if (widths < 1e-3).any() or np.allclose(taken[:, 0], taken[:, 1]):
        fail("the channels do not have factors of their own, drawn anew", f"the first: {taken[:3].tolist()}")
    if (widths < 0.3).any():
        way = "only darken" if taken.max() <= 1 + 1e-4 else "only brighten" if taken.min() >= 1 - 1e-4 else ""
        fail(
            "factors are not drawn from all of the range from 0.7 to 1.3",
            f"from {taken.min():.3g} to {taken.max():.3g}",
            misconception=way and f"The factors {way}: they are to be drawn from 0.7 to 1.3.",
        )
