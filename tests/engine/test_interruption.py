"""A batch that is ended at any moment goes on from there, and what was typed meanwhile is not lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_batch_that_is_ended_at_ten_random_moments_ends_as_one_that_is_not() -> None:
    command = [sys.executable, "benchmarks/interruptions.py", "--count", "10", "--submissions", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 ends" in done.stdout
