"""Run logs: measures after each epoch of training runs, as text in JSON lines.

A line is a JSON object with the run's settings (under any names), `epoch`, counted from 1, and measures. An epoch 1
begins a run; all lines of a run have the same settings.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import fail

# Enough for a thousand runs of a hundred epochs each; a much larger log would keep a check busy and help no reader.
BYTES, LINES, RUNS = 16 * 1024 * 1024, 100_000, 2_000
LINE_BYTES = 16 * 1024


@dataclass(frozen=True)
class Run:
    """One run: its settings, and each measure as an array with an entry for each epoch."""

    settings: Mapping[str, Any]
    measured: Mapping[str, NDArray[np.float64]]

    @property
    def epochs(self) -> int:
        """Return how many epochs were recorded."""
        return len(next(iter(self.measured.values())))

    def as_text(self) -> str:
        """Return the run's lines."""
        rows = ({name: float(values[k]) for name, values in self.measured.items()} for k in range(self.epochs))
        return "".join(json.dumps({**self.settings, "epoch": k, **row}) + "\n" for k, row in enumerate(rows, 1))


def run_log(
    text: object, measures: Sequence[str], *, what: str = "the record", diverged: bool = False
) -> tuple[Run, ...]:
    """Return the runs of a log, at least one; each line must have all `measures`, as finite numbers.

    Fails at the first line that is wrong: not a JSON object, a measure that is missing or not a finite number, an epoch
    missing or repeated, settings that change within a run. A measure may be NaN or infinite if runs may have
    `diverged`. A log has a limited size.
    """
    if not isinstance(text, str):
        fail(f"{what} is not a text", f"got: {text!r:.200}")
    lines = [_line(line, f"line {number} of {what}") for number, line in enumerate(_bounded_lines(text, what), 1)]
    if not lines:
        fail(f"{what} is empty")
    for number, line in enumerate(lines, 1):
        _demand_numbers(line, measures, f"line {number} of {what}", diverged=diverged)
    runs = tuple(_run(part, measures, what) for part in _parts(lines, what))
    if len(runs) > RUNS:
        fail(f"{what} contains more than {RUNS} runs", f"got {len(runs)}")
    return runs


def _bounded_lines(text: str, what: str) -> list[str]:
    """Return the lines of a log that does not exceed the limits of a log."""
    if len(text) > BYTES:
        fail(f"{what} is longer than {BYTES >> 20} MiB", f"got {len(text)} characters")
    lines = text.splitlines()
    if len(lines) > LINES:
        fail(f"{what} has more than {LINES} lines", f"got {len(lines)}")
    if longest := next((number for number, line in enumerate(lines, 1) if len(line) > LINE_BYTES), 0):
        fail(f"line {longest} of {what} is longer than {LINE_BYTES >> 10} KiB", f"got: {lines[longest - 1]:.200}")
    return lines


def _line(text: str, where: str) -> dict[str, Any]:
    try:
        line = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        fail(f"{where} is not a JSON object", f"{error}: {text:.200}")
    if not isinstance(line, dict):
        fail(f"{where} is not a JSON object", f"got: {text:.200}")
    return line


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name occurs twice")
    return dict(pairs)


def _demand_numbers(line: Mapping[str, Any], measures: Sequence[str], where: str, *, diverged: bool) -> None:
    for name in ("epoch", *measures):
        if name not in line:
            fail(f"{where} has no {name!r}", f"got: {dict(line)!r:.300}")
        value = line[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        may_diverge = diverged and isinstance(value, float) and name != "epoch"
        if not is_number or not (_is_finite(value) or may_diverge):
            fail(f"{name!r} in {where} is not a finite number", f"got: {value!r:.100}")


def _is_finite(value: float) -> bool:
    """Return whether a number is finite as a float: JSON's integers can be arbitrarily large."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _parts(lines: Sequence[Mapping[str, Any]], what: str) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the lines of each run."""
    part: list[Mapping[str, Any]] = []
    for line in lines:
        if line["epoch"] == 1 and part:
            yield part
            part = []
        part.append(line)
        if line["epoch"] != len(part):
            fail(f"the epochs of a run in {what} do not count up from 1", f"epoch {len(part)}: got {line['epoch']!r}")
    yield part


def _run(lines: Sequence[Mapping[str, Any]], measures: Sequence[str], what: str) -> Run:
    settings = [{name: value for name, value in line.items() if name not in ("epoch", *measures)} for line in lines]
    if any(each != settings[0] for each in settings):
        fail(f"the settings of a run in {what} change from line to line", f"first {settings[0]!r:.300}")
    return Run(settings[0], {name: np.array([line[name] for line in lines], float) for name in measures})
