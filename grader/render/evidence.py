"""All that is known of one check, for staff: inputs, expected values, tracebacks, output."""

from __future__ import annotations

from textwrap import indent

from rich.text import Text

from grader.feedback import feedback_text
from grader.outcome import CheckResult
from grader.render.text import outcome_words, plain


def evidence(ended: CheckResult) -> Text:
    """Return how one check ended and everything that was found, hidden inputs included."""
    check = ended.check
    about = f" ({check.visibility}, weight {check.weight})\n"
    found = feedback_text(ended, staff=True)
    catches = f"It is there to catch: {check.catches}" if check.catches else ""
    said = "\n".join(filter(None, [catches, found]))
    return Text.assemble(plain(check.id, "bold"), ": ", outcome_words(ended.outcome), about, plain(indent(said, "  ")))
