"""Run logs: as large as a record can be, and no larger."""

from __future__ import annotations

import json

import pytest

from grader.checks import CheckFailed, run_log
from grader.checks.runs import runlog
from grader.checks.runs.sweeps import assert_grid


def line(number: int, epoch: int = 1, **more: object) -> str:
    return json.dumps({"rate": number, "epoch": epoch, "loss": 0.5, **more}) + "\n"


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (line(1) + "\n" * runlog.BYTES, "longer than 16 MiB"),
        (line(1) + "\n" * runlog.LINES, "more than 100000 lines"),
        (line(1) + line(2, note="x" * runlog.LINE_BYTES), "line 2 of the record is longer than 16 KiB"),
        ("".join(map(line, range(runlog.RUNS + 1))), "more than 2000 runs"),
    ],
)
def test_a_log_that_is_larger_than_any_record_is_refused_with_its_bound(log: str, said: str) -> None:
    with pytest.raises(CheckFailed, match=said):
        run_log(log, ["loss"])


def test_a_sweep_whose_runs_are_all_the_same_says_nothing_of_its_factor() -> None:
    def runs(*losses: float) -> tuple[runlog.Run, ...]:
        rows = [{"gamma": k, "epoch": e, "loss": loss} for k, loss in enumerate(losses) for e in (1, 2)]
        return run_log("\n".join(map(json.dumps, rows)), ["loss"], diverged=True)

    assert_grid(runs(1.0, 1.0, 2.0), "gamma", values=3)
    assert_grid(runs(float("nan"), float("nan"), float("nan")), "gamma", values=3)
    with pytest.raises(CheckFailed, match="the runs are the same whatever their gamma"):
        assert_grid(runs(1.0, 1.0, 1.0), "gamma", values=3)


def test_a_thousand_runs_of_fifty_epochs_are_taken() -> None:
    log = "".join(line(run, epoch) for run in range(1000) for epoch in range(1, 51))
    runs = run_log(log, ["loss"])
    assert (len(runs), {run.epochs for run in runs}) == (1000, {50})
