"""The lines that reproduce a failed public check run as they are, beside the student's work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.course.bank import load_bank, overlaid
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.grading.session import Grader, opened_grader
from grader.pytest_side.snippet import NO_PYTHON, TOO_LARGE

ROOT = Path(__file__).parents[2]
# Mistakes of the bank, and a criterion that each loses to a public check: models of the check's and of the student's
# own, what trains them, tensors, large images; arrays, numbers, and slopes that are called back.
MISTAKES = {
    "convnets-2020-hw2": {
        "training.loop/not_moved": "training.loop.device",
        "training.loop/scheduler_never": "training.loop.scheduler",
        "maps.saliency/channels_summed": "maps.saliency.values",
        "shallow.module/one_layer_more": "shallow.module.function",
        "correlation.forward/convolution": "correlation.forward.direction",
        "counting.dense/macs_for_operations": "counting.dense.operations",
    },
    "iith-ai5100-2023-a3": {"optimizers.momentum/uphill": "optimizers.momentum.*"},
}
# Each file in its own folder, one after the other: importing torch takes its time. Only what the lines lack is told.
RUN = """\
import runpy, sys, traceback
for name in sys.argv[1:]:
    before, sys.path[0] = set(sys.modules), name.rpartition("/")[0]
    try:
        runpy.run_path(name)
    except (NameError, SyntaxError, ImportError, AttributeError):
        traceback.print_exc()
    except Exception as error:
        print("the student's own", error)
    for module in set(sys.modules) - before:
        if (getattr(sys.modules[module], "__file__", None) or "").startswith(sys.path[0]):
            del sys.modules[module]
"""


@pytest.mark.parametrize("assignment", MISTAKES)
def test_the_lines_of_a_failed_public_check_run_beside_the_work(assignment: str, tmp_path: Path) -> None:
    course = Course.find(ROOT)
    rubric = course.rubric(assignment)
    if any("torch" in question.packages for question in rubric.questions):
        pytest.importorskip("torch")
    works = _handed_in(course, rubric, MISTAKES[assignment], tmp_path)

    def lines_of_all(grader: Grader) -> list[Path]:
        found = []
        for name, criterion in MISTAKES[assignment].items():
            fault = grader.narrowed(criterion).first_fault(works[name])
            assert fault is not None, name
            assert fault.check.visibility == "public", name
            snippet = fault.feedback.snippet
            assert snippet, name
            assert TOO_LARGE not in snippet, name
            assert NO_PYTHON not in snippet, name
            found.append(works[name] / "lines_to_run.py")
            found[-1].write_text(snippet, encoding="utf-8")
        return found

    with opened_grader(course, rubric, isolation="process") as grader:
        files = lines_of_all(grader)
    path = os.pathsep.join(map(str, (ROOT, ROOT / "provided")))
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, files)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": path},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr


def _handed_in(course: Course, rubric: Rubric, mistakes: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Return a folder with the module of each mistake of the bank."""
    entries = {entry.name: entry for entry in load_bank(course, rubric).misconceptions}
    made = {}
    for number, name in enumerate(mistakes):
        question = next(each for each in rubric.questions if each.id == entries[name].question)
        made[name] = folder / f"work{number}"
        made[name].mkdir()
        source = overlaid(course, question, entries[name].source)
        (made[name] / f"{question.module}.py").write_text(source, encoding="utf-8")
    return made
