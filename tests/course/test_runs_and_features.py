"""Run logs, the provided digits, and how far an embedding is trusted: against what others say of the same."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from grader.checks import CheckFailed, Run, run_log

ROOT = Path(__file__).parents[2]
Load = Callable[[str], ModuleType]
LINE = {"optimizer": "sgd", "seed": 1, "epoch": 1, "loss": 2.5, "accuracy": 1}


def lines(*changes: dict[str, object]) -> str:
    return "".join(json.dumps(LINE | change) + "\n" for change in changes)


def test_a_log_of_two_runs_is_read_as_two_runs() -> None:
    text = lines({}, {"epoch": 2, "loss": 2}, {"optimizer": "momentum"})
    first, second = run_log(text, ("loss", "accuracy"))
    assert first.settings == {"optimizer": "sgd", "seed": 1}
    assert first.measured["loss"].tolist() == [2.5, 2.0]
    assert (first.epochs, second.epochs) == (2, 1)
    assert second.settings["optimizer"] == "momentum"


def test_what_a_run_writes_is_read_back() -> None:
    run = Run({"optimizer": "sgd"}, {"loss": np.array([1 / 3, 0.1])})
    [again] = run_log(run.as_text(), ("loss",))
    assert again.settings == run.settings
    assert again.measured["loss"].tolist() == run.measured["loss"].tolist()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (None, "the record is not a text"),
        ("", "the record is empty"),
        ("3\n", "line 1 of the record is not a JSON object"),
        (lines({}) + "{\n", "line 2 of the record is not a JSON object"),
        ('{"epoch": 1, "epoch": 1, "loss": 1, "accuracy": 1}\n', "line 1 of the record is not a JSON object"),
        ("[" * 10_000, "line 1 of the record is not a JSON object"),
        ("[" * 100_000, "line 1 of the record is longer than 16 KiB"),
        ('{"epoch": 1, "loss": NaN, "accuracy": 1}\n', "'loss' in line 1 of the record is not a finite number"),
        (lines({"loss": 10**400}), "'loss' in line 1 of the record is not a finite number"),
        (lines({"epoch": 10**400}), "'epoch' in line 1 of the record is not a finite number"),
        (lines({"loss": "2.5"}), "'loss' in line 1 of the record is not a finite number"),
        (lines({"accuracy": True}), "'accuracy' in line 1 of the record is not a finite number"),
        ('{"epoch": 1, "loss": 1}\n', "line 1 of the record has no 'accuracy'"),
        (lines({"epoch": 2}), "the epochs of a run in the record do not count up from 1"),
        (lines({}, {"epoch": 3}), "the epochs of a run in the record do not count up from 1"),
        (lines({}, {"epoch": 2, "seed": 2}), "the settings of a run in the record change from line to line"),
    ],
)
def test_a_log_that_is_wrong_is_refused_with_its_line(text: object, kind: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        run_log(text, ("loss", "accuracy"))
    assert caught.value.kind == kind


@pytest.mark.parametrize("seed", range(4))
def test_trustworthiness_is_that_of_scikit_learn(hidden: Load, seed: int) -> None:
    of_embedding = hidden("test_embedding")
    features, _ = of_embedding.in_groups(seed)
    random = np.random.default_rng(seed)
    for points in (features[:, :2], random.normal(size=(len(features), 2)), features @ random.normal(size=(49, 2))):
        for neighbours in (1, 4, 9):
            ours = of_embedding.trustworthiness(features, points, neighbours)
            assert ours == pytest.approx(trustworthiness(features, points, n_neighbors=neighbours), abs=1e-12)


def test_no_projection_is_trusted_and_t_sne_is(hidden: Load, reference: Load) -> None:
    of_embedding, embedding = hidden("test_embedding"), reference("embedding")
    features, _ = of_embedding.in_groups(1)
    centred = features - features.mean(axis=0)
    projected = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
    assert of_embedding.trustworthiness(features, projected, 4) < of_embedding.LEAST - 0.04
    embedded = embedding.embed(features, 1).astype(float)
    assert of_embedding.trustworthiness(features, embedded, 4) > of_embedding.LEAST + 0.04


def test_the_lent_digits_are_as_torchvision_would_give_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "provided")
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        monkeypatch.delitem(sys.modules, name)
    datasets, transforms = (importlib.import_module(f"torchvision.{name}") for name in ("datasets", "transforms"))
    for train, each in ((True, 100), (False, 10)):
        digits = datasets.MNIST("anywhere", train=train, download=True)
        assert len(digits) == 10 * each
        assert np.bincount(digits.targets.numpy()).tolist() == [each] * 10
        assert type(digits.data.numpy()) is np.ndarray
        image, label = digits[7]
        assert np.array_equal(image, digits.data.numpy()[7])
        assert label == digits.targets[7]
        assert 30 < digits.data.numpy().mean() < 36  # of all of MNIST it is 33.3
    scaled, _ = datasets.MNIST(train=False, transform=transforms.Compose([transforms.ToTensor()]))[0]
    assert scaled.shape == (1, 28, 28)
    assert scaled.max() == 1.0
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]
