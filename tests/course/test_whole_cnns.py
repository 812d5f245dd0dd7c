"""Whole CNNs in three styles that have nothing in common earn all marks, and have the gradient that autograd finds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose

ROOT = Path(__file__).parents[2]
FOLDER = "tests/bank/alternatives/network.whole"
EACH_STYLE = pytest.mark.parametrize("name", ["whole_in_loops", "whole_by_einsum", "whole_by_strided_windows"])
LAYERS_AND_NETWORK = "[ln][ae][yt]*"
Load = Callable[[str], ModuleType]


def outcomes(name: str) -> dict[str, str]:
    """How each criterion of the layers and of the network ends for the whole file, handed in alone."""
    command = [sys.executable, "-m", "grader", "run", ROOT / FOLDER / f"{name}.py", "--course", ROOT]
    command += ["--assignment", "iith-ai5100-2022-hw4", "--only", LAYERS_AND_NETWORK, "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    questions = json.loads(done.stdout)["questions"]
    return {criterion["id"]: criterion["outcome"] for question in questions for criterion in question["criteria"]}


@EACH_STYLE
def test_every_layer_and_the_network_of_a_whole_cnn_earn_their_marks(name: str) -> None:
    ended = outcomes(name)
    assert len(ended) == 21
    assert set(ended.values()) == {"passed"}, ended


@EACH_STYLE
def test_a_whole_cnn_has_the_gradient_that_autograd_finds(name: str, course_module: Load, hidden: Load) -> None:
    import torch
    from torch.nn import functional

    cnn, suite = course_module(f"{FOLDER}/{name}.py"), hidden("test_network")
    (p, x), one_hot = suite.smooth_problem(7, 2), suite.labels(7, 2)
    q = {key: torch.tensor(array, requires_grad=True) for key, array in p.items()}
    images = torch.tensor(x)
    for number in "12":
        z = functional.conv2d(images, q[f"w{number}"], q[f"b{number}"], padding=2)
        images = functional.max_pool2d(functional.relu(z), 2)
    hidden_units = functional.relu(functional.linear(images.flatten(1), q["w3"], q["b3"]))
    loss = functional.cross_entropy(functional.linear(hidden_units, q["w4"], q["b4"]), torch.tensor(one_hot))
    loss.backward()

    logits = cnn.network_logits(p, x, vars(cnn))
    assert_allclose(cnn.softmax_cross_entropy(logits, one_hot), loss.item(), rtol=1e-12)
    gradient = cnn.network_gradient(p, x, one_hot, vars(cnn))
    assert gradient.keys() == q.keys()
    for key, array in gradient.items():
        right = q[key].grad.numpy()
        assert_allclose(array, right, atol=1e-12 * np.abs(right).max())
