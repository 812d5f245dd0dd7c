"""A process that has imported everything a run needs, and waits to check what is saved next without delay.

Each is used only once, so that nothing of a student's code outlives its run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

# A debugger in that process has no terminal to read from.
_ENVIRONMENT = {"PYTHONBREAKPOINT": "0"}
# pytest warns of plugins that were imported before it could rewrite their assertions.
_QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


class PreparedRun:
    """A future run of pytest, in a process of its own."""

    def __init__(self, packages: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grader.pytest_side.prepared", *packages],
            stdin=subprocess.PIPE, env={**os.environ, **_ENVIRONMENT},
        )  # fmt: skip

    def go(self, arguments: Sequence[str]) -> int:
        """Run pytest with these arguments; return its exit code."""
        with suppress(BrokenPipeError):  # it has exited by itself, and said why
            self._process.communicate(json.dumps([*arguments]).encode())
        return self._process.wait()

    def end(self) -> None:
        """End the process, whether its run has begun or not."""
        self._process.kill()
        self._process.wait()


def main() -> int:
    """Import packages, wait for the arguments of pytest on standard input until it is closed, and run it."""
    try:
        import pytest

        from grader.pytest_side import at_desk, summary  # noqa: F401
        from grader.worker.forking.preload import preload

        preload(sys.argv[1:])
        asked = sys.stdin.read()
    except KeyboardInterrupt:  # Ctrl+C reaches this process too
        return 0
    return pytest.main([*json.loads(asked), *_QUIET]) if asked else 0


if __name__ == "__main__":
    sys.exit(main())
