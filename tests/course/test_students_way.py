"""A student's way with a record, from the kit alone: solve, record, check, hand in, and what marks come of it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WAY = Path(__file__).parent / "way"


def command(*words: object, folder: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("assignment", "question", "module", "name", "student", "marks"),
    [
        ("cs6910-2020-pa2", "decay.record", "decay_record", "CS20B042_PA2", "cs20b042", "2"),
        ("convnets-2020-hw2", "experiments.sweeps", "sweeps", "AI22MTECH14005", "ai22mtech14005", "6"),
    ],
)
def test_a_record_made_from_the_kit_earns_its_marks(
    assignment: str, question: str, module: str, name: str, student: str, marks: str, tmp_path: Path
) -> None:
    if module == "sweeps":
        pytest.importorskip("torch")
    kit, inbox, out = tmp_path / "kit", tmp_path / "inbox", tmp_path / "out"
    command("-m", "grader", "release", assignment, "--to", kit, "--course", ROOT, folder=tmp_path)
    work = kit / "student"
    shutil.copy(WAY / f"{module}.py", work)
    command(f"{module}.py", folder=work, PYTHONPATH=os.pathsep.join(["../provided", *sys.path[1:]]))
    said = command("-m", "pytest", "-q", "--question", question, folder=kit)
    assert f"{marks} / {marks}" in said
    assert "all of these pass" in said
    inbox.mkdir()
    with zipfile.ZipFile(inbox / f"{name}.zip", "w") as archive:
        for file in sorted(work.iterdir()):
            if file.is_file():
                archive.write(file, f"student/{file.name}")
    command(
        "-m", "grader", "batch", inbox, "--course", ROOT, "-a", assignment, "--only", question, "--out", out, "-j", "1",
        folder=tmp_path,
    )  # fmt: skip
    with (out / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["student"], row["marks"], row["complete"], row["remark"]) == (student, marks, "yes", "")
