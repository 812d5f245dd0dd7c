"""The reference's training beside PyTorch's: same weights, same batches, same losses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "cnn_beside_torch.py"
REDUCED = ["--rounds", "1", "--epochs", "1", "--digits", "6"]  # two batches of up to 50
RULES = ("sgd", "momentum", "rmsprop")


def benchmark(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)


def rows(printed: str) -> dict[tuple[str, str], list[str]]:
    """The cells of the table, by batch size and update rule."""
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in printed.splitlines() if "│" in line]
    return {(size, rule): rest for size, rule, *rest in cells}


def test_the_losses_of_the_first_epoch_are_those_of_pytorch_with_every_rule() -> None:
    done = benchmark(str(SCRIPT), *REDUCED)
    assert done.returncode == 0, done.stderr
    found = rows(done.stdout)
    assert found.keys() == {(size, rule) for size in ("1", "10", "50") for rule in RULES}
    for *_, accuracy, accuracy_of_torch, first, ever in found.values():
        assert accuracy == accuracy_of_torch
        assert float(first) <= float(ever) < 1e-9


def test_a_network_that_learns_otherwise_ends_the_benchmark() -> None:
    # PyTorch adds ε outside the root, as the assignment does; another ε leads elsewhere.
    other = f"import sys; sys.argv = {[str(SCRIPT), *REDUCED]!r}; sys.path.insert(0, {str(SCRIPT.parent)!r})"
    other += "; import cnn_beside_torch as script; rule, _, torchs = script.RULES['rmsprop']"
    other += "; script.RULES['rmsprop'] = (rule, (0.9, 1e-4), torchs); script.main()"
    done = benchmark("-c", other)
    assert done.returncode == 1
    assert ": rmsprop at batch size 1, rmsprop at batch size 10, rmsprop at batch size 50\n" in done.stderr
