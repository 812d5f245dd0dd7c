"""What a figure shows, as inert data: the only form in which one leaves the student's code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

TEXT_LIMIT = 500
PARTS_LIMIT = 5_000
NUMBERS_LIMIT = 4_000_000

Array = NDArray[Any]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Line:
    """A line, or markers drawn as one. `x` and `y` have shape (n,); `label` is "" where it has none.

    `colour`, shape (4,), holds red, green, blue and alpha in [0, 1] of the line, of markers alone theirs; where nothing
    can be seen (width or size 0, no style) its alpha is 0.
    """

    label: str
    x: Array
    y: Array
    colour: Array


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
    """The contour of one level: the vertices of its line or lines, shape (n, 2). Filled contours are left out."""

    level: float
    xy: Array


@dataclass(frozen=True, eq=False)
class Axes:
    """One pair of axes.

    `xscale` and `yscale` are ``linear``, ``log`` …; `legend` holds the texts of the legend, of the figure's own
    legend too. `images` are what is drawn as pixels, shape (rows, columns) or (rows, columns, 3 or 4), as they
    are seen: from above and from the left, numbers no further than a scale of colours goes. `xlim` and `ylim` are the
    limits, left and right, bottom and top; `paper` is the colour behind all. What is made invisible is left out.
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


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure: its title over all axes, and the axes in the order in which they were made, without colour bars."""

    title: str
    axes: tuple[Axes, ...]


def as_data(part: object) -> object:
    """Return a figure or a part of one in lists, texts and arrays, for the wire."""
    if isinstance(part, Figure | Axes | Line | Points | Contour):
        return [as_data(getattr(part, field.name)) for field in fields(part)]
    return [as_data(item) for item in part] if isinstance(part, tuple) else part


def figure(data: object) -> Figure:
    """Return the figure that `as_data` gave `data` for. Raises ValueError for anything else, which may be hostile."""
    title, axes = _parts(data, 2)
    return Figure(_text(title), _each(_axes, axes))


def _axes(data: object) -> Axes:
    *texts, legend, lines, points, images, contours, xlim, ylim, paper = _parts(data, 13)
    title, xlabel, ylabel, xscale, yscale = map(_text, texts)
    return Axes(
        title, xlabel, ylabel, xscale, yscale, _each(_text, legend), _each(_line, lines), _each(_points, points),
        _each(_image, images), _each(_contour, contours), _row(xlim, 2), _row(ylim, 2), _row(paper, 4),
    )  # fmt: skip


def _line(data: object) -> Line:
    label, x, y, colour = _parts(data, 4)
    line = Line(_text(label), _array(x, 1), _array(y, 1), _row(colour, 4))
    if line.x.shape != line.y.shape:
        raise ValueError("a line has another number of x than of y")
    return line


def _points(data: object) -> Points:
    label, xy, colours = _parts(data, 3)
    points = Points(_text(label), _array(xy, 2), _array(colours, 2))
    if points.xy.shape[1] != 2 or points.colours.shape != (len(points.xy), 4):
        raise ValueError("points have another number of places than of colours")
    return points


def _contour(data: object) -> Contour:
    level, xy = _parts(data, 2)
    vertices = _array(xy, 2)
    if type(level) is not float or vertices.shape[1] != 2:
        raise ValueError("a contour is not made of a level and vertices")
    return Contour(level, vertices)


def _image(data: object) -> Array:
    return _array(data, 3 if isinstance(data, np.ndarray) and data.ndim == 3 else 2)


def _row(data: object, size: int) -> Array:
    row = _array(data, 1)
    if row.shape != (size,):
        raise ValueError("a colour or a limit of a figure has the wrong size")
    return row


def _array(data: object, dimensions: int) -> Array:
    if not isinstance(data, np.ndarray) or data.ndim != dimensions or data.dtype.kind not in "fu":
        raise ValueError("a figure holds something else where an array belongs")
    return data


def _text(data: object) -> str:
    if type(data) is not str or len(data) > TEXT_LIMIT:
        raise ValueError("a figure holds something else where a text belongs")
    return data


def _each(make: Callable[[object], T], data: object) -> tuple[T, ...]:
    return tuple(make(part) for part in _parts(data))


def _parts(data: object, count: int | None = None) -> list[Any]:
    if type(data) is not list or (count is not None and len(data) != count):
        raise ValueError("a figure is not made of its parts")
    return data
