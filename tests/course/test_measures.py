"""What measures say of their samples, where nothing is learned: on the digits and pictures that the course provides."""

from __future__ import annotations

import inspect
import json
import runpy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailed, LeftToAPerson, Run, Submission, run_log
from grader.checks.asking.channel import SAMPLES, Elsewhere
from grader.checks.asking.submission import exchange_of
from grader.checks.runs.measures import MOST_ASKED, assert_measured_on, assert_measures, assert_parts_apart
from grader.checks.runs.redone import Record
from grader.worker.running.requests import Answer

PROVIDED = Path(__file__).parents[2] / "provided"
MEASURES = tuple(f"{part}_{what}" for part in ("train", "validation") for what in ("loss", "accuracy"))
ALL = (*MEASURES, "test_loss", "test_accuracy")
SETTINGS = {"learning_rate": 0.1, "seed": 1}


@pytest.fixture(scope="module")
def provided() -> Iterator[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(PROVIDED))
        yield runpy.run_path(str(PROVIDED / "torchvision" / "datasets.py"))


@pytest.fixture
def digits(provided: dict[str, Any]) -> Callable[[bool], tuple[Any, Any]]:
    """Return a function that gives pixels (N, 784) and classes (N,) of the training or the test digits."""

    def load(train: bool) -> tuple[Any, Any]:
        loaded = provided["MNIST"](train=train)
        return loaded.data.numpy().reshape(-1, 784) / 255, loaded.targets.numpy()

    return load


def scores(seed: int, x: np.ndarray) -> np.ndarray:
    weights = np.random.default_rng(seed).normal(size=(784, 10)) / 10
    z = x @ weights
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


def measured(seed: int, x: np.ndarray, classes: np.ndarray) -> tuple[float, float]:
    logarithms = scores(seed, x)
    return -float(logarithms[np.arange(len(x)), classes].mean()), float((logarithms.argmax(axis=1) == classes).mean())


class Untrained:
    """A channel to code that measures an untrained classifier on parts, by `split`, of samples."""

    def __init__(self, split: Callable[[], dict[str, tuple[Any, Any]]], how: Elsewhere | None = None) -> None:
        self._split, self._how = split, how
        self.asked: list[str] = []

    def ask(self, request: Any) -> Answer:
        settings, epochs = request.args
        assert (self._how is not None, epochs) == (True, 1)
        self.asked.append(self._how.samples if self._how else "")
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv(SAMPLES, self.asked[-1])
            line = {**settings, "epoch": 1}
            for part, samples in self._split().items():
                line[f"{part}_loss"], line[f"{part}_accuracy"] = measured(settings["seed"], *samples)
        return Answer(json.dumps(line) + "\n")

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Untrained]:
        other = Untrained(self._split, how)
        other.asked = self.asked
        yield other


def ask(
    check: Callable[[Submission, Record, Run], None],
    split: Callable[[], dict[str, tuple[Any, Any]]],
    measures: tuple[str, ...] = MEASURES,
) -> list[str]:
    """Let a check ask code that splits samples so; return what it asked for."""
    submission, channel = Submission(), Untrained(split)
    submission.files_holding = lambda texts: ()  # type: ignore[method-assign]
    exchange_of(submission).channel = channel  # type: ignore[assignment]
    sizes = {f"{part}_size": len(classes) for part, (_, classes) in split().items()}
    line = {**SETTINGS, **sizes, "epoch": 1, **dict.fromkeys(measures, 0.5)}

    def read(text: object) -> tuple[Run, ...]:
        return run_log(text, measures)

    def begin(work: Submission, settings: Mapping[str, Any], epochs: int) -> object:
        return work.repeat_run(settings, epochs)

    text = json.dumps(line) + "\n"
    record = Record(read(text), (text,), ("repeat_run",), begin, read, "learning_rate")
    check(submission, record, record.runs[0])
    return channel.asked


def of(x: Any, y: Any, **places: Any) -> dict[str, tuple[Any, Any]]:
    return {part: (x[where], y[where]) for part, where in places.items()}


