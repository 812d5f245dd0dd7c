"""Records that are done again: how curves are compared, what is drawn, and what each kind of made-up log comes to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailed, LeftToAPerson, Run, Submission, run_log
from grader.checks.asking.channel import Elsewhere
from grader.checks.asking.submission import exchange_of
from grader.checks.runs.protocol import SINGLE, conditions
from grader.checks.runs.redone import AT_MOST, Record, assert_done_again, drawn, parted
from grader.checks.runs.trained import assert_repeated_run, assert_trained
from grader.grading.answer_sheets import Work
from grader.intake.stage import Staged
from grader.worker.running.requests import Answer

MEASURES = ("train_loss", "train_accuracy")
EPOCHS = 12


# The shares of ten classes among samples that are all taken for one class.
SHARES = (0.5, 0.3, 0.2, 0, 0, 0, 0, 0, 0, 0)


def trained(
    settings: Mapping[str, Any], epochs: int, *, rounding: float = 0.0, samples: float = 1.0, accuracy: float = 0.5
) -> str:
    """Descend on a quartic, `rounding` away from where the seed says; at a large rate the path is chaotic."""
    x, lines = 0.3 + settings["seed"] / 100 + rounding, []
    for epoch in range(1, epochs + 1):
        for _ in range(8):
            x -= settings["learning_rate"] * (4 * x**3 - 2 * samples * x)
        lines.append({**settings, "epoch": epoch, "train_loss": x**4 - samples * x**2 + 3, "train_accuracy": accuracy})
    return "".join(json.dumps(line) + "\n" for line in lines)


class Machine:
    """A channel to `begin`, which takes settings, epochs, and how it is asked; another process rounds otherwise."""

    def __init__(self, begin: Callable[..., str], how: Elsewhere | None = None) -> None:
        self._begin, self._how = begin, how
        self.asked: list[dict[str, Any]] = []

    def ask(self, request: Any) -> Answer:
        assert self._how is not None
        self.asked.append(request.args[0])
        return Answer(self._begin(*request.args, self._how))

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Machine]:
        other = Machine(self._begin, how)
        other.asked = self.asked
        yield other


def honest(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
    rounding, samples = 1e-15 if how.plain else 0, 1.001 if how.samples == "other" else 1
    accuracy = SHARES[int(how.samples.split()[1])] if how.samples.startswith("shifted") else 0.5
    return trained(
        settings, epochs, rounding=rounding, samples=samples, accuracy=0.1 if how.samples == "tens" else accuracy
    )


def sweep(*rates: float, **more: Any) -> str:
    """Return an honest log from a third machine."""
    stated = {"seed": 5, **conditions(), **more}
    return "".join(trained({"learning_rate": rate, **stated}, EPOCHS, rounding=-1e-15) for rate in rates)


def judged(text: str, begin: Callable[..., str] = honest, submission: Submission | None = None) -> Machine:
    machine = Machine(begin)
    assert_done_again(handed_in(machine, submission), record(text))
    return machine


def record(text: str) -> Record:
    def read(log: object) -> tuple[Run, ...]:
        return run_log(log, MEASURES, diverged=True)

    def begin(work: Submission, settings: Mapping[str, Any], epochs: int) -> object:
        return work.repeat_run(settings, epochs)

    return Record(read(text), (text,), ("repeat_run",), begin, read, "learning_rate")


def changed(text: str, change: Callable[[dict[str, Any]], object]) -> str:
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        change(line)
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_an_honest_log_comes_back_also_at_the_edge_of_stability() -> None:
    assert len(judged(sweep(0.01, 0.02)).asked) == 2
    judged(sweep(0.01, 0.1, 0.3, 0.85, 0.9))  # of which the last two are chaotic


def test_progress_is_said_run_by_run() -> None:
    submission, said = Submission(), list[str]()
    submission.told.watcher = said.append
    judged(sweep(0.01, 0.1), submission=submission)
    assert [text.partition(":")[0] for text in said] == ["repeating run 1 of 2", "repeating run 2 of 2"]
    assert said[1].endswith(" s to go")


def lengths(text: str) -> tuple[list[int], str]:
    """Return how many epochs runs were repeated for, and what an honest student is told of a log that fails."""
    asked: list[int] = []

    def counted(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        asked.append(epochs)
        return honest(settings, epochs, how)

    try:
        judged(text, counted)
    except CheckFailed as failed:
        return asked, failed.detail
    return asked, ""


def test_once_a_run_is_proven_to_be_another_nothing_more_is_repeated() -> None:
    text = sweep(0.01, 0.02, 0.1)
    asked, told = lengths(changed(text, lambda line: line.update(train_loss=line["train_loss"] + 0.1)))
    assert asked == [EPOCHS, 1]
    assert told.splitlines()[1:] == ["runs that were not repeated after that: 2"]
    late = changed(text, lambda line: line["epoch"] > 4 and line.update(train_loss=line["train_loss"] + 0.1))
    assert lengths(late)[0] == [EPOCHS, 5]
    last = changed(text, lambda line: line["learning_rate"] == 0.1 and line.update(train_loss=2 / line["epoch"]))
    assert lengths(last)[0] == [EPOCHS, EPOCHS, EPOCHS, 1]


def test_a_run_that_rounding_decides_keeps_no_later_run_from_being_judged() -> None:
    chaotic = sweep(0.85, 0.01, 0.02)
    (whole, beginning, *rest), told = lengths(chaotic)
    assert 1 < beginning < whole
    assert (rest, told) == ([EPOCHS] * 3, "")
    _, told = lengths(changed(chaotic, lambda line: line["learning_rate"] < 0.5 and line.update(train_loss=0.7)))
    assert [line.partition(":")[0] for line in told.splitlines()] == ["run 2, epoch 1", "run 3, epoch 1"]


def test_code_that_begins_otherwise_where_it_ends_earlier_cannot_hide_a_run_in_that() -> None:
    """Catches: the beginning of a run taken for the run where it says that rounding decides."""

    def evasive(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return trained(settings, epochs, rounding=0 if epochs == EPOCHS else 0.01)

    with pytest.raises(CheckFailed, match="does not give the numbers in the log"):
        judged(changed(sweep(0.01), lambda line: line.update(train_loss=line["train_loss"] + 0.1)), evasive)


def test_a_chaotic_run_is_judged_until_the_graders_own_runs_part() -> None:
    text = sweep(0.85)
    settings = json.loads(text.splitlines()[0])
    one, other = (run_log(trained(settings, EPOCHS, rounding=r), MEASURES)[0] for r in (0, 1e-15))
    ends = parted(one, other, 1e-7)
    assert ends is not None
    assert 0 < ends < EPOCHS
    judged(changed(text, lambda line: line["epoch"] > ends + 1 and line.update(train_loss=0.5)))
    with pytest.raises(CheckFailed, match="does not give the numbers in the log"):
        judged(changed(text, lambda line: line["epoch"] == 1 and line.update(train_loss=line["train_loss"] + 1e-4)))


def test_rates_that_do_nothing_and_runs_that_diverge_are_honest() -> None:
    judged(sweep(1e-18, 1e-12, 0.1))
    text = trained({"learning_rate": 0.1, "seed": 5, **conditions()}, 2)

    def diverges(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return changed(
            trained(settings, epochs), lambda line: line["epoch"] > 1 and line.update(train_loss=float("inf"))
        )

    judged(changed(text, lambda line: line["epoch"] > 1 and line.update(train_loss=float("nan"))), diverges)
    with pytest.raises(CheckFailed):
        judged(changed(text, lambda line: line["epoch"] > 1 and line.update(train_loss=float("nan"))))


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.update(train_loss=line["train_loss"] * 1.0001),
        lambda line: line["epoch"] > 6 and line.update(train_loss=line["train_loss"] * 0.99),
        lambda line: line["epoch"] == EPOCHS and line.update(train_accuracy=0.55),
        lambda line: line["learning_rate"] == 0.1 and line.update(train_loss=1 / line["epoch"]),
        lambda line: line.update(seed=6),
        lambda line: line.update(train_loss=round(line["train_loss"], 3)),
    ],
    ids=["jitter", "honest at first", "flattered at the end", "one run", "seed renamed", "rounded"],
)
def test_a_log_that_was_changed_does_not_come_back(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(CheckFailed, match="does not give the numbers in the log"):
        judged(changed(sweep(0.01, 0.1), change))


@pytest.mark.parametrize("stated", [{"dtype": "float32"}, {"device": "cuda"}, {"torch": "1.0"}, {"machine": "Darwin"}])
def test_a_log_from_elsewhere_goes_to_a_person_with_its_curves(stated: dict[str, str]) -> None:
    pytest.importorskip("torch")
    judged(sweep(0.1, **stated))  # it comes back all the same, and counts
    with pytest.raises(LeftToAPerson, match="A person will look at it"):
        judged(changed(sweep(0.1, **stated), lambda line: line.update(train_loss=line["train_loss"] + 0.01)))


def test_staff_are_told_of_logs_from_elsewhere_and_of_what_logs_have_in_common() -> None:
    pytest.importorskip("torch")
    plain, renamed = Submission(), Submission()
    judged(sweep(0.1, device="cuda"), submission=plain)  # which comes back all the same
    assert plain.told.remarks == [
        "about the log: it was recorded elsewhere (device 'cuda')",
        "no roll number is known: nobody can tell whether the seed of the log is the student's own",
    ]
    with pytest.raises(CheckFailed):
        judged(changed(sweep(0.1), lambda line: line.update(seed=6)), submission=renamed)
    assert [plain.told.compared[0], renamed.told.compared[0]] == [
        "its runs have the seed 5",
        "its runs have the seed 6",
    ]
    assert plain.told.compared[1] == renamed.told.compared[1]
    assert plain.told.compared[1].startswith("its runs have the losses")


def test_losses_in_single_precision_that_come_back_count_and_are_told() -> None:
    def single(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        text = honest(settings, epochs, how)
        return changed(text, lambda line: line.update(train_loss=float(np.float32(line["train_loss"]))))

    told, text = Submission(), single({"learning_rate": 0.1, "seed": 5, **conditions()}, EPOCHS, Elsewhere(()))
    judged(text, single, told)
    assert f"about the log: {SINGLE}" in told.told.notes
    with pytest.raises(LeftToAPerson, match="its losses are float32 numbers"):
        judged(changed(text, lambda line: line.update(train_loss=line["train_loss"] + 0.25)), single)
    with pytest.raises(CheckFailed) as failed:
        judged(changed(sweep(0.1), lambda line: line.update(train_loss=line["train_loss"] + 0.25)))
    assert "float32" not in str(failed.value)


def test_staff_are_told_how_much_of_a_chaotic_run_was_judged() -> None:
    told = Submission()
    judged(sweep(0.01, 0.85), submission=told)
    assert any(remark.startswith("run 2 is judged for ") for remark in told.told.notes)


def test_where_rounding_decides_from_the_first_epoch_on_a_person_looks() -> None:
    def noisy(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return trained(settings, epochs, rounding=0.01 if how.plain else 0.02)

    with pytest.raises(LeftToAPerson):
        judged(sweep(0.1), noisy)


def test_settings_of_the_log_are_never_asked_for_themselves() -> None:
    text = sweep(0.01, 0.1)
    table = {0.01: 0.01, 0.1: 0.1}
    assert not {asked["learning_rate"] for asked in judged(text).asked} & set(table)

    def exact(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return invented if settings["learning_rate"] == 0.1 else trained(settings, epochs)

    invented = changed(
        trained({"learning_rate": 0.1, "seed": 5, **conditions()}, EPOCHS),
        lambda line: line.update(train_loss=2 / line["epoch"]),
    )
    with pytest.raises(CheckFailed):
        judged(invented, exact)

    def nearest(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return "".join(invented.splitlines(keepends=True)[:epochs])

    with pytest.raises(CheckFailed, match="exactly the same"):
        judged(invented, nearest)


def test_of_a_long_record_half_is_drawn_by_a_secret_and_all_without_one() -> None:
    assert drawn(AT_MOST, b"lot") == list(range(AT_MOST))
    assert drawn(50, b"") == list(range(50))
    first, second = drawn(50, b"lot"), drawn(50, b"another")
    assert len(first) == len(second) == 25
    assert first != second
    assert drawn(21, b"lot") != list(range(21))
    assert len(drawn(21, b"lot")) == AT_MOST


def test_what_is_drawn_hangs_on_secret_question_and_roll_number(tmp_path: Path) -> None:
    def lot(secret: bytes, question: str, roll: str | None) -> bytes:
        staged = Staged("work", "", (), ())
        return Work(staged, tmp_path, roll, (), {}, secret).handed_in(question).lot

    lots = [
        lot(b"secret", "a.b", "cs1"),
        lot(b"other", "a.b", "cs1"),
        lot(b"secret", "a.c", "cs1"),
        lot(b"secret", "a.b", "cs2"),
    ]
    assert len({tuple(drawn(60, one)) for one in lots}) == 4
    assert lot(b"secret", "a.b", "cs1") == lots[0]
    assert [lot(b"", "a.b", "cs1"), lot(b"secret", "a.b", None)] == [b"", b""]


def code(text: str, begin: Callable[..., str]) -> None:
    assert_trained(handed_in(Machine(begin)), record(text), what="learning rate")


def handed_in(machine: Machine, submission: Submission | None = None) -> Submission:
    submission = submission or Submission()
    submission.files_holding = lambda texts: ()  # type: ignore[method-assign]
    exchange_of(submission).channel = machine  # type: ignore[assignment]
    return submission


def test_code_that_trains_passes() -> None:
    code(sweep(0.01, 0.1), honest)


def test_code_whose_parts_do_not_hold_whole_tens_passes() -> None:
    def shuffled(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        text = honest(settings, epochs, how)
        return changed(text, lambda line: line.update(train_accuracy=0.13)) if how.samples == "tens" else text

    code(sweep(0.01, 0.1), shuffled)


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (lambda s, e, how: trained(s, e, rounding=np.random.default_rng().uniform(0, 0.1)), "begun twice"),
        (lambda s, e, how: trained({**s, "seed": s["seed"] + e}, e), "not the beginning"),
        (
            lambda s, e, how: trained({**s, "learning_rate": 0.1}, e, samples=1 + (s["learning_rate"] > 1e-3)),
            "proportion",
        ),
        (lambda s, e, how: honest({**s, "seed": 5}, e, how), "another seed gives the same run"),
    ],
    ids=["unseeded", "another run for another length", "a leap for a rate", "a seed in the code"],
)
def test_code_that_does_not_follow_its_settings_is_told(begin: Callable[..., str], said: str) -> None:
    with pytest.raises(CheckFailed, match=said):
        code(sweep(0.01, 0.1), begin)


@pytest.mark.parametrize("stated", [{"seed": None}, {"seed": True}, {"seed": "5"}])
def test_runs_that_do_not_state_a_seed_are_told(stated: dict[str, object]) -> None:
    with pytest.raises(CheckFailed, match="does not give its seed as a whole number"):
        code(
            changed(sweep(0.01, 0.1), lambda line: line.update(stated)), lambda s, e, how: trained({**s, "seed": 5}, e)
        )


def test_a_seed_need_not_decide_what_is_not_random() -> None:
    def unordered(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        """Train from weights of its own, on all samples at once: there is no order that a seed could decide."""
        return honest({**settings, "seed": 5}, epochs, how)

    code(sweep(0.01, 0.1, batch_size=500, train_size=500), unordered)
    with pytest.raises(CheckFailed, match="another seed gives the same run"):
        code(sweep(0.01, 0.1, batch_size=499, train_size=500), unordered)

    def diverging(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return changed(honest(settings, epochs, how), lambda line: line.update(train_loss=float("nan")))

    assert_repeated_run(handed_in(Machine(diverging)), record(sweep(0.01)))


@pytest.mark.parametrize("seed", [0, 1, 2, 3, -1, 2**32 - 1, 2**64 - 1])
def test_another_seed_is_one_that_every_generator_takes(seed: int) -> None:
    machine = Machine(lambda settings, epochs, how: honest({**settings, "seed": settings["seed"] % 11}, epochs, how))
    assert_repeated_run(handed_in(machine), record(changed(sweep(0.01), lambda line: line.update(seed=seed))))
    [other] = {asked["seed"] for asked in machine.asked} - {seed}
    assert 0 < other < 2**32  # 0 may be taken for "not given"


def test_runs_that_samples_do_not_change_go_to_a_person() -> None:
    with pytest.raises(LeftToAPerson, match="a person will look"):
        code(sweep(0.01, 0.1), lambda settings, epochs, how: trained(settings, epochs))


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.update(train_accuracy=min(1, line["train_accuracy"] + 0.1)),
        lambda line: line.update(train_accuracy=line["train_accuracy"] * 1.1),
        lambda line: line.update(train_accuracy=0.5),
        lambda line: line.update(train_loss=line["train_loss"] * 0.7),
        lambda line: line.update(train_accuracy=float("nan")),
    ],
    ids=["a tenth more", "a tenth of it more", "always a half", "less loss", "nan"],
)
def test_measures_that_fit_no_predictions_go_to_a_person(change: Callable[[dict[str, Any]], object]) -> None:
    def flattering(settings: Mapping[str, Any], epochs: int, how: Elsewhere) -> str:
        return changed(honest(settings, epochs, how), change)

    with pytest.raises(LeftToAPerson, match="a person will look"):
        code(sweep(0.01, 0.1), flattering)
