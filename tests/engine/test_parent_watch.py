"""Processes that grade for another do not outlive it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

PARENT_AND_CHILD = """\
import multiprocessing, os, signal, sys, time
from grader.core.parent_watch import end_with_parent

def child():
    end_with_parent()
    try:
        print("at work", flush=True)
        time.sleep(600)
    except KeyboardInterrupt:
        print("in order", flush=True)

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=child)
    process.start()
    while process.is_alive():
        sys.stdin.readline()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_ends_in_order_when_the_one_that_started_it_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT_AND_CHILD, encoding="utf-8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stdout.readline() == "at work\n"
        running.stdin.write("\n")
        running.stdin.flush()
        assert running.stdout.read() == "in order\n"  # ends when the child does, that could still write
    assert running.returncode == -signal.SIGKILL
