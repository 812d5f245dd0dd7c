"""A picture of a run as logged and as repeated, for the person who compares them."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from grader.checks.runs.runlog import Run

WIDTH, HEIGHT, MARGIN = 320, 200, 34
LOGGED, AGAIN = "#c33", "#06c"


def curves(title: str, logged: Run, again: Run) -> str:
    """Return an SVG text with axes for each measure: the log's curve in red, that of the repeated run in blue."""
    names = list(logged.measured)
    panels = [
        _panel(name, logged.measured[name], again.measured[name], WIDTH * place) for place, name in enumerate(names)
    ]
    words = f"{title}: red as logged, blue as repeated"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * len(names)}" height="{HEIGHT + 24}" '
        f'font-family="sans-serif" font-size="11"><text x="8" y="14">{escape(words)}</text>{"".join(panels)}</svg>\n'
    )


def _panel(name: str, logged: NDArray[np.float64], again: NDArray[np.float64], left: int) -> str:
    both = np.concatenate([logged, again])
    finite = both[np.isfinite(both)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    span = (high - low) or 1.0

    def line(values: NDArray[np.float64], colour: str) -> str:
        step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
        points = [
            f"{left + MARGIN + step * k:.1f},{24 + HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - low) / span:.1f}"
            for k, value in enumerate(values)
            if np.isfinite(value)
        ]
        return f'<polyline fill="none" stroke="{colour}" points="{" ".join(points)}"/>'

    words = f"{name}: {low:.4g} to {high:.4g}, epochs 1 to {len(logged)}"
    label = f'<text x="{left + MARGIN}" y="{24 + HEIGHT - 10}">{escape(words)}</text>'
    return line(logged, LOGGED) + line(again, AGAIN) + label
