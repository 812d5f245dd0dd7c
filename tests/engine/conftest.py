"""A course small enough to break on purpose, the command line as a process, a copy of the project, other users."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.worker.confine import removal

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NOBODY = 65534
PATH_FOR_ALL = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])

Command = Callable[..., subprocess.CompletedProcess[str]]
RUBRIC = """\
assignment: tiny
title: Sums
marks: 3
suites:
  public: [tests/public/test_sums.py]
  hidden: [tests/hidden/test_sums.py]
limits: {cpu_seconds: 1, memory_mb: 256}
questions:
  - id: sums.double
    title: (a) Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria:
      - {id: sums.double.value, title: it is twice the number, marks: 1}
  - id: sums.triple
    title: (b) Three times a number
    module: sums
    names: [triple]
    packages: [numpy]
    criteria:
      - {id: sums.triple.value, title: it is three times the number, marks: 2}
"""

SUITE = '''\
from grader.checks import criterion


@criterion("sums.{name}.value")
def test_{name}_of_seven(submission):
    """{name} multiplies seven by {factor}.

    Catches: numbers made up.
    """
    assert submission.{name}(7) == {factor} * 7
'''

REFERENCE = '''\
"""Sums."""


def double(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def triple(number: int) -> int:
    """Return three times the number."""
    return 3 * number
'''


@pytest.fixture(scope="session")
def grader() -> Command:
    """Run `grader …` as a process of its own, with pipes for a terminal."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "grader", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def make_tiny_course(grader: Command) -> Callable[[Path], Path]:
    """Make a whole course of two questions, worth 1 and 2 marks, with its stubs, below a folder."""

    def make(folder: Path) -> Path:
        course = folder / "course"
        files = {
            "rubrics/tiny.yaml": RUBRIC,
            "reference/sums.py": REFERENCE,
            "tests/public/test_sums.py": SUITE.format(name="double", factor=2),
            "tests/hidden/test_sums.py": SUITE.format(name="triple", factor=3),
        }
        for name, text in files.items():
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            (course / name).write_text(text, encoding="utf-8")
        made = grader("stubs", "--course", course)
        assert made.returncode == 0, made.stderr
        return course

    return make


@pytest.fixture
def tiny_course(tmp_path: Path, make_tiny_course: Callable[[Path], Path]) -> Path:
    """The small course, in the test's own folder."""
    return make_tiny_course(tmp_path)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files as git knows them, with the present environment as its .venv."""
    folder = tmp_path_factory.mktemp("checkout") / "gradproof"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent, target_is_directory=True)
    (folder / ".venv" / ".ready").touch()  # or make would install this copy into the present environment
    return folder


@dataclass(frozen=True)
class Person:
    """Who starts the grader: a Python that this user can reach, where it imports from, a folder to work in."""

    user: int
    python: str
    path: str
    folder: Path

    def start(self, program: str, *words: str) -> subprocess.Popen[str]:
        """Start a program beside the tests as this user."""
        variables = {**os.environ, "PYTHONPATH": self.path, "TMPDIR": str(self.folder), "SECRET": "canary"}
        other: dict[str, Any] = {}
        if self.user != os.getuid():
            other = {"user": self.user, "group": self.user, "extra_groups": []}
        return subprocess.Popen(
            [self.python, str(HERE / program), *words], env=variables, cwd="/", text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **other,
        )  # fmt: skip

    @staticmethod
    def ipc() -> list[str]:
        """Return the machine's System V IPC that has no key, as attacks ask for; PostgreSQL has keys."""
        tables = [Path("/proc/sysvipc", name) for name in ("shm", "sem", "msg")]
        rows = [row for path in tables if path.exists() for row in path.read_text().splitlines()[1:]]
        return [row for row in rows if row.split()[0] == "0"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that any user may pass, unlike pytest's own."""
    root = Path(tempfile.mkdtemp(prefix="gradproof-confined-"))
    root.chmod(0o755)
    try:
        yield root
    finally:
        removal.empty(str(root))
        root.rmdir()


@pytest.fixture(scope="module", params=["me", "nobody"])
def person(request: pytest.FixtureRequest, folder: Path) -> Person:
    """This user; and nobody, if this user is root."""
    own = folder / request.param
    own.mkdir(exist_ok=True)
    if request.param == "me":
        own.chmod(0o711)
        return Person(os.getuid(), sys.executable, str(ROOT), own)
    if os.getuid() != 0:
        pytest.skip("only root can become another user, and this user is an ordinary one already")
    os.chown(own, NOBODY, NOBODY)
    other = Person(NOBODY, _python_for_all(folder), PATH_FOR_ALL, own)
    probe = subprocess.run(
        [other.python, "-c", "import numpy, msgpack, packaging, grader"], env={"PYTHONPATH": PATH_FOR_ALL}, user=NOBODY,
        group=NOBODY, extra_groups=[], capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    if probe.returncode:
        pytest.skip(f"the user nobody cannot read this project or what it needs: {probe.stderr[-200:]}")
    return other


@pytest.fixture
def closed_person(folder: Path) -> Person:
    """This user, with a folder that nobody else may pass and a Python that anybody may use."""
    private = folder / "private"
    private.mkdir(mode=0o700)
    return Person(os.getuid(), _python_for_all(folder), PATH_FOR_ALL, private)


def _python_for_all(folder: Path) -> str:
    """Return a Python that anybody can start: this one's files, linked or copied to where all may pass."""
    executable, library = Path(os.path.realpath(sys.executable)), Path(sysconfig.get_path("stdlib"))
    if all(parent.stat().st_mode & 0o001 for parent in [*executable.parents, *library.parents]):
        return str(executable)
    copy = folder / "python"
    if copy.exists():
        return str(copy / "bin" / executable.name)
    names = shutil.ignore_patterns("site-packages", "test", "config-*", "idlelib", "ensurepip", "__pycache__")
    shutil.copytree(library, copy / "lib" / library.name, ignore=names, copy_function=_link_or_copy)
    (copy / "bin").mkdir()
    _link_or_copy(str(executable), str(copy / "bin" / executable.name))
    for shared in library.parent.glob("libpython*.so*"):
        _link_or_copy(os.path.realpath(shared), str(copy / "lib" / shared.name))
    return str(copy / "bin" / executable.name)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
