"""How far a long check has come, on a student's terminal: after pytest's own line, and only while the check runs."""

from __future__ import annotations

import pytest

from grader.pytest_side import compat

# The last columns stay free: pytest may write there, and a full line would wrap.
FREE = 2


class UnderWay:
    """Shows the latest progress of a check. Nothing is shown where pytest does not report on a terminal."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._shown = ""

    def show(self, progress: str) -> None:
        """Show a sentence in place of the one before, and put the cursor back to where pytest writes next."""

        def choose(columns: int) -> str:
            before, self._shown = self._shown, progress and f"  {progress}"[: max(0, columns - FREE)]
            line = self._shown.ljust(len(before))
            return line + "\b" * len(line)

        if progress or self._shown:
            compat.write_past_capture(self._config, choose)

    def clear(self) -> None:
        """Take away what is shown."""
        self.show("")
