"""Pictures of expected and actual values as SVG, for what numbers alone do not show; needs no plotting package."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import Compared

Real = NDArray[np.float64]
WIDTH, PANEL, GAP = 340, 102, 16
PLOT = (48.0, 12.0, 280.0, 190.0)  # left, top, width, height
# Most rows and columns of a heat map; in a larger array, each cell shows the entry with the largest error.
CELLS = 64
# Most points of a line; in a longer one, each stretch shows the point with the largest error.
POINTS = 600
CURVE, MAP = 6, 9  # with fewer entries, the numbers suffice
POSITIVE, NEGATIVE = (234, 88, 12), (59, 130, 246)
RIGHT, WRONG = "#2da44e", "#ea580c"
# A browser that shows the file by itself uses the reader's preferred colours.
ALONE = ' style="color-scheme: light dark; background: Canvas; color: CanvasText"'


@dataclass(frozen=True)
class Drawing:
    """A picture: the parts of an SVG document, its height, and a caption of one sentence."""

    parts: tuple[str, ...]
    height: int
    caption: str

    def svg(self, *, alone: bool = False) -> str:
        """Return the document: as a file of its own if `alone`, else for a page whose colours it inherits."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" role="img" '
            f'width="{WIDTH * 3 // 2 if alone else "100%"}"{ALONE if alone else ""} font-family="sans-serif" '
            f'font-size="11"><title>{escape(self.caption)}</title>{"".join(self.parts)}</svg>'
        )


def picture(compared: Compared | None) -> Drawing | None:
    """Return a picture of what a check compared, or None if the numbers are just as clear."""
    if compared is None:
        return None
    expected, got = (np.asarray(array, dtype=np.float64) for array in (compared.expected, compared.got))
    if not (np.isfinite(expected).all() and np.isfinite(got).all()):
        return None
    if compared.over is not None and expected.ndim == 2 and expected.shape[1] == 2 and len(expected) > 1:
        return _paths(compared.what, expected, got, *compared.over)
    long = [axis for axis, size in enumerate(expected.shape) if size > 1]
    if len(long) == 1 and expected.size >= CURVE:
        return _curves(compared.what, expected.ravel(), got.ravel())
    if len(long) > 1 and expected.size >= MAP:
        return _maps(compared.what, expected, got, (long[-2], long[-1]))
    return None


def _maps(what: str, expected: Real, got: Real, axes: tuple[int, int]) -> Drawing:
    """Return heat maps of both arrays and their difference; of more than two axes, the slice with the largest error."""
    off = np.abs(got - expected)
    worst = [int(place) for place in np.unravel_index(off.argmax(), off.shape)]
    place = tuple(slice(None) if axis in axes else worst[axis] for axis in range(off.ndim))
    right, wrong = _cells(expected[place], got[place])
    scale, error = float(max(np.abs(right).max(), np.abs(wrong).max())), float(np.abs(wrong - right).max())
    shown = [("expected", right, scale), ("got", wrong, scale), ("got − expected", wrong - right, error)]
    height = round(PANEL * min(max(right.shape[0] / right.shape[1], 0.25), 1.6))
    parts = [
        part
        for number, (name, values, most) in enumerate(shown)
        for part in _panel(1 + number * (PANEL + GAP), height, name, values, most)
    ]
    index = (
        f" [{', '.join(':' if axis in axes else str(worst[axis]) for axis in range(off.ndim))}]" if off.ndim > 2 else ""
    )
    caption = f"{what}{index}: the largest error is {error:.3g}, at {worst}. Orange is above 0, blue below."
    return Drawing(tuple(parts), height + 46, caption)


