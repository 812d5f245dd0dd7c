"""Everything that is known about one check, for staff: inputs, expected values, tracebacks, output."""

from __future__ import annotations

from textwrap import indent

from rich.text import Text

from grader.core.outcome import CheckResult
from grader.report.text import outcome_words, plain
from grader.results.feedback import feedback_text


def evidence(ended: CheckResult) -> Text:
    """Return how one check ended and everything that was found, hidden inputs included."""
    check = ended.check
    about = f" ({check.visibility}, weight {check.weight})\n"
    found = feedback_text(ended, staff=True)
    catches = f"Meant to catch: {check.catches}" if check.catches else ""
    said = "\n".join(filter(None, [catches, found]))
    return Text.assemble(plain(check.id, "bold"), ": ", outcome_words(ended.outcome), about, plain(indent(said, "  ")))
