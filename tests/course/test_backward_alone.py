"""Backward passes earn their marks where the forward passes are stubs still."""

import json
import subprocess
import sys
from pathlib import Path

from grader.core.outcome import Outcome

ROOT = Path(__file__).parents[2]
STUBS = """

def _not_yet(*arguments):
    raise NotImplementedError("layers")


conv_forward = pool_forward = relu_forward = flatten_forward = linear_forward = _not_yet
"""


def test_a_forward_pass_that_is_not_there_costs_its_own_criteria_alone(tmp_path: Path) -> None:
    solved = (ROOT / "reference" / "layers.py").read_text(encoding="utf-8")
    (tmp_path / "layers.py").write_text(solved + STUBS, encoding="utf-8")
    command = [sys.executable, "-m", "grader", "run", str(tmp_path), "--course", str(ROOT), "--json", "-"]
    command += ["--assignment", "iith-ai5100-2022-hw4", "--only", "layers.*"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    criteria = [each for question in json.loads(done.stdout)["questions"] for each in question["criteria"]]
    lost = {each["id"] for each in criteria if each["outcome"] != Outcome.PASSED}
    assert lost == {
        "layers.convolution.forward", "layers.pooling.forward", "layers.relu.forward", "layers.linear.flatten",
        "layers.linear.forward",
    }  # fmt: skip
