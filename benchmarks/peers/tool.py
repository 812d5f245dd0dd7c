"""A tool that grades, as this benchmark sees it, and the environment that a peer runs in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from functools import cached_property
from pathlib import Path

from works import Marks, Work

BUILD = Path(__file__).resolve().parents[2] / "build" / "peers"
REQUIREMENTS = Path(__file__).with_name("requirements")
INSTALL_SECONDS = 1200
GRADE_SECONDS = 300


class NotMeasured(Exception):
    """A tool cannot be installed, set up or run here; the message says why."""


class Tool(ABC):
    """Grades submissions one by one. Only `grade` is timed."""

    name: str
    how: str
    jailed = "no"

    def __init__(self, build: Path) -> None:
        self.folder = build / self.name

    @property
    @abstractmethod
    def version(self) -> str:
        """The version measured."""

    @abstractmethod
    def set_up(self) -> None:
        """Make ready what exists once for an assignment. Raises NotMeasured."""

    @abstractmethod
    def hand_in(self, work: Work, label: str) -> Path:
        """Lay a submission where the tool takes it from, under a name of its own, and return that place."""

    @abstractmethod
    def grade(self, place: Path) -> None:
        """Grade one submission, up to its marks on disk. Raises NotMeasured."""

    @abstractmethod
    def marks(self, place: Path) -> Marks:
        """Return the marks by function that the tool gave."""

    def close(self) -> None:  # noqa: B027 (most tools leave nothing running)
        """End what is still running."""


class Peer(Tool):
    """A tool in an environment of its own, made by pip from a file of pinned versions and kept between runs."""

    @property
    def work(self) -> Path:
        """The folder for what one run makes."""
        return self.folder / "work"

    @cached_property
    def environment(self) -> dict[str, str]:
        """The variables its commands run with: nothing of ours, and a home of its own."""
        foreign = ("PYTHON", "PYTEST", "JUPYTER", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        binaries = self.folder / "venv" / "bin"
        own = {"PATH": f"{binaries}{os.pathsep}{kept.get('PATH', '')}", "HOME": str(self.folder / "home")}
        return {**kept, **own, "JUPYTER_PLATFORM_DIRS": "1"}

    @property
    def version(self) -> str:
        lines = (REQUIREMENTS / f"{self.name}.txt").read_text().splitlines()
        return next(line.partition("==")[2] for line in lines if line.startswith(f"{self.name}=="))

    def set_up(self) -> None:
        self.install()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.prepare()

    def prepare(self) -> None:
        """Make ready what exists once for an assignment, in an empty folder `work`."""

    def install(self) -> None:
        """Make the environment, unless it is there and as its requirements say."""
        wanted = REQUIREMENTS / f"{self.name}.txt"
        stamp = self.folder / "installed.txt"
        if stamp.is_file() and stamp.read_text() == wanted.read_text():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "home").mkdir(parents=True)
        print(f"Installing {self.name} {self.version} …", file=sys.stderr)
        self.run(sys.executable, "-m", "venv", "venv", cwd=self.folder, seconds=INSTALL_SECONDS)
        pip = ("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        self.run(*pip, "-r", str(wanted), cwd=self.folder, seconds=INSTALL_SECONDS)
        shutil.copy(wanted, stamp)

    def run(self, *command: str, cwd: Path, seconds: float = GRADE_SECONDS, statuses: tuple[int, ...] = (0,)) -> str:
        """Run a command of the environment and return what it printed. Raises NotMeasured if it fails."""
        binary = self.folder / "venv" / "bin" / command[0]
        words = [str(binary) if binary.exists() else command[0], *command[1:]]
        try:
            done = subprocess.run(
                words, check=False, cwd=cwd, env=self.environment, timeout=seconds,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotMeasured(f"{command[0]}: {error}") from error
        if done.returncode not in statuses:
            said = done.stdout.strip().splitlines() or [""]
            raise NotMeasured(f"{' '.join(command[:3])}… ended with {done.returncode}: {said[-1]}")
        return done.stdout


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write files by name below a folder, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
