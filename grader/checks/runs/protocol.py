"""The conditions under which a run was recorded, and whether it must be reproducible here; lab.protocol writes them."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from grader.checks.asking.submission import Submission
from grader.checks.runs.runlog import Run

SINGLE = "its losses are float32 numbers, which another processor may not reproduce; it would reproduce float64 numbers"


def why_outside(run: Run) -> str:
    """Return why a run need not be reproducible on this machine, or "" if it must be.

    It must be if it says that it was recorded in float64 on a processor of this kind, with the versions that are here.
    """
    losses = [value for name, values in run.measured.items() if name.endswith("_loss") for value in values]
    finite = np.array([value for value in losses if np.isfinite(value)])
    with np.errstate(over="ignore"):
        if finite.size and np.array_equal(finite.astype(np.float32).astype(np.float64), finite):
            return SINGLE
    stated, here = run.settings, conditions()
    missing = [name for name in here if name not in stated and name != "torch"]
    if missing:
        return f"it does not say how it was recorded ({', '.join(missing)})"
    other = [f"{name} {stated[name]!r:.30}" for name in here if name in stated and stated[name] != here[name]]
    return f"it was recorded elsewhere ({', '.join(other)})" if other else ""


def tell_of_log(submission: Submission, runs: Sequence[Run]) -> None:
    """Tell staff what is odd about a log, and what no other log of the class should have in common with it."""
    for why in dict.fromkeys(filter(None, map(why_outside, runs))):
        tell = submission.told.to_student if why == SINGLE else submission.told.to_staff
        tell(f"about the log: {why}")
    if submission.roll is None:
        submission.told.to_staff(
            "no roll number is known: nobody can tell whether the seed of the log is the student's own"
        )
    seeds = dict.fromkeys(repr(run.settings["seed"]) for run in runs if "seed" in run.settings)
    if seeds:
        submission.told.to_compare(f"its runs have the seed {', '.join(seeds):.60}")
    losses = b"".join(values.tobytes() for run in runs for name, values in run.measured.items() if "loss" in name)
    submission.told.to_compare(f"its runs have the losses with the digest {hashlib.sha256(losses).hexdigest()[:12]}")


def conditions() -> dict[str, str]:
    """Return the conditions that a log recorded here would state."""
    versions = {name: _version(name) for name in ("numpy", "torch")}
    return {"dtype": "float64", "device": "cpu", "machine": machine(), **{n: v for n, v in versions.items() if v}}


@cache
def _version(package: str) -> str:
    try:
        return version(package).partition("+")[0]
    except PackageNotFoundError:
        return ""


def machine() -> str:
    """Return the operating system and the kind of processor."""
    kinds = {"amd64": "x86_64", "arm64": "aarch64"}
    processor = platform.machine().lower()
    return f"{platform.system()} {kinds.get(processor, processor)}"
