"""The command `grader`, and the one place where exceptions become messages and exit codes.

Exit codes: 0 done · 1 done, and the marks or files are not as asked · 2 bad input, rubric or usage
· 3 the grader's own fault · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from typing import Annotated

import typer

from grader.cli import (
    allot,
    audit,
    batch,
    check,
    doctor,
    explain,
    leaderboard,
    new,
    overview,
    release,
    run,
    stubs,
    verify,
)
from grader.cli.edge import tell
from grader.cli.once import Commands
from grader.errors import GraderFault, GradproofError


@dataclass
class Settings:
    """Options that stand before the command."""

    debug: bool = False


app = Commands(
    name="grader",
    help="Grades neural-network assignments by what the submitted code does.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("new")(new.new)
app.command("list")(overview.list_assignments)
app.command("run")(run.run)
app.command("batch")(batch.batch)
app.command("leaderboard")(leaderboard.leaderboard)
app.command("explain")(explain.explain)
app.command("verify")(verify.verify)
app.command("check")(check.check)
app.command("audit")(audit.audit)
app.command("stubs")(stubs.stubs)
app.command("allot")(allot.allot)
app.command("release")(release.release)
app.command("doctor")(doctor.doctor)


@app.callback()
def before(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback when the grader itself fails.")] = False,
) -> None:
    """Take the options that stand before the command."""
    context.obj.debug = debug


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe or an old console that knows no Unicode gets question marks, not a crash.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    settings = Settings()
    try:
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
    tell(f"The grader itself failed; no student loses marks by it.\n{message}", "bold red")
    if settings.debug:
        tell(traceback.format_exc())
    else:
        tell(f"The traceback is in {_kept_traceback()}; `grader --debug …` shows it here.")


def _kept_traceback() -> str:
    handle, path = tempfile.mkstemp(prefix="gradproof-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(traceback.format_exc())
    return path
