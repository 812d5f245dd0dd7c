"""Matplotlib's figures as data (`figures.Figure`), without importing matplotlib where nobody has."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from . import figures
from .wire import WireError


def drawn(value: object) -> figures.Figure | None:
    """Return what a figure of matplotlib's shows, or that of some axes; None for any other object.

    The figure is closed: whoever draws many need not think of it. Raises WireError for one that shows too much.
    """
    made: list[Any] = [sys.modules.get("matplotlib.figure"), sys.modules.get("matplotlib.axes")]
    if None in made or not isinstance(value, (made[0].Figure, made[1].Axes)):
        return None
    figure: Any = value if isinstance(value, made[0].Figure) else value.get_figure(root=True)
    shown = _Description().figure(figure)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)
    return shown


# What matplotlib calls no line style and no marker.
NOTHING = ("None", "none", " ", "", None)


class _Description:
    """Reads one figure and counts what it is made of."""

    def __init__(self) -> None:
        self._parts = 0
        self._numbers = 0

    def figure(self, figure: Any) -> figures.Figure:
        above = [self._text(text) for legend in figure.legends for text in legend.get_texts()]
        # A colour bar is an axes of its own, which the student has not asked for.
        axes = [each for each in figure.axes if each.get_visible() and not hasattr(each, "_colorbar")]
        return figures.Figure(
            self._text(getattr(figure, "_suptitle", None)), tuple(self._axes(each, above) for each in axes)
        )

    def _axes(self, axes: Any, legend_above: list[str]) -> figures.Axes:
        legend = axes.get_legend()
        own = [self._text(text) for text in legend.get_texts()] if legend and legend.get_visible() else []
        collections = list(_visible(axes.collections))
        return figures.Axes(
            title=self._text(axes.title),
            xlabel=self._text(axes.xaxis.label),
            ylabel=self._text(axes.yaxis.label),
            xscale=self._words(axes.get_xscale()),
            yscale=self._words(axes.get_yscale()),
            legend=(*own, *legend_above),
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
        )

    def _line(self, line: Any) -> figures.Line:
        x, y = self._array(line.get_xdata(orig=False)), self._array(line.get_ydata(orig=False))
        return figures.Line(self._label(line), x.ravel(), y.ravel(), self._array(_colour(line)))

    def _points(self, collection: Any) -> figures.Points:
        collection.update_scalarmappable()  # colours by value are worked out when drawn, which it may not have been
        xy = self._array(collection.get_offsets()).reshape(-1, 2)
        faces = self._array(collection.get_facecolor()).reshape(-1, 4)
        colours = faces if len(faces) else self._array(collection.get_edgecolor()).reshape(-1, 4)
        # As matplotlib does: fewer colours than points go round.
        turns = np.arange(len(xy)) % max(len(colours), 1)
        colours = colours[turns] if len(colours) else np.zeros((len(xy), 4))
        sizes = self._array(collection.get_sizes()).ravel()
        if len(sizes):
            colours[sizes[np.arange(len(xy)) % len(sizes)] == 0, 3] = 0
        return figures.Points(self._label(collection), xy, colours)

    def _image(self, image: Any) -> figures.Array:
        """Return pixels as they are seen: turned as in their axes, and without what lies beyond the ends of a scale."""
        pixels = self._array(image.get_array())
        low, high = image.norm.vmin, image.norm.vmax
        if pixels.ndim == 2 and low is not None and high is not None:
            pixels = pixels.clip(low, high)
        return pixels[_upright(image)] if _is(image, "AxesImage") else pixels

    def _contours(self, contours: Any) -> Iterator[figures.Contour]:
        for level, path in zip(contours.levels, contours.get_paths(), strict=False):
            codes, vertices = path.codes, self._array(path.vertices)
            if len(vertices):  # no line: the level lies outside of what is drawn
                yield figures.Contour(float(level), vertices if codes is None else vertices[codes != path.CLOSEPOLY])

    def _label(self, artist: Any) -> str:
        label = self._words(artist.get_label())
        return "" if label.startswith("_") else label  # matplotlib's names for what was given none

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
    """Return the colour of a line, or of its markers where it has no line; alpha 0 where neither can be seen."""
    rgba = sys.modules["matplotlib.colors"].to_rgba
    if line.get_linestyle() not in NOTHING and line.get_linewidth() > 0 and len(line.get_xdata()) > 1:
        return tuple(rgba(line.get_color(), line.get_alpha()))
    if line.get_marker() in NOTHING or line.get_markersize() == 0:
        return (0.0, 0.0, 0.0, 0.0)
    face = tuple(rgba(line.get_markerfacecolor(), line.get_alpha()))
    return face if face[3] else tuple(rgba(line.get_markeredgecolor(), line.get_alpha()))


def _upright(image: Any) -> tuple[slice, slice]:
    """Return in which order the rows and columns of an image are seen, from above and from the left."""
    left, right, bottom, top = image.get_extent()
    (x_start, x_end), (y_start, y_end) = image.axes.get_xlim(), image.axes.get_ylim()
    first_row_above = ((top - bottom) * (y_end - y_start) > 0) == (image.origin == "upper")
    return slice(None, None, 1 if first_row_above else -1), slice(
        None, None, 1 if (right - left) * (x_end - x_start) > 0 else -1
    )


def _visible(artists: Iterable[Any]) -> Iterator[Any]:
    return (artist for artist in artists if artist.get_visible())


def _is(artist: object, kind: str) -> bool:
    """Tell whether an artist is of one of matplotlib's classes, by name: which module has it changed over time."""
    return any(each.__name__ == kind and each.__module__.startswith("matplotlib.") for each in type(artist).__mro__)
