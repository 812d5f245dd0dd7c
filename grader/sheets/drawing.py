"""The network of a sheet as a picture (SVG): units as circles, and on each arrow the allotted weight."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise, product
from math import atan2, cos, degrees, sin

from grader.sheets.form import Array, Form, Values

_ACROSS, _DOWN, _RADIUS, _MARGIN = 230, 130, 26, 90
# How far along its arrow a weight is written: near its source, where few arrows cross, and not beside the next one.
_PLACES = (0.32, 0.22, 0.42)
_STYLE = (
    "text{font:14px sans-serif;text-anchor:middle;dominant-baseline:central}"
    ".weight{fill:#1f4e8c;stroke:#fff;stroke-width:5px;paint-order:stroke}"
    ".unit{fill:#fff;stroke:#333;stroke-width:1.5}.arrow{stroke:#999;stroke-width:1.2;marker-end:url(#head)}"
)
_HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0L8 4L0 8z" fill="#999"/></marker></defs>'
)
_SIGNS = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU", "linear": "z"}
Point = tuple[float, float]


def network_picture(title: str, form: Form, given: Values) -> str:
    """Return the picture as SVG text, with the given values: inputs, weights, biases, targets."""
    sizes = [form.spec.inputs, *(layer.units for layer in form.spec.layers)]
    width = 2 * _MARGIN + _ACROSS * (len(sizes) - 1)
    height = _MARGIN + _DOWN * max(sizes)
    columns = [[_place(column, row, size, height) for row in range(size)] for column, size in enumerate(sizes)]
    parts = [
        *_arrows(columns, given), *_units(form, columns), *_around(columns, given),
        _text(width / 2, 24, title),
    ]  # fmt: skip
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    body = f'<style>{_STYLE}</style>{_HEAD}<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}\n</svg>\n'


def _place(column: int, row: int, size: int, height: float) -> Point:
    return _MARGIN + _ACROSS * column, height / 2 + 15 + _DOWN * (row - (size - 1) / 2)


def _arrows(columns: list[list[Point]], given: Values) -> Iterator[str]:
    """Yield each arrow, and then all weights, so that no arrow crosses a number."""
    weights = []
    for layer, (below, above) in enumerate(pairwise(columns), start=1):
        for (row, end), (source, start) in product(enumerate(above), enumerate(below)):
            yield _arrow(start, end)
            weight = _number(given[f"W{layer}"], row, source)
            weights.append(_along(start, end, _PLACES[row % len(_PLACES)], weight))
    yield from weights


def _arrow(start: Point, end: Point) -> str:
    angle = atan2(end[1] - start[1], end[0] - start[0])
    dx, dy = _RADIUS * cos(angle), _RADIUS * sin(angle)
    begin, finish = (start[0] + dx, start[1] + dy), (end[0] - dx, end[1] - dy)
    return f'<path class="arrow" d="M{begin[0]:.0f} {begin[1]:.0f}L{finish[0]:.0f} {finish[1]:.0f}"/>'


def _along(start: Point, end: Point, part: float, text: str) -> str:
    x, y = start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
    angle = degrees(atan2(end[1] - start[1], end[0] - start[0]))
    return _text(x, y, text, f' class="weight" transform="rotate({angle:.0f} {x:.0f} {y:.0f})"')


def _units(form: Form, columns: list[list[Point]]) -> Iterator[str]:
    signs = [None, *(_SIGNS[layer.activation] for layer in form.spec.layers)]
    for sign, units in zip(signs, columns, strict=True):
        for row, (x, y) in enumerate(units, start=1):
            yield f'<circle class="unit" cx="{x:.0f}" cy="{y:.0f}" r="{_RADIUS}"/>'
            yield _text(x, y, sign or f"x{row}")


def _around(columns: list[list[Point]], given: Values) -> Iterator[str]:
    """Yield the numbers beside units: inputs, biases below their units, targets."""
    for row, (x, y) in enumerate(columns[0]):
        yield _text(x - 55, y, _number(given["x"], row))
    for layer, units in enumerate(columns[1:], start=1):
        for row, (x, y) in enumerate(units):
            if f"b{layer}" in given:
                yield _text(x, y + _RADIUS + 14, f"b = {_number(given[f'b{layer}'], row)}")
    for row, (x, y) in enumerate(columns[-1]):
        yield _text(x + 58, y, f"t = {_number(given['t'], row)}")


def _number(values: Array, *place: int) -> str:
    return f"{values[place]:g}"


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}"{more}>{escape(text)}</text>'
