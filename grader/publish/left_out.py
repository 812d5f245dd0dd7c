"""Whose marks are not published, and why: for the terminal, and as a table with everybody."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from grader.core.spreadsheet import inert_csv
from grader.core.text import counted
from grader.publish.outgoing import OPEN, WHAT_TO_DO, Left, Outgoing, Reason
from grader.report.console import table
from grader.report.text import plain

_NAMED = 6
_SHOWN = 3


def left_out_table(outgoing: Outgoing) -> Table:
    """Return a table of the reasons: how many, why, what to do, and who. What the platform would skip comes first."""
    shown = table(plain("Left out"))
    shown.add_column("", justify="right", no_wrap=True)
    shown.add_column("why, and what to do", ratio=3)
    shown.add_column("who", ratio=2)
    for reason in sorted(Reason, key=lambda reason: reason in OPEN):
        those = [one for one in outgoing.left if one.reason is reason]
        if those:
            why = Text.assemble(
                plain(reason.value, "" if reason in OPEN else "red"), "\n", plain(WHAT_TO_DO[reason], "dim")
            )
            shown.add_row(str(len(those)), why, plain(_who(those)))
    return shown


def left_out_csv(left: Sequence[Left]) -> str:
    """Return a table with a row for each mark that is left out."""
    rows = (
        [
            one.student.person.id,
            one.student.person.name,
            one.student.total,
            one.reason,
            one.detail,
            WHAT_TO_DO[one.reason],
        ]
        for one in left
    )
    return inert_csv([["id", "name", "marks", "why", "found", "what_to_do"], *rows], {0})


def sent_words(outgoing: Outgoing, platform: str) -> str:
    """Return how many marks are published, e.g. ``38 marks for Moodle: 30 new, 6 changed, 2 already there``."""
    kinds = {
        "new": [one for one in outgoing.sent if one.is_new and not one.before],
        "changed": [one for one in outgoing.sent if one.is_new and one.before],
        "already there": [one for one in outgoing.sent if not one.is_new],
    }
    parts = ", ".join(f"{len(those)} {kind}" for kind, those in kinds.items() if those)
    return f"{counted(len(outgoing.sent), 'mark')} for {platform}" + (f": {parts}" if parts else "")


def others_words(outgoing: Outgoing) -> str:
    """Return for whom the platform's file has rows that stay as they are, or ""."""
    if not outgoing.others:
        return ""
    named = ", ".join(outgoing.others[:_SHOWN]) + (" …" if outgoing.others[_SHOWN:] else "")
    return f"{counted(len(outgoing.others), 'row')} of people who are not known here: {named}"


def _who(those: Sequence[Left]) -> str:
    told = [f"{one.student.label}{f': {one.detail}' if one.detail else ''}" for one in those[:_NAMED]]
    return "\n".join([*told, *([f"and {len(those) - _NAMED} more"] if those[_NAMED:] else [])])
