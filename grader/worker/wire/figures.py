"""What a figure shows, as inert data: the only form in which one leaves the student's code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

# `worker/running/figure_capture.py` shortens texts and rejects larger figures, in the worker. On arrival, `figure`
# checks the lengths of texts and all shapes; sizes are limited by the frame.
TEXT_LIMIT = 500
PARTS_LIMIT = 5_000
NUMBERS_LIMIT = 4_000_000

Array = NDArray[Any]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Line:
    """A line, or markers drawn as one. `x` and `y` have shape (n,); `label` is "" if it has none.

    `colour`, shape (4,), is red, green, blue and alpha in [0, 1] of the line, or of markers without a line; if nothing
    is visible (width or size 0, no style) its alpha is 0. `look` names its style and marker.
    """

    label: str
    x: Array
    y: Array
    colour: Array
    look: str = ""


@dataclass(frozen=True, eq=False)
class Points:
    """A scatter of n points: `xy` of shape (n, 2), `colours` of shape (n, 4), red, green, blue and alpha in [0, 1].

    Points of size 0 have an alpha of 0.
    """

    label: str
    xy: Array
    colours: Array


@dataclass(frozen=True, eq=False)
class Contour:
    """The contour of one level: the vertices of its line or lines, shape (n, 2), and their colour, shape (4,).

    Filled contours are omitted.
    """

    level: float
    xy: Array
    colour: Array


@dataclass(frozen=True, eq=False)
class Axes:
    """One pair of axes.

    `xscale` and `yscale` are ``linear``, ``log`` …; `legend` contains the texts of the legend, including the figure's
    own legend. `images` are what is drawn as pixels, shape (rows, columns) or (rows, columns, 3 or 4), as they are
    seen: from the top and from the left, with numbers clipped to the colour scale. `xlim` and `ylim` are the limits,
    left and right, bottom and top; `paper` is the background colour. What is made invisible is omitted.

    `keys`, of shape (n, 4), contains the colour next to each text of the legend, with an alpha of 0 if that is not
    known. `bar` contains the numbers at the ticks of a colour bar of something in these axes.
    """

    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    legend: tuple[str, ...]
    lines: tuple[Line, ...]
    points: tuple[Points, ...]
    images: tuple[Array, ...]
    contours: tuple[Contour, ...]
    xlim: Array
    ylim: Array
    paper: Array
    keys: Array
    bar: Array


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure: its title above all axes, and the axes in the order in which they were created, without colour bars."""

    title: str
    axes: tuple[Axes, ...]


def as_data(part: object) -> object:
    """Return a figure or a part of one as lists, texts and arrays, for the wire."""
    if isinstance(part, Figure | Axes | Line | Points | Contour):
        return [as_data(getattr(part, field.name)) for field in fields(part)]
    return [as_data(item) for item in part] if isinstance(part, tuple) else part


def figure(data: object) -> Figure:
    """Return the figure from which `as_data` made `data`. Raises ValueError for anything else, which may be hostile."""
    title, axes = _parts(data, 2)
    return Figure(_text(title), _each(_axes, axes))


def _axes(data: object) -> Axes:
    *texts, legend, lines, points, images, contours, xlim, ylim, paper, keys, bar = _parts(data, 15)
    title, xlabel, ylabel, xscale, yscale = map(_text, texts)
    if _array(keys, 2).shape != (len(_parts(legend)), 4):
        raise ValueError("a legend has different numbers of texts and colours")
    return Axes(
        title, xlabel, ylabel, xscale, yscale, _each(_text, legend), _each(_line, lines), _each(_points, points),
        _each(_image, images), _each(_contour, contours), _row(xlim, 2), _row(ylim, 2), _row(paper, 4),
        keys, _array(bar, 1),
    )  # fmt: skip


def _line(data: object) -> Line:
    label, x, y, colour, look = _parts(data, 5)
    line = Line(_text(label), _array(x, 1), _array(y, 1), _row(colour, 4), _text(look))
    if line.x.shape != line.y.shape:
        raise ValueError("a line has different numbers of x and y")
    return line


def _points(data: object) -> Points:
    label, xy, colours = _parts(data, 3)
    points = Points(_text(label), _array(xy, 2), _array(colours, 2))
    if points.xy.shape[1] != 2 or points.colours.shape != (len(points.xy), 4):
        raise ValueError("points have different numbers of places and colours")
    return points


def _contour(data: object) -> Contour:
    level, xy, colour = _parts(data, 3)
    vertices = _array(xy, 2)
    if type(level) is not float or vertices.shape[1] != 2:
        raise ValueError("a contour is not made of a level and vertices")
    return Contour(level, vertices, _row(colour, 4))


def _image(data: object) -> Array:
    return _array(data, 3 if isinstance(data, np.ndarray) and data.ndim == 3 else 2)


def _row(data: object, size: int) -> Array:
    row = _array(data, 1)
    if row.shape != (size,):
        raise ValueError("a colour or a limit of a figure has the wrong size")
    return row


def _array(data: object, dimensions: int) -> Array:
    if not isinstance(data, np.ndarray) or data.ndim != dimensions or data.dtype.kind not in "fu":
        raise ValueError("a figure contains something other than an array")
    return data


def _text(data: object) -> str:
    if type(data) is not str or len(data) > TEXT_LIMIT:
        raise ValueError("a figure contains something other than a text")
    return data


def _each(make: Callable[[object], T], data: object) -> tuple[T, ...]:
    return tuple(make(part) for part in _parts(data))


def _parts(data: object, count: int | None = None) -> list[Any]:
    if type(data) is not list or (count is not None and len(data) != count):
        raise ValueError("a figure is not made of its parts")
    return data