def drawn(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(1000)


APART = {
    "one after the other": lambda x, y: of(x, y, train=slice(0, 200), validation=slice(200, 500)),
    "in an order of their own": lambda x, y: of(x, y, train=drawn(1)[:200], validation=drawn(1)[200:500]),
    "every fifth": lambda x, y: of(x, y, train=slice(0, 1000, 5), validation=slice(1, 1000, 5)),
    "some of each class": lambda x, y: of(  # which are others where a sample is of another class
        x, y,
        train=np.concatenate([np.flatnonzero(y == c)[:20] for c in range(10)]),
        validation=np.concatenate([np.flatnonzero(y == c)[20:50] for c in range(10)]),
    ),
}  # fmt: skip
SHARED = {
    "training samples once more": lambda x, y: of(x, y, train=slice(0, 200), validation=slice(0, 200)),
    "all of them and others": lambda x, y: of(x, y, train=slice(0, 200), validation=slice(0, 300)),
    "in another order": lambda x, y: of(x, y, train=drawn(2)[:200], validation=drawn(2)[:200][::-1]),
    "some of them": lambda x, y: of(x, y, train=drawn(3)[:500], validation=drawn(3)[100:200]),
    "a few at the border": lambda x, y: of(x, y, train=slice(0, 205), validation=slice(195, 500)),
}


@pytest.mark.parametrize("split", APART.values(), ids=APART)
def test_parts_that_have_nothing_in_common_pass(split: Callable[..., Any], digits: Callable[..., Any]) -> None:
    asked = ask(assert_parts_apart, lambda: split(*digits(True)))
    assert len(asked) <= MOST_ASKED + 2
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("split", SHARED.values(), ids=SHARED)
def test_a_sample_in_two_parts_is_found(split: Callable[..., Any], digits: Callable[..., Any]) -> None:
    with pytest.raises(CheckFailed, match="among the train samples and among the validation samples"):
        ask(assert_parts_apart, lambda: split(*digits(True)))


@pytest.mark.parametrize("inside", ["validation", "test"])
@pytest.mark.parametrize("seed", range(5))
def test_one_part_within_another_is_always_found_among_three(
    inside: str, seed: int, digits: Callable[..., Any]
) -> None:
    order = drawn(seed)
    places = {"train": order[:200], "validation": order[200:500], "test": order[500:800]}
    places[inside] = np.random.default_rng(seed).permutation(np.concatenate([places[inside][:100], order[:200]]))
    with pytest.raises(CheckFailed, match=f"train samples and among the {inside} samples"):
        ask(assert_parts_apart, lambda: of(*digits(True), **places), ALL)


def test_parts_that_are_drawn_one_by_one_are_mostly_found(digits: Callable[..., Any]) -> None:
    found = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        places = random.choice(1000, 200, replace=False), random.choice(1000, 300, replace=False)
        try:
            ask(assert_parts_apart, lambda p=places: of(*digits(True), train=p[0], validation=p[1]))
        except CheckFailed:
            found += 1
    assert found >= 14


def test_pictures_of_other_seeds_are_other_pictures(provided: dict[str, Any]) -> None:
    shapes = runpy.run_path(str(PROVIDED / "lab" / "images.py"))["shapes"]

    def flat(*what: Any) -> tuple[Any, Any]:
        pictures, classes = shapes(*what)
        return pictures.reshape(len(pictures), -1)[:, :784] / 255, classes

    ask(assert_parts_apart, lambda: {"train": flat("train", 100), "validation": flat("train", 50, 1)})
    asked = ask(assert_parts_apart, lambda: {"train": flat("train", 100), "validation": flat("validation", 50)})
    assert len(asked) == 3
    with pytest.raises(CheckFailed):
        ask(assert_parts_apart, lambda: {"train": flat("train", 100), "validation": flat("train", 50)})


def test_classes_in_tens_say_that_measures_are_measures(digits: Callable[..., Any]) -> None:
    assert ask(assert_measures, lambda: APART["one after the other"](*digits(True))) == ["tens"]
    asked = ask(assert_measures, lambda: APART["in an order of their own"](*digits(True)))
    assert asked == ["tens", *(f"shifted {k}" for k in range(10))]


def test_measures_of_some_classes_only_go_to_a_person(digits: Callable[..., Any]) -> None:
    def easy() -> dict[str, tuple[Any, Any]]:
        x, y = digits(True)
        right = scores(1, x).argmax(axis=1) == y
        return of(x, y, train=np.flatnonzero(right)[:50], validation=slice(200, 500))

    with pytest.raises(LeftToAPerson, match="a person will look"):
        ask(assert_measures, easy)


def test_test_digits_are_those_of_the_test_set(digits: Callable[..., Any]) -> None:
    measures = tuple(name.replace("validation", "test") for name in MEASURES)
    asked = ask(assert_measured_on, lambda: {"train": digits(True), "test": digits(False)}, measures)
    assert len(asked) == 3
    x, y = digits(True)
    with pytest.raises(CheckFailed, match="test samples are among the course's train samples"):
        ask(assert_measured_on, lambda: {"train": digits(True), "test": tuple(a[:100] for a in digits(True))}, measures)
    own = {"train": (x[:200], y[:200]), "test": (x[200:300], y[200:300])}
    ask(assert_measured_on, lambda: own, measures)  # samples of one's own, whatever those of the course are


def test_both_packages_change_their_samples_alike(provided: dict[str, Any]) -> None:
    images = runpy.run_path(str(PROVIDED / "lab" / "images.py"))
    assert inspect.getsource(images["_as_asked"]) == inspect.getsource(provided["_as_asked"])
    assert images["ASKED"] == provided["ASKED"] == SAMPLES