def _cells(expected: Real, got: Real) -> tuple[Real, Real]:
    """Return both arrays with at most `CELLS` rows and columns: from each block, the entry with the largest error."""
    rows, columns = (-(-size // CELLS) for size in expected.shape)
    if rows == columns == 1:
        return expected, got
    off = np.abs(got - expected)
    starts = [(i, j) for i in range(0, off.shape[0], rows) for j in range(0, off.shape[1], columns)]
    chosen = []
    for i, j in starts:
        block = off[i : i + rows, j : j + columns]
        a, b = np.unravel_index(block.argmax(), block.shape)
        chosen.append((i + int(a), j + int(b)))
    shape = (-(-off.shape[0] // rows), -(-off.shape[1] // columns))
    flat = [np.ravel_multi_index(place, off.shape) for place in chosen]
    return expected.ravel()[flat].reshape(shape), got.ravel()[flat].reshape(shape)


def _panel(left: int, height: int, name: str, values: Real, most: float) -> Iterable[str]:
    yield _text(left, 14, name)
    yield (
        f'<image x="{left}" y="22" width="{PANEL}" height="{height}" preserveAspectRatio="none" '
        f'style="image-rendering: pixelated" href="{_png(values / (most or 1.0))}"/>'
        f'<rect x="{left}" y="22" width="{PANEL}" height="{height}" fill="none" stroke="currentColor" opacity="0.4"/>'
    )
    yield _text(left, height + 38, f"full colour: ±{most:.3g}", small=True)


def _png(values: Real) -> str:
    """Return numbers from -1 to 1 as an image with a pixel for each: 0 is transparent."""
    colours = np.where(values[..., None] > 0, POSITIVE, NEGATIVE).astype(np.uint8)
    strength = np.rint(255 * np.abs(values).clip(0, 1)).astype(np.uint8)
    pixels = np.concatenate([colours, strength[..., None]], axis=-1)
    rows, columns = values.shape
    data = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")]
    image = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return f"data:image/png;base64,{base64.b64encode(image).decode()}"


def _curves(what: str, expected: Real, got: Real) -> Drawing:
    off = np.abs(got - expected)
    steps = _thinned(off)
    both = [np.stack([steps, values[steps]], axis=-1) for values in (expected, got)]
    frame = _Frame.around(np.concatenate(both))
    worst = int(off.argmax())
    caption = f"{what}, entry by entry: the largest error is {off[worst]:.3g}, at [{worst}]."
    return Drawing((*frame.axes(), *_both(frame, *both)), 248, caption)


def _thinned(off: Real) -> NDArray[np.intp]:
    """Return the indices of the points of a line to show, in order; `off` is the error of each."""
    stretches = np.array_split(np.arange(off.size), min(off.size, POINTS))
    return np.array([stretch[off[stretch].argmax()] for stretch in stretches])


def _paths(what: str, expected: Real, got: Real, hessian: NDArray[Any], minimum: NDArray[Any]) -> Drawing:
    off = np.linalg.norm(got - expected, axis=1)
    shown = _thinned(off)
    frame = _Frame.around(np.concatenate([expected, got, np.asarray(minimum, dtype=np.float64)[None]]))
    contours = [frame.line(ring, 'stroke="currentColor" opacity="0.25"') for ring in _rings(frame, hessian, minimum)]
    x, y = frame.place(expected[0])
    start = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="none" stroke="currentColor"/>'
    first = int((off > 1e-6 * (1 + np.abs(expected).max())).argmax())
    caption = f"{what} over the contours of the function, starting at the circle: the paths diverge at step {first}."
    return Drawing((*frame.axes(), *contours, *_both(frame, expected[shown], got[shown]), start), 248, caption)


def _rings(frame: _Frame, hessian: NDArray[Any], minimum: NDArray[Any]) -> list[Real]:
    """Return contours of a quadratic form as closed lines of shape (n, 2), or none if they are not ellipses."""
    try:
        inverse = np.linalg.inv(np.linalg.cholesky(np.asarray(hessian, dtype=np.float64)).T)
    except np.linalg.LinAlgError:
        return []
    angles = np.linspace(0, 2 * np.pi, 73)
    circle = inverse @ np.stack([np.cos(angles), np.sin(angles)])
    farthest = max(float((corner - minimum) @ hessian @ (corner - minimum)) for corner in frame.corners)
    radii = np.sqrt(farthest) * np.linspace(0.1, 1, 10)
    return [np.asarray(minimum + radius * circle.T) for radius in radii]


def _both(frame: _Frame, expected: Real, got: Real) -> list[str]:
    """Return both lines and a legend under the axes."""
    x, y = PLOT[0], PLOT[1] + PLOT[3] + 34
    return [
        frame.line(expected, f'stroke="{RIGHT}" stroke-width="2"', dots=RIGHT),
        frame.line(got, f'stroke="{WRONG}" stroke-width="2" stroke-dasharray="5 3"', dots=WRONG),
        f'<path d="M{x} {y - 4}h24" stroke="{RIGHT}" stroke-width="2"/>', _text(x + 30, y, "expected"),
        f'<path d="M{x + 110} {y - 4}h24" stroke="{WRONG}" stroke-width="2" stroke-dasharray="5 3"/>',
        _text(x + 140, y, "got"),
    ]  # fmt: skip


@dataclass(frozen=True)
class _Frame:
    """The coordinates of a plot: from the smallest to the largest of both, with a margin."""

    least: Real
    most: Real

    @classmethod
    def around(cls, points: Real) -> _Frame:
        least, most = points.min(axis=0), points.max(axis=0)
        room = np.where(most > least, 0.06 * (most - least), 0.5)
        return cls(least - room, most + room)

    @property
    def corners(self) -> list[Real]:
        """The four corners, as points."""
        (left, low), (right, high) = self.least, self.most
        return [np.array(corner) for corner in ((left, low), (left, high), (right, low), (right, high))]

    def place(self, point: Sequence[float] | Real) -> tuple[float, float]:
        x, y = (np.asarray(point) - self.least) / (self.most - self.least)
        return PLOT[0] + float(x) * PLOT[2], PLOT[1] + (1 - float(y)) * PLOT[3]

    def line(self, points: Real, style: str, dots: str = "") -> str:
        """Return a line through points, clipped to the frame, with a dot at each point if there are few."""
        places = [self.place(point) for point in points]
        marks = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{dots}"/>' for x, y in places] if dots else []
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        return (
            f'<svg x="{PLOT[0]}" y="{PLOT[1]}" width="{PLOT[2]}" height="{PLOT[3]}" '
            f'viewBox="{PLOT[0]} {PLOT[1]} {PLOT[2]} {PLOT[3]}">'
            f'<polyline points="{path}" fill="none" {style}/>{"".join(marks if len(marks) <= 40 else [])}</svg>'
        )

    def axes(self) -> list[str]:
        """Return a box labelled with the smallest and largest of both coordinates."""
        left, top, width, height = PLOT
        (x, y), (right, high) = self.least, self.most
        return [
            f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="currentColor" '
            'opacity="0.4"/>',
            _text(left - 4, top + 10, f"{high:.3g}", small=True, end=True),
            _text(left - 4, top + height, f"{y:.3g}", small=True, end=True),
            _text(left, top + height + 14, f"{x:.3g}", small=True),
            _text(left + width, top + height + 14, f"{right:.3g}", small=True, end=True),
        ]


def _text(x: float, y: float, words: str, *, small: bool = False, end: bool = False) -> str:
    style = ' font-size="9" opacity="0.8"' * small + ' text-anchor="end"' * end
    return f'<text x="{x:g}" y="{y:g}" fill="currentColor"{style}>{escape(words)}</text>'
