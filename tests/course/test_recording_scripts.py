"""The scripts in hand-outs that write a record: they run beside a student's module, and record what is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.checks import Run, run_log
from grader.checks.runs.protocol import why_outside
from grader.course.folder import Course
from grader.kit.handing_in import experiment_words

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
# A student's module, which measures without training.
MODULE = """\
import json
def {name}(settings, epochs, *samples):
    assert not samples or [len(x) == len(y) for x, y in samples] == [True, True]
    return "".join(json.dumps({{**settings, "epoch": k, "loss": 0.1 / k}}) + "\\n" for k in range(1, epochs + 1))
"""
# By assignment: the student's module and function, and by file of the record how many runs differ in which settings.
RECORDS: Mapping[str, tuple[str, str, Mapping[str, tuple[int, set[str]]]]] = {
    "cs6910-2020-pa2": ("decay_record", "repeat_run", {"decay.jsonl": (5, {"weight_decay"})}),
    "convnets-2020-hw2": (
        "sweeps",
        "repeat_run",
        {
            "sweep_sgd.jsonl": (5, {"learning_rate"}),
            "sweep_adam.jsonl": (5, {"learning_rate"}),
            "sweep_gamma.jsonl": (5, {"gamma"}),
        },
    ),
    "iith-ai5100-2022-hw4": ("fifteen_epochs", "repeat_run", {"epochs.jsonl": (3, {"optimizer", "batch_size"})}),
    "rrc-2021-a2": (
        "ablation",
        "run",
        {
            "ablation.jsonl": (
                8,
                {"batch_norm", "depth", "dropout", "output", "pooling", "optimizer", "augmentation"},
            )
        },
    ),
}


def recorded(assignment: str, folder: Path) -> dict[str, tuple[Run, ...]]:
    """Run an assignment's script in a student's folder; return the runs that it has recorded, by file."""
    module, name, files = RECORDS[assignment]
    script = COURSE.rubric(assignment).experiments.recording
    assert script is not None
    (folder / f"{module}.py").write_text(MODULE.format(name=name), encoding="utf-8")
    (folder / "record.py").write_text(script, encoding="utf-8")
    path = os.pathsep.join([str(ROOT / "provided"), *sys.path[1:]])
    subprocess.run([sys.executable, "record.py"], cwd=folder, env={**os.environ, "PYTHONPATH": path}, check=True)
    return {file: run_log((folder / file).read_text(encoding="utf-8"), ["loss"]) for file in files}


@pytest.mark.parametrize("assignment", RECORDS)
def test_a_script_writes_the_record_that_is_asked_for(assignment: str, tmp_path: Path) -> None:
    for file, runs in recorded(assignment, tmp_path).items():
        many, factors = RECORDS[assignment][2][file]
        assert len(runs) == many
        texts = [{name: json.dumps(value) for name, value in run.settings.items()} for run in runs]
        assert {name for text in texts for name in text if text[name] != texts[0][name]} == factors
        assert all(run.epochs >= 3 and "seed" in run.settings and not why_outside(run) for run in runs)


def test_every_assignment_with_a_record_shows_its_script() -> None:
    for assignment in COURSE.assignments():
        rubric = COURSE.rubric(assignment)
        page = "\n".join(experiment_words(rubric.experiments, {"py"}))
        assert ("**The record that you hand in**" in page) == (assignment in RECORDS)
        asks = any("_log" in name for question in rubric.questions for name in question.names)
        assert asks == (assignment in RECORDS)
