"""The benchmark's own course grades right, wrong and forged work as its table of marks says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"


def benchmark(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words, "--rounds", "1"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_our_side_of_the_benchmark_gives_every_work_the_marks_that_all_tools_must_give(tmp_path: Path) -> None:
    done = benchmark(str(PEERS), "--only", "gradproof", "--build", str(tmp_path))
    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if "one more in grader batch" in line)
    assert row.split("│")[4].strip() in {"room", "lock"}
    assert row.split("│")[-2].strip() == "no", "a forgery got full marks"


def test_a_tool_that_is_not_there_is_named() -> None:
    done = benchmark(str(PEERS), "--only", "perfect-grader")
    assert done.returncode == 2
    assert "perfect-grader" in done.stderr


def test_marks_that_are_not_those_of_the_table_end_the_benchmark(tmp_path: Path) -> None:
    other_table = (
        f"import sys, runpy; sys.path.insert(0, {str(PEERS)!r}); import works; works.RIGHT.marks['sigmoid'] = 2"
    )
    start = f"runpy.run_path({str(PEERS)!r}, run_name='__main__')"
    done = benchmark("-c", f"{other_table}; {start}", "--only", "gradproof", "--build", str(tmp_path))
    assert done.returncode == 1
    assert "gradproof marks the work 'right'" in done.stderr
