"""What these notebooks show: pictures of few bytes, and lines that print and colour-blind readers tell apart.

A `Picture` as the last expression of a cell is displayed by Jupyter.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

# Set while all notebooks are only tried: fewer epochs, fewer samples, nothing is written.
QUICK = bool(os.environ.get("NOTEBOOKS_QUICK"))
ROOT = Path(__file__).resolve().parents[2]
# Okabe and Ito's colours.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000")
MARKS = "osD^vPX"


class Picture:
    """A picture as bytes of a kind such as ``image/png``."""

    def __init__(self, kind: str, data: bytes, words: str) -> None:
        self.kind, self.data, self.words = kind, data, words

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {self.kind: base64.b64encode(self.data).decode(), "text/plain": self.words}


def picture(
    *figures: Figure, size: tuple[float, float], name: str = "", dpi: int = 80, photographs: bool = False
) -> Picture:
    """Return figures, each of that size in inches, beside one another as a PNG of few colours.

    `name` keeps it for the gallery too. Of `photographs` all 256 colours are mixed where they are not enough.
    """
    drawn = [_drawn(figure, size, dpi) for figure in figures]
    whole = Image.new("RGB", (sum(one.width for one in drawn), max(one.height for one in drawn)), "white")
    for number, one in enumerate(drawn):
        whole.paste(one, (sum(other.width for other in drawn[:number]), 0))
    file = io.BytesIO()
    palette = whole.quantize(256 if photographs else 128, method=Image.Quantize.MEDIANCUT)
    dither = Image.Dither.FLOYDSTEINBERG if photographs else Image.Dither.NONE
    whole.quantize(palette=palette, dither=dither).save(file, "PNG", optimize=True)
    return _kept(Picture("image/png", file.getvalue(), name or "a figure"), f"{name}.png" if name else "")


def animation(file: Path, name: str = "") -> Picture:
    """Return a GIF that lies in a file."""
    return _kept(Picture("image/gif", file.read_bytes(), name or "an animation"), f"{name}.gif" if name else "")


def looks() -> Iterator[dict[str, Any]]:
    """Yield colours and marks for lines, again and again."""
    for colour, mark in cycle(zip(COLOURS, MARKS, strict=True)):
        yield {"color": colour, "marker": mark, "markersize": 4}


def learning_curves(runs: dict[str, Sequence[dict[str, Any]]], measures: Sequence[str]) -> Figure:
    """Return a figure with a pair of axes for each measure and a line for each run: the history of its epochs."""
    figure = Figure(layout="constrained")
    for measure, axes in zip(measures, figure.subplots(1, len(measures), squeeze=False)[0], strict=True):
        for (label, history), look in zip(runs.items(), looks(), strict=False):
            axes.plot([line["epoch"] for line in history], [line[measure] for line in history], label=label, **look)
        axes.set(title=measure.replace("_", " "), xlabel="epoch", ylabel=measure.split("_")[-1])
    figure.legend(handles=figure.axes[0].lines, loc="outside lower center", ncols=3, fontsize="small")
    return figure


def bare(axes: Axes, image: np.ndarray, title: str = "", **drawn: Any) -> None:
    """Show an image in axes without ticks."""
    axes.imshow(image, **drawn)
    axes.set(title=title, xticks=[], yticks=[])


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows below their heads, in columns; floats with four digits behind the point."""
    texts = [[f"{cell:.4f}" if isinstance(cell, float) else str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _drawn(figure: Figure, size: tuple[float, float], dpi: int) -> Image.Image:
    figure.set_size_inches(*size)
    file = io.BytesIO()
    figure.savefig(file, dpi=dpi)
    return Image.open(file).convert("RGB")


def _kept(shown: Picture, name: str) -> Picture:
    folder = ROOT / "docs" / "pictures"
    if name and folder.is_dir() and not QUICK:
        (folder / name).write_bytes(shown.data)
    return shown
