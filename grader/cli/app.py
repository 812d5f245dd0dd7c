"""The command `grader`, and the only place where exceptions become messages and exit codes.

Exit codes: 0 done · 1 done, but the marks or files are not as required · 2 bad input, rubric or usage · 3 the grader's
own fault · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated

import typer

from grader.cli.edge import show, tell
from grader.cli.once import Commands
from grader.core.errors import GraderFault, GradproofError
from grader.results.result import installed_version


@dataclass
class Settings:
    """Options that precede the command."""

    debug: bool = False


app = Commands(
    name="grader",
    help="Grades neural-network assignments by what the submitted code does.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
# The module in grader/cli/ and the function or group in it, by command. Only the command that runs is imported:
# importing the suites' vocabulary alone takes longer than processing a class that has not changed.
COMMANDS = {
    "new": "new.new",
    "list": "overview.list_assignments",
    "run": "run.run",
    "batch": "batch.batch",
    "publish": "publish.publish",
    "regrade": "regrade.regrade",
    "book": "book.app",
    "roster": "roster.app",
    "leaderboard": "leaderboard.leaderboard",
    "explain": "explain.explain",
    "verify": "verify.verify",
    "check": "check.check",
    "audit": "audit.audit",
    "stubs": "stubs.stubs",
    "allot": "allot.allot",
    "release": "release.release",
    "doctor": "doctor.doctor",
}


def add_commands(arguments: Sequence[str]) -> None:
    """Add the command that the arguments name, or all of them if they name none."""
    named = next((word for word in arguments if not word.startswith("-")), "")
    for name in [named] if named in COMMANDS else COMMANDS:
        module, attribute = COMMANDS[name].split(".")
        command = getattr(import_module(f"grader.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        show(f"gradproof {installed_version('gradproof')}")
        raise typer.Exit


@app.callback()
def before(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback when the grader itself fails.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that precede the command."""
    context.obj.debug = debug


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe or an old console that cannot encode Unicode gets question marks instead of a crash.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    settings = Settings()
    try:
        add_commands(sys.argv[1:])
        app(obj=settings)
    except GraderFault as fault:
        _own_fault(str(fault), settings)
        sys.exit(fault.exit_code)
    except GradproofError as error:
        tell(f"error: {error}", "red")
        if settings.debug:
            tell(traceback.format_exc())
        sys.exit(error.exit_code)
    except Exception as error:
        _own_fault(f"{type(error).__name__}: {error}", settings)
        sys.exit(GraderFault.exit_code)


def _own_fault(message: str, settings: Settings) -> None:
    tell(f"The grader itself failed; no student loses marks because of this.\n{message}", "bold red")
    if settings.debug:
        tell(traceback.format_exc())
    else:
        tell(f"The traceback is in {_kept_traceback()}; `grader --debug …` shows it here.")


def _kept_traceback() -> str:
    handle, path = tempfile.mkstemp(prefix="gradproof-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(traceback.format_exc())
    return path
