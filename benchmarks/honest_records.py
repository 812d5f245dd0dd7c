"""Do honest logs come back? Eight networks, recorded under other instructions, threads and hash seeds, then judged.

    python benchmarks/honest_records.py

Prints a line for each way to record: of how many runs the grader's own two agree to the end, which share of all epochs
they leave to be judged, and how far the log lies from the first of them there. A log that does not count is told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks import CheckFailed, LeftToAPerson, Run, Submission, run_log
from grader.checks.asking.channel import plainest
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.submission import exchange_of
from grader.checks.runs.protocol import conditions
from grader.checks.runs.redone import PARTED, Record, assert_done_again, parted
from grader.course.question_spec import QuestionSpec
from grader.pytest_side.inprocess import InProcess

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
EPOCHS = 15
RUNS: dict[str, dict[str, Any]] = {
    "mlp": {"learning_rate": 0.1, "optimizer": "sgd"},
    "deep_tanh": {"learning_rate": 0.03, "optimizer": "adam"},
    "rnn": {"learning_rate": 0.1, "optimizer": "sgd"},
    "batch_norm_of_four": {"learning_rate": 0.05, "optimizer": "sgd", "batch_size": 4},
    "adam_at_a_tenth": {"learning_rate": 0.1, "optimizer": "adam"},
    "sgd_at_one": {"learning_rate": 1.0, "optimizer": "sgd"},
    "momentum_at_the_edge": {"learning_rate": 0.3, "optimizer": "momentum"},
    "dropout_and_augmentation": {"learning_rate": 0.05, "optimizer": "sgd"},
}
WORK = """
import json
import os

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy


class Last(nn.Module):
    def forward(self, pair):
        return pair[0][:, -1]


def network(kind):
    if kind == "deep_tanh":
        layers = [nn.Linear(64, 24)] + [part for _ in range(6) for part in (nn.Tanh(), nn.Linear(24, 24))]
        return nn.Sequential(*layers, nn.Tanh(), nn.Linear(24, 10))
    if kind == "rnn":
        return nn.Sequential(nn.Unflatten(1, (8, 8)), nn.RNN(8, 24, batch_first=True), Last(), nn.Linear(24, 10))
    if kind == "batch_norm_of_four":
        return nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10))
    if kind == "dropout_and_augmentation":
        return nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Dropout(0.3), nn.Linear(48, 10))
    return nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


def samples(count, seed):
    random = np.random.default_rng(seed)
    classes = random.integers(0, 10, count)
    centres = np.random.default_rng(0).normal(size=(10, 64))
    return torch.from_numpy(centres[classes] + 1.5 * random.normal(size=(count, 64))), torch.from_numpy(classes)


def repeat_run(settings, epochs):
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(int(os.environ.get("THREADS", 1)))
    torch.manual_seed(settings["seed"])
    model, (x, y), held_out = network(settings["kind"]), samples(200, 1), samples(150, 2)
    rate = settings["learning_rate"]
    made = {"sgd": lambda p: torch.optim.SGD(p, rate), "momentum": lambda p: torch.optim.SGD(p, rate, momentum=0.9),
            "adam": lambda p: torch.optim.Adam(p, rate)}
    optimizer, lines = made[settings["optimizer"]](model.parameters()), []
    for epoch in range(1, epochs + 1):
        model.train()
        for part in torch.randperm(len(x)).split(settings["batch_size"]):
            inputs = x[part] + 0.1 * torch.randn(len(part), 64) if "augmentation" in settings["kind"] else x[part]
            optimizer.zero_grad()
            cross_entropy(model(inputs), y[part]).backward()
            optimizer.step()
        model.eval()
        line = {**settings, "epoch": epoch}
        for name, (a, b) in {"train": (x, y), "validation": held_out}.items():
            with torch.no_grad():
                scores = model(a)
            line[f"{name}_loss"] = cross_entropy(scores, b).item()
            line[f"{name}_accuracy"] = (scores.argmax(1) == b).sum().item() / len(b)
        lines.append(json.dumps(line) + chr(10))
    return "".join(lines)
"""
AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2", "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL"}  # fmt: skip
AVX512 = {"ATEN_CPU_CAPABILITY": "avx512", "MKL_ENABLE_INSTRUCTIONS": "AVX512", "OPENBLAS_CORETYPE": "SkylakeX"}
INSTRUCTIONS = {"SSE": plainest(), "AVX2": AVX2, "AVX-512": AVX512}


def recorded(folder: Path, variables: Mapping[str, str]) -> str:
    """Return the log of all runs, made in a new process under these variables."""
    stated = {"seed": 3, "batch_size": 20, **conditions()}
    settings = [{**stated, "kind": kind, **run} for kind, run in RUNS.items()]
    code = "import json, sys, work; sys.stdout.writelines(work.repeat_run(s, %d) for s in json.loads(%r))"
    code %= (EPOCHS, json.dumps(settings))
    environment = {**os.environ, **variables}
    made = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=True)
    return made.stdout.decode()


def judged(folder: Path, text: str) -> str:
    """Return how the log ends, and what is left of it to be judged."""
    submission = Submission()
    channel = InProcess(
        folder, ["work.py"], QuestionSpec("work", ("repeat_run",), ("numpy", "torch")), graded_seconds=300
    )
    exchange_of(submission).begin(channel, SubmittedFiles(folder, ()))
    record = Record(_read(text), (text,), ("repeat_run",), _begin, _read, "learning_rate")
    own = []
    for plain in (False, True):
        with submission.elsewhere("repeat_run", plain=plain) as work:
            own.append([record.again(work, run, -1e-10 if plain else 1e-10) for run in record.runs])
    ends = [parted(first, second, PARTED) for first, second in zip(*own, strict=True)]
    apart = [_worst(run, first, end) for run, first, end in zip(record.runs, own[0], ends, strict=True)]
    kept = sum(EPOCHS if end is None else end for end in ends)
    try:
        assert_done_again(submission, record)
        how = "counts"
    except (CheckFailed, LeftToAPerson) as error:
        how = f"{type(error).__name__}: {error}"
    whole = sum(end is None for end in ends)
    share = kept / (EPOCHS * len(ends))
    return f"{whole} of {len(ends)} whole, {share:.0%} of epochs judged, at most {max(apart):.1g} apart there, {how}"


def _worst(run: Run, first: Run, end: int | None) -> float:
    losses = [name for name in run.measured if name.endswith("_loss")]
    apart = [np.abs(run.measured[name][:end] - first.measured[name][:end]) for name in losses]
    return float(np.concatenate(apart).max(initial=0))


def _read(text: Any) -> tuple[Run, ...]:
    return run_log(text, MEASURES, diverged=True)


def _begin(work: Submission, settings: Mapping[str, Any], epochs: int) -> object:
    return work.repeat_run(settings, epochs)


def main() -> None:
    """Record and judge in all ways."""
    ways = [(name, threads, seed) for seed, (name, threads) in enumerate((n, t) for n in INSTRUCTIONS for t in (1, 2))]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "work.py").write_text(WORK, encoding="utf-8")
        for name, threads, seed in ways:
            variables = {**INSTRUCTIONS[name], "THREADS": str(threads), "PYTHONHASHSEED": str(seed)}
            text = recorded(Path(folder), variables)
            sys.stdout.write(f"{name:8} threads {threads}, hash seed {seed}: {judged(Path(folder), text)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
