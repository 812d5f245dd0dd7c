"""README.md promises commands: each of them is run here as it stands, its placeholders filled in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    re.sub(r"\s+#.*$", "", line)
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if line.strip() and not line.startswith("#")
]
ASSIGNMENT = "iith-ai5100-2023-a3"
PLACEHOLDERS = {
    "SUBMISSION": "examples/class/cs23b001_asha.py",
    "CRITERION": "optimizers.momentum.trajectory",
    "INBOX": "inbox",
    "RESULT": "tests/engine/results/0.1.0.json",
    "DIR": "build/out",
    "KIT": "build/kit",
    "COURSE": "build/course",
    "ID": ASSIGNMENT,
}
# CI is `make test`, which runs this test: to run it from here would never end.
RUN_BY_CI = {"make test"}
# The first two are run whole by `make test`; a leaderboard and sheets are matters of other assignments; a folder to
# release into must be new.
INSTEAD = {
    "grader check": "grader check convnets-2020-hw2",
    "grader audit ID": "grader audit ID --question optimizers.sgd --seeds 1",
    "grader leaderboard INBOX --course . --assignment ID --out DIR": (
        "grader leaderboard examples/leaderboard/inbox --course . --assignment rrc-2021-a2 --out build/board"
    ),
    "grader release ID --to DIR --solutions": "grader release ID --to build/solutions --solutions",
    "grader allot ID --list ROLLS --to DIR": "grader allot cs6910-2020-pa2 --list rolls.txt --to build/sheets",
}
# By test_sample_class.py, which reads what comes out, and by test_kit_alone.py in an environment of its own.
RUN_ELSEWHERE = {"make demo", "python -m pip install -r requirements.txt"}
# What the stubs, still untouched, make of pytest: 1, some checks failed; and the notebook draws no picture.
EXIT_CODES = {"pytest": 1, "pytest --question optimizers.momentum": 1, "pytest --submission=work.ipynb": 1}


def filled(command: str) -> str:
    words = [PLACEHOLDERS.get(word, word) for word in INSTEAD.get(command, command).split(" ")]
    return " ".join(words)


@pytest.fixture(scope="module")
def here(checkout: Path) -> Path:
    """The project's files with a small inbox and a list of students."""
    (checkout / "rolls.txt").write_text("cs20b001\n", encoding="utf-8")
    (checkout / "inbox").mkdir()
    for name in ("cs23b001_asha.py", "cs23b004_bharath.ipynb", "cs23b038_kavya.pdf"):
        shutil.copy(ROOT / "examples" / "class" / name, checkout / "inbox" / name)
    return checkout


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit as a student gets it, with somebody's notebook beside it."""
    folder = tmp_path_factory.mktemp("student") / "kit"
    made = run(f"grader release {ASSIGNMENT} --to {folder}", ROOT)
    assert made.returncode == 0, made.stderr
    shutil.copy(ROOT / "examples" / "class" / "cs23b004_bharath.ipynb", folder / "work.ipynb")
    return folder


def run(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        filled(command), shell=True, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_commands_of_the_readme_are_found() -> None:
    assert {"make demo", "make test"} < set(COMMANDS)
    assert len(COMMANDS) == len(set(COMMANDS)) >= 12


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in RUN_BY_CI | RUN_ELSEWHERE])
def test_a_command_of_the_readme_does_what_it_says(here: Path, kit: Path, command: str) -> None:
    done = run(command, kit if command.startswith("pytest") else here)
    assert done.returncode == EXIT_CODES.get(command, 0), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_ci_runs_the_readmes_command_for_the_tests() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make --no-print-directory test")
