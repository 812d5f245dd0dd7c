"""Matplotlib figures as data (`figures.Figure`), without importing matplotlib unless it has been imported."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..wire import figures
from ..wire.codec import WireError


def drawn(value: object) -> figures.Figure | None:
    """Return what a matplotlib figure shows, or that of some axes; None for any other object.

    The figure is closed, so that code that draws many need not do so. Raises WireError for one that shows too much.
    """
    made: list[Any] = [sys.modules.get("matplotlib.figure"), sys.modules.get("matplotlib.axes")]
    if None in made or not isinstance(value, (made[0].Figure, made[1].Axes)):
        return None
    figure: Any = value if isinstance(value, made[0].Figure) else value.get_figure(root=True)
    shown = _Description().figure(figure)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    return shown


# Matplotlib's names for no line style and no marker.
NOTHING = ("None", "none", " ", "", None)
NO_COLOUR = (0.0, 0.0, 0.0, 0.0)
# The size of a point, in square points: smaller ones are invisible, even a hundred thousand of them.
SMALLEST = 0.005


class _Description:
    """Reads one figure and counts its parts."""

    def __init__(self) -> None:
        self._parts = 0
        self._numbers = 0

    def figure(self, figure: Any) -> figures.Figure:
        # A colour bar is an axes of its own, which the student has not created explicitly.
        seen = list(_visible(figure.axes))
        bars = [each._colorbar for each in seen if hasattr(each, "_colorbar")]
        axes = [each for each in seen if not hasattr(each, "_colorbar")]
        return figures.Figure(
            self._text(getattr(figure, "_suptitle", None)),
            tuple(self._axes(each, [each.get_legend(), *figure.legends], bars) for each in axes),
        )

    def _axes(self, axes: Any, legends: list[Any], bars: list[Any]) -> figures.Axes:
        shown = [each for each in legends if each is not None and each.get_visible()]
        collections = list(_visible(axes.collections))
        ticks = [bar.get_ticks() for bar in bars if getattr(bar.mappable, "axes", None) is axes]
        return figures.Axes(
            title=self._title(axes),
            xlabel=self._text(axes.xaxis.label),
            ylabel=self._text(axes.yaxis.label),
            xscale=self._words(axes.get_xscale()),
            yscale=self._words(axes.get_yscale()),
            legend=tuple(self._text(text) for legend in shown for text in legend.get_texts()),
            lines=tuple(map(self._line, _visible(axes.lines))),
            points=tuple(self._points(each) for each in collections if _is(each, "PathCollection")),
            images=tuple(
                self._image(each) for each in (*_visible(axes.images), *(c for c in collections if _is(c, "QuadMesh")))
            ),
            contours=tuple(
                contour
                for each in collections
                if _is(each, "ContourSet") and not each.filled
                for contour in self._contours(each)
            ),
            xlim=self._array(axes.get_xlim()),
            ylim=self._array(axes.get_ylim()),
            paper=self._array(axes.get_facecolor()),
            keys=self._array([_key(each) for legend in shown for each in legend.legend_handles]).reshape(-1, 4),
            bar=self._array(np.concatenate([[], *map(np.ravel, ticks)])),
        )

    def _line(self, line: Any) -> figures.Line:
        x, y = self._array(line.get_xdata(orig=False)), self._array(line.get_ydata(orig=False))
        look = self._words(f"{line.get_linestyle()} {line.get_marker()}")
        return figures.Line(self._label(line), x.ravel(), y.ravel(), self._array(_colour(line)), look)

    def _points(self, collection: Any) -> figures.Points:
        collection.update_scalarmappable()  # colours by value are computed when drawn, which may not have happened
        xy = self._array(collection.get_offsets()).reshape(-1, 2)
        faces = self._array(collection.get_facecolor()).reshape(-1, 4)
        colours = faces if len(faces) else self._array(collection.get_edgecolor()).reshape(-1, 4)
        # As matplotlib does: fewer colours than points repeat.
        turns = np.arange(len(xy)) % max(len(colours), 1)
        colours = colours[turns] if len(colours) else np.zeros((len(xy), 4))
        sizes = self._array(collection.get_sizes()).ravel()
        if len(sizes):
            colours[sizes[np.arange(len(xy)) % len(sizes)] < SMALLEST, 3] = 0
        return figures.Points(self._label(collection), xy, colours)

    def _image(self, image: Any) -> figures.Array:
        """Return pixels as they are seen: oriented as in their axes, and clipped to the colour scale and limits."""
        pixels = self._array(image.get_array())
        low, high = image.norm.vmin, image.norm.vmax
        if pixels.ndim == 2 and low is not None and high is not None:
            pixels = pixels.clip(low, high)
        return pixels[_inside(image)][_upright(image)] if _is(image, "AxesImage") else pixels

    def _contours(self, contours: Any) -> Iterator[figures.Contour]:
        contours.update_scalarmappable()
        colours = itertools.cycle(self._array(contours.get_edgecolor()).reshape(-1, 4))
        for level, path, colour in zip(contours.levels, contours.get_paths(), colours, strict=False):
            codes, vertices = path.codes, self._array(path.vertices)
            if len(vertices):  # not a line: the level is outside the drawn range
                kept = vertices if codes is None else vertices[codes != path.CLOSEPOLY]
                yield figures.Contour(float(level), kept, colour)

    def _label(self, artist: Any) -> str:
        label = self._words(artist.get_label())
        return "" if label.startswith("_") else label  # matplotlib's labels for artists without one

    def _title(self, axes: Any) -> str:
        # Wherever it stands above the axes: loc="left" makes another text than loc="center".
        titles = map(self._text, (axes._left_title, axes.title, axes._right_title))
        return self._words(" ".join(filter(None, titles)))

    def _text(self, text: Any) -> str:
        return self._words(text.get_text()) if text is not None and text.get_visible() else ""

    def _words(self, words: object) -> str:
        self._count(1, 0)
        return str(words)[: figures.TEXT_LIMIT]

    def _array(self, values: Any) -> figures.Array:
        values = np.ma.filled(values, 0 if np.asarray(values).dtype == np.uint8 else np.nan)
        array = np.array(values, np.uint8 if np.asarray(values).dtype == np.uint8 else float)
        self._count(1, array.size)
        return array

    def _count(self, parts: int, numbers: int) -> None:
        self._parts += parts
        self._numbers += numbers
        if self._parts > figures.PARTS_LIMIT or self._numbers > figures.NUMBERS_LIMIT:
            raise WireError(f"a figure of more than {figures.PARTS_LIMIT} parts or {figures.NUMBERS_LIMIT} numbers")


def _colour(line: Any) -> tuple[float, ...]:
    """Return the colour of a line, or of its markers if it has no line; alpha 0 if neither is visible."""
    rgba = sys.modules["matplotlib.colors"].to_rgba
    if line.get_linestyle() not in NOTHING and line.get_linewidth() > 0 and len(line.get_xdata()) > 1:
        return tuple(rgba(line.get_color(), line.get_alpha()))
    if line.get_marker() in NOTHING or line.get_markersize() == 0:
        return NO_COLOUR
    face = tuple(rgba(line.get_markerfacecolor(), line.get_alpha()))
    return face if face[3] else tuple(rgba(line.get_markeredgecolor(), line.get_alpha()))


def _upright(image: Any) -> tuple[slice, slice]:
    """Return in which order the rows and columns of an image are seen, from the top and from the left."""
    left, right, bottom, top = image.get_extent()
    (x_start, x_end), (y_start, y_end) = image.axes.get_xlim(), image.axes.get_ylim()
    first_row_above = ((top - bottom) * (y_end - y_start) > 0) == (image.origin == "upper")
    return slice(None, None, 1 if first_row_above else -1), slice(
        None, None, 1 if (right - left) * (x_end - x_start) > 0 else -1
    )


def _inside(image: Any) -> tuple[slice, slice]:
    """Return which rows and columns of an image are within the limits of its axes, by their centres."""
    left, right, bottom, top = image.get_extent()
    ends = ((bottom, top) if image.origin == "lower" else (top, bottom)), (left, right)
    limits = image.axes.get_ylim(), image.axes.get_xlim()
    parts = []
    for count, (start, end), within in zip(image.get_array().shape, ends, limits, strict=False):
        middles = start + (end - start) * (np.arange(count) + 0.5) / count
        seen = np.flatnonzero((middles >= min(within)) & (middles <= max(within)))
        parts.append(slice(seen[0], seen[-1] + 1) if len(seen) else slice(0))
    return parts[0], parts[1]


def _key(handle: Any) -> tuple[float, ...]:
    """Return the colour of a legend's entry, with alpha 0 if it is of an unusual kind."""
    if _is(handle, "Line2D"):
        return _colour(handle)
    if not (_is(handle, "PathCollection") or _is(handle, "Patch")):
        return NO_COLOUR
    colours = np.reshape(handle.get_facecolor(), (-1, 4))
    return tuple(colours[0]) if len(colours) else NO_COLOUR


def _visible(artists: Iterable[Any]) -> Iterator[Any]:
    return (artist for artist in artists if artist.get_visible() and np.any(artist.get_alpha() != 0))


def _is(artist: object, kind: str) -> bool:
    """Return whether an artist is of one of matplotlib's classes, by name: their modules have changed over time."""
    return any(each.__name__ == kind and each.__module__.startswith("matplotlib.") for each in type(artist).__mro__)
