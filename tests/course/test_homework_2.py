"""What experiments of homework 2 are made of: the pictures, the run logs, their checks, and oracles for the rest."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailed, Run, run_log
from grader.checks.runs.protocol import conditions, why_outside
from grader.checks.runs.sweeps import assert_grid, assert_measured, assert_one_factor, assert_untested, best

ROOT = Path(__file__).parents[2]
IMAGES = runpy.run_path(str(ROOT / "provided" / "lab" / "images.py"))
RUNLOG = runpy.run_path(str(ROOT / "provided" / "lab" / "runlog.py"))
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
SIZES = {"train": 400, "validation": 200}


@pytest.fixture
def lab() -> Iterator[None]:
    sys.path.append(str(ROOT / "provided"))
    yield
    sys.path.remove(str(ROOT / "provided"))


def logged(name: str) -> tuple[Run, ...]:
    return run_log((ROOT / "reference" / f"sweep_{name}.jsonl").read_text(encoding="utf-8"), MEASURES)


def changed(run: Run, settings: dict[str, Any], **measured: Any) -> Run:
    return Run({**run.settings, **settings}, {**run.measured, **measured})


def test_the_pictures_are_the_same_for_the_same_seed_and_others_in_each_part() -> None:
    shapes = IMAGES["shapes"]
    pictures, classes = shapes("train", 300)
    assert pictures.shape == (300, 32, 32, 3)
    assert pictures.dtype == np.uint8
    assert set(classes.tolist()) == set(range(10)) == set(range(len(IMAGES["CLASSES"])))
    assert np.array_equal(shapes("train", 40)[0], pictures[:40])
    for other in (shapes("validation", 40), shapes("test", 40), shapes("train", 40, seed=1)):
        assert not np.array_equal(other[0], pictures[:40])
    with pytest.raises(ValueError, match="validation"):
        shapes("valid", 1)


def test_pixels_by_themselves_tell_little_of_the_class() -> None:
    (x, y), (x2, y2) = (IMAGES["shapes"](part, 1000) for part in ("train", "validation"))
    a, b = (each.reshape(len(each), -1).astype(float) / 255 - 0.4 for each in (x, x2))
    weights = np.linalg.solve(a.T @ a + 30 * np.eye(a.shape[1]), a.T @ np.eye(10)[y])
    assert 0.1 < np.mean((b @ weights).argmax(axis=1) == y2) < 0.4


def test_a_log_that_was_written_is_read_by_both_sides(tmp_path: Path) -> None:
    log = RUNLOG["RunLog"](tmp_path / "runs" / "one.jsonl")
    for rate in (0.1, 0.2):
        for epoch in (1, 2):
            log.write({"learning_rate": rate}, epoch, **dict.fromkeys(MEASURES, rate / epoch))
    text = (tmp_path / "runs" / "one.jsonl").read_text(encoding="utf-8")
    assert text == log.text
    for own, checked in zip(RUNLOG["read"](text), run_log(text, MEASURES), strict=True):
        assert own.settings == checked.settings
        assert own.epochs == checked.epochs == 2
        assert all(own.measured[name] == checked.measured[name].tolist() for name in MEASURES)


def test_what_is_measured_on_test_samples_is_not_a_setting() -> None:
    log = RUNLOG["RunLog"]()
    for epoch in (1, 2):
        log.write({"seed": 1}, epoch, train_loss=0.5, test_loss=0.7 / epoch, test_accuracy=0.4)
    [run] = RUNLOG["read"](log.text)
    assert run.settings == {"seed": 1}
    assert run.measured["test_loss"] == [0.7, 0.35]


def test_what_would_be_no_log_is_not_written() -> None:
    log = RUNLOG["RunLog"]()
    log.write({"seed": 1}, 1, train_loss=0.7)
    with pytest.raises(ValueError, match="does not follow"):
        log.write({"seed": 1}, 3, train_loss=0.5)
    assert log.text.count("\n") == 1


def test_a_run_that_diverged_can_be_logged() -> None:
    log = RUNLOG["RunLog"]()
    log.write({"seed": 1}, 1, **dict.fromkeys(MEASURES, 0.5))
    log.write({"seed": 1}, 2, **dict.fromkeys(MEASURES, float("nan")))
    [run] = run_log(log.text, MEASURES, diverged=True)
    assert np.isnan(run.measured["train_loss"][1])
    with pytest.raises(CheckFailed, match="finite"):
        run_log(log.text, MEASURES)


def test_the_logs_of_the_reference_can_be_trusted() -> None:
    for name, factor in (("sgd", "learning_rate"), ("adam", "learning_rate"), ("gamma", "gamma")):
        runs = logged(name)
        assert_grid(runs, factor, values=5, epochs=3)
        assert_one_factor(runs, factor)
        for run in runs:
            assert_measured(run, SIZES)
            assert why_outside(Run({**run.settings, **conditions()}, run.measured)) == ""


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda r: assert_grid(r[:4], "learning_rate", values=5), "not complete"),
        (lambda r: assert_grid([*r, r[0]], "learning_rate", values=5), "same learning_rate"),
        (lambda r: assert_one_factor([r[0], changed(r[1], {"batch_size": 7})], "learning_rate"), "more than"),
        (lambda r: assert_measured(changed(r[0], {}, train_accuracy=np.full(6, 0.1234)), SIZES), "not a share"),
        (lambda r: assert_measured(changed(r[0], {}, train_loss=np.linspace(0.1, 0.2, 6)), SIZES), "too small for"),
        (lambda r: assert_untested(json.dumps({"test_loss": 1.0})), "test set"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_log_is_told(spoil: Callable[[Any], None], words: str) -> None:
    with pytest.raises(CheckFailed, match=words):
        spoil(logged("sgd"))


def test_the_best_run_is_that_of_the_reference(reference: Callable[[str], ModuleType]) -> None:
    runs = logged("adam")
    number, epoch = best(runs)
    text = "".join(run.as_text() for run in runs)
    assert reference("selection").choose_run(text) == (dict(runs[number].settings), epoch)


def test_schedules_are_pytorchs(reference: Callable[[str], ModuleType]) -> None:
    torch = pytest.importorskip("torch")
    schedules, scheduler = reference("schedules"), torch.optim.lr_scheduler

    def rates(make: Callable[[Any], Any]) -> list[float]:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
        one, got = make(optimizer), []
        for _ in range(9):
            got.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            one.step()
        return got

    assert schedules.step_rates(0.5, 2, 0.3, 9) == pytest.approx(rates(lambda o: scheduler.StepLR(o, 2, 0.3)))
    cosine = rates(lambda o: scheduler.CosineAnnealingLR(o, 9, 0.01))
    assert schedules.cosine_rates(0.5, 0.01, 9) == pytest.approx(cosine)


@pytest.mark.usefixtures("lab")
def test_the_networks_of_the_reference_agree_with_torchvision_and_themselves(
    reference: Callable[[str], ModuleType],
) -> None:
    torch = pytest.importorskip("torch")
    convnets = reference("convnets")
    torch.manual_seed(0)
    x = torch.rand(4, 3, 32, 32)
    plain, normalised = convnets.ConvNet(), convnets.ConvNetBN()
    state = [
        value for name, value in normalised.state_dict().items() if "running" not in name and "batches" not in name
    ]
    assert sum(each.numel() for each in state) == sum(each.numel() for each in plain.parameters()) + 2 * 112
    assert plain(x).shape == normalised(x).shape == convnets.ShallowNet()(x).shape == (4, 10)
    from lab.datasets import drawn_shapes

    image, label = drawn_shapes("train", 3)[2]
    assert image.shape == (3, 32, 32)
    assert 0 <= float(image.min()) <= float(image.max()) <= 1
    assert label in range(10)
