"""docs/authoring.md builds a question in an empty folder: its files are written and its commands run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import grader.checks

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
STEP = re.compile(r"(?:^`(?P<path>[\w./]+)`[^\n]*:\n\n)?^```\w+\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
# The last column of a table is how long it took, and the rule above it as wide as that.
DURATION = re.compile(r" +(s|\d+)$|(?<=─)─+$")


def lines(text: str) -> list[str]:
    """What is shown, but for how long it took, blank lines and blanks at the end."""
    return [DURATION.sub("", line.rstrip()) for line in text.splitlines() if line.strip()]


def as_shown(shown: str) -> str:
    """A pattern for an output: a line with nothing but … stands for any lines, … within a line for any text."""
    pieces = ("(.*\n)*" if line == "…" else f"{re.escape(line)}\n".replace("…", ".*") for line in lines(shown))
    return "".join(pieces)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Every command of the guide with what it says there and what it said here."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "rubrics").mkdir()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    said = []
    for step in STEP.finditer(GUIDE):
        if step["path"]:
            file = folder / step["path"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(step["body"], encoding="utf-8")
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", step["body"], re.MULTILINE):
            done = subprocess.run(
                command, shell=True, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            said.append((command, shown, done.stdout + done.stderr))
    return said


def test_the_guide_goes_from_a_first_course_to_a_proved_entry(followed: list[tuple[str, str, str]]) -> None:
    commands = [command.split()[1] for command, _, _ in followed]
    assert commands == ["new", "check", "audit", "stubs", "check", "audit", "audit", "run"]


def test_every_command_says_what_the_guide_shows(followed: list[tuple[str, str, str]]) -> None:
    for command, shown, said in followed:
        found = "".join(f"{line}\n" for line in lines(said))
        assert re.fullmatch(as_shown(shown), found), f"{command} said:\n{said}"


def test_what_the_guide_names_of_the_checks_is_there() -> None:
    table = GUIDE[GUIDE.index("| in `grader.checks`") :].partition("\n\n")[0]
    names = re.findall(r"`(\w+)`", table)
    assert len(names) > 10
    assert [name for name in names if not hasattr(grader.checks, name)] == []
