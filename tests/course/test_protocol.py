"""The protocol of recorded runs: what students write with lab.protocol is what checks read."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from grader.checks import Run
from grader.checks.runs.protocol import SINGLE, conditions, why_outside
from grader.course.folder import Course
from grader.intake.identify import roll_number

PROTOCOL = runpy.run_path(str(Path(__file__).parents[2] / "provided" / "lab" / "protocol.py"))


def run(losses: list[float], **settings: str) -> Run:
    return Run(settings, {"train_loss": np.array(losses), "train_accuracy": np.full(len(losses), 0.5)})


def test_what_lab_writes_is_what_checks_expect() -> None:
    pytest.importorskip("torch")
    assert PROTOCOL["conditions"]() == conditions()
    assert why_outside(run([1.1, 1.01], **PROTOCOL["conditions"]())) == ""


@pytest.mark.parametrize("name", ["dtype", "device", "machine", "numpy", "torch"])
def test_other_conditions_are_told(name: str) -> None:
    pytest.importorskip("torch")
    assert name in why_outside(run([1.1], **{**conditions(), name: "another"}))


def test_a_log_from_before_the_protocol_is_outside_and_one_without_torch_is_not() -> None:
    assert "dtype" in why_outside(run([1.1]))
    assert why_outside(run([1.1], **{k: v for k, v in conditions().items() if k != "torch"})) == ""


def test_single_precision_is_seen_in_the_numbers() -> None:
    assert why_outside(run([float(np.float32(1.1))], **conditions())) == SINGLE
    assert why_outside(run([float(np.float32(1.1)), 1.1], **conditions())) == ""


def test_a_seed_is_that_of_a_roll_number_however_it_is_typed() -> None:
    seed_for = PROTOCOL["seed_for"]
    assert seed_for("cs21b042") == seed_for(" CS21 B042 ") != seed_for("CS21B043")
    assert 0 <= seed_for("CS21B042") < 2**31


def test_dtype_algorithms_and_threads_are_restored_and_numbers_come_again() -> None:
    torch = pytest.importorskip("torch")
    before = torch.get_default_dtype(), torch.are_deterministic_algorithms_enabled(), torch.get_num_threads()

    def drawn() -> tuple[object, ...]:
        with PROTOCOL["reproducible"](7):
            assert torch.zeros(1).dtype is torch.float64
            return torch.rand(3).tolist(), np.random.random(3).tolist()

    assert drawn() == drawn()
    assert before == (torch.get_default_dtype(), torch.are_deterministic_algorithms_enabled(), torch.get_num_threads())


@pytest.mark.parametrize("assignment", ["iith-ai5100-2022-hw4", "convnets-2020-hw2", "cs6910-2020-pa2", "rrc-2021-a2"])
def test_the_roll_number_is_known_wherever_runs_are_recorded(assignment: str) -> None:
    pattern = Course.find(Path(__file__).parents[2]).rubric(assignment).submissions.name
    name = "CS21B042_PA2" if assignment == "cs6910-2020-pa2" else "CS21B042"
    assert roll_number([name], pattern) == "cs21b042"
    assert PROTOCOL["seed_for"]("cs21b042") == PROTOCOL["seed_for"]("CS21B042")


@pytest.mark.parametrize("assignment", ["iith-ai5100-2022-hw4", "convnets-2020-hw2"])
def test_names_around_a_roll_number_and_names_without_one_are_taken(assignment: str) -> None:
    pattern = Course.find(Path(__file__).parents[2]).rubric(assignment).submissions.name
    assert roll_number(["hw_AI22MTECH14005-final.ipynb"], pattern) == "ai22mtech14005"
    assert roll_number(["ada"], pattern) is None
