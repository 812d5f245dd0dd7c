"""Whether an ablation changes one factor at a time, in a run log whose first run is the baseline."""

from __future__ import annotations

import json
from collections.abc import Sequence

from grader.checks.asking.failing import fail
from grader.checks.runs.runlog import Run

_AT_ONCE = "Two things are changed at once: change one, and keep everything else as it is."
_NOTHING = "A run is the baseline once more: it says nothing of any factor."


def without_tests(log: object) -> object:
    """Return a log without test measures, so that these cost only the criterion about them.

    Anything that is not a log is returned as it is: `run_log` says why.
    """
    try:
        lines = [json.loads(line) for line in log.splitlines()] if isinstance(log, str) else []
    except (ValueError, RecursionError):
        return log
    if not lines or not all(isinstance(line, dict) for line in lines):
        return log
    kept = ({name: value for name, value in line.items() if not name.startswith("test")} for line in lines)
    return "".join(json.dumps(line) + "\n" for line in kept)


def changed(baseline: Run, run: Run) -> list[str]:
    """Return the names of the settings in which a run differs from the baseline, sorted."""
    names = sorted(baseline.settings.keys() | run.settings.keys())
    return [name for name in names if baseline.settings.get(name) != run.settings.get(name)]


def assert_one_at_a_time(runs: Sequence[Run], factors: Sequence[str]) -> None:
    """Fail unless each run after the first differs from it in exactly one setting, which is one of the factors."""
    for number, run in enumerate(runs[1:], 2):
        names = changed(runs[0], run)
        if not names:
            fail("a run has the settings of the baseline, which is the first run", f"run {number}", _NOTHING)
        if len(names) > 1:
            told = f"run {number} differs from run 1 in {', '.join(names)}"
            fail("a run differs from the baseline, the first run, in more than one setting", told, _AT_ONCE)
        if names[0] not in factors:
            fail("a run changes something that is not a factor of the ablation", f"run {number} changes {names[0]}")


def assert_all_factors(runs: Sequence[Run], factors: Sequence[str]) -> None:
    """Fail unless the baseline gives a value for each factor, and some run changes it."""
    unsaid = [name for name in factors if any(name not in run.settings for run in runs)]
    if unsaid:
        fail("a run does not give the value of a factor", f"missing: {', '.join(unsaid)}")
    never = [name for name in factors if all(name not in changed(runs[0], run) for run in runs[1:])]
    if never:
        missing = "A factor is missing: no run changes it."
        fail("the ablation is not complete: no run changes one of the factors", f"missing: {', '.join(never)}", missing)
