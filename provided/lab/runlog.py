"""Run logs: what was measured after each epoch of training runs, written, read and drawn.

A log is text in JSON lines. Each line is an object of a run's settings, whatever words they have, then ``epoch``,
counted from 1, and measures, which are numbers: of a run that diverged also NaN or infinite. An epoch 1 begins a run;
all lines of a run have the same settings. Checks read the same form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["MEASURES", "Run", "RunLog", "curves", "read"]

MEASURES = tuple(f"{part}_{what}" for part in ("train", "validation", "test") for what in ("loss", "accuracy"))
# Okabe and Ito's colours, which colour-blind people can tell apart; in print the marks tell lines apart as well.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000")
_MARKS = "osD^vPX"


@dataclass
class Run:
    """One run: its settings, and each measure as a list with an entry for each epoch."""

    settings: dict[str, Any]
    measured: dict[str, list[float]] = field(default_factory=dict)

    @property
    def epochs(self) -> int:
        """How many epochs were measured."""
        return max(map(len, self.measured.values()), default=0)


class RunLog:
    """Writes a log line by line, so that what was measured stays when a run is interrupted.

    ``log = RunLog("sweep.jsonl")`` begins a new file, or goes on with one that is there if told to `append`;
    ``log.write(settings, epoch, train_loss=…, …)`` adds an epoch, and ``log.text`` is what was written so far.
    Without a path nothing is written but `text`.
    """

    def __init__(self, path: str | Path | None = None, *, append: bool = False) -> None:
        self._path = None if path is None else Path(path)
        kept = self._path is not None and append and self._path.exists()
        self.text = self._path.read_text(encoding="utf-8") if kept and self._path else ""
        self._last: tuple[dict[str, Any], int] = ({}, 0)
        if self._path is not None and not kept:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text("", encoding="utf-8")

    def write(self, settings: Mapping[str, Any], epoch: int, **measures: float) -> None:
        """Add what was measured after an epoch. Raises ValueError for what would be no log."""
        before, last = self._last
        if epoch != 1 and (epoch != last + 1 or dict(settings) != before):
            raise ValueError(f"epoch {epoch} does not follow epoch {last} of a run with these settings")
        numbers = {name: float(value) for name, value in measures.items()}
        line = json.dumps({**settings, "epoch": epoch, **numbers}) + "\n"
        self._last = dict(settings), epoch
        self.text += line
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)


def read(text: str, measures: Sequence[str] = MEASURES) -> list[Run]:
    """Return the runs of a log. Whatever is not one of `measures` is a setting."""
    runs: list[Run] = []
    for line in map(json.loads, text.splitlines()):
        settings = {name: value for name, value in line.items() if name not in ("epoch", *measures)}
        if line["epoch"] == 1:
            runs.append(Run(settings))
        for name in measures:
            if name in line:
                runs[-1].measured.setdefault(name, []).append(line[name])
    return runs


def curves(runs: Sequence[Run], measures: Sequence[str], label: str = "") -> Any:
    """Return a figure of Matplotlib's: axes for each measure, and on them a line for each run against the epoch.

    `label` names the setting by which runs differ, such as ``learning_rate``; lines are called by its value, in a
    legend below.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.5 * len(measures), 3.5), layout="constrained")
    for measure, axes in zip(measures, figure.subplots(1, len(measures), squeeze=False)[0], strict=True):
        for number, run in enumerate(runs):
            values = run.measured[measure]
            look = {"color": _COLOURS[number % len(_COLOURS)], "marker": _MARKS[number % len(_MARKS)], "markersize": 4}
            name = f"{label} {run.settings.get(label, '')}".strip()
            axes.plot(range(1, len(values) + 1), values, label=name, **look)
        axes.set(title=measure.replace("_", " "), xlabel="epoch", ylabel=measure.split("_")[-1])
    if label and runs:
        lines = figure.axes[0].lines
        columns = min(len(lines), 3 * len(measures))
        figure.legend(handles=lines, loc="outside lower center", ncols=columns, fontsize="small")
    return figure
