"""All that is known of one check, for staff: inputs, expected values, tracebacks, output."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from grader.outcome import CheckResult
from grader.render.text import outcome_words, plain


def evidence(ended: CheckResult) -> RenderableType:
    """Return how one check ended and everything that was found, hidden inputs included."""
    check, said = ended.check, ended.feedback
    heading = Text.assemble(
        plain(check.id, "bold"), ": ", outcome_words(ended.outcome), f" ({check.visibility}, weight {check.weight})"
    )
    parts = (
        ("asked", said.asked or check.asked),
        ("is there to catch", check.catches),
        ("what went wrong", said.kind),
        ("misconception", said.misconception),
        ("student's line", said.student_line),
        ("input, expected and got", said.detail),
        ("reproduce it", said.snippet),
        ("traceback", said.traceback),
        ("printed", said.printed),
    )
    return Group(heading, *(_part(title, text) for title, text in parts if text), "")


def _part(title: str, text: str) -> RenderableType:
    if "\n" not in text.strip():
        return Padding(Text.assemble(f"{title}: ", plain(text.strip())), (0, 0, 0, 2))
    return Padding(Group(f"{title}:", Padding(plain(text.rstrip()), (0, 0, 0, 2))), (0, 0, 0, 2))
