"""How often do made-up logs count? All kinds, on all records, over many secrets, from runs that were done once.

    python benchmarks/made_up_records.py [--secrets N] [--only NAME]

The reference's runs, those of a sweep of thirty values, of which some are drawn, and those of eight networks, three of
them at the edge of stability, are done natively and by the plainest instructions, and stored in
build/made_up_records. Then each kind of made-up log is judged as a hidden check of a course with a secret does, which
takes no run any more. What begins after the last epoch that is judged is counted apart.
"""

from __future__ import annotations

import argparse
import hmac
import importlib.util
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import honest_records
import numpy as np
from made_up_kinds import KINDS, Kind, Runs

from grader.checks import CheckFailed, LeftToAPerson, Submission
from grader.checks.asking.channel import Channel, Elsewhere
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.submission import exchange_of
from grader.checks.runs.redone import PARTED, Record, assert_done_again, drawn, parted
from grader.course.folder import Course
from grader.course.question_spec import QuestionSpec
from grader.pytest_side.inprocess import InProcess
from grader.worker.running.requests import Answer

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "build" / "made_up_records"
THIRTY = np.geomspace(1e-4, 0.3, 29)


class Stored:
    """A channel to work, each answer of which is kept in a file: what was asked once is not run again."""

    def __init__(
        self,
        work: Callable[[], InProcess],
        file: Path,
        how: Elsewhere | None = None,
        kept: dict[str, Any] | None = None,
    ) -> None:
        self._work, self._file, self._how = work, file, how
        self._kept = kept if kept is not None else json.loads(file.read_text()) if file.exists() else {}
        self._live = ExitStack()
        self._channel: Channel | None = None

    def reset(self) -> None:
        """Do nothing: nothing is held between checks."""

    def ask(self, request: Any) -> Any:
        """Return what was answered before, or ask in a new process and keep it."""
        assert self._how is not None
        inert = [each for each in request.args if not isinstance(each, tuple)]  # samples are the same in each call
        key = json.dumps([self._how.plain, self._how.samples, inert])
        if key not in self._kept:
            if self._channel is None:
                self._channel = self._live.enter_context(self._work().elsewhere(self._how))
            self._kept[key] = self._channel.ask(request).result
            self._file.write_text(json.dumps(self._kept))
        return Answer(self._kept[key])

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Stored]:
        """Give the same work under other conditions."""
        # At a desk plain instructions are the other way round; here both are wanted anyhow.
        with Stored(self._work, self._file, how, self._kept) as other:
            yield other

    def __enter__(self) -> Stored:
        return self

    def __exit__(self, *_: object) -> None:
        self._live.close()


@dataclass(frozen=True)
class Log:
    """An honest log, how it becomes a record as the check has it, and a channel to its runs."""

    name: str
    text: str
    record: Callable[[str], Record]
    channel: Stored


def judged(log: Log, text: str, secret: bytes, empty: Path) -> str:
    """Return how a log ends: ``fails``, ``a person`` or ``counts``."""
    submission = Submission()
    lot = hmac.digest(secret, log.name.encode(), "sha256")
    exchange_of(submission).begin(log.channel, SubmittedFiles(empty, (), roll="cs20b001", lot=lot))  # type: ignore[arg-type]
    try:
        assert_done_again(submission, log.record(text))
    except CheckFailed:
        return "fails"
    except LeftToAPerson:
        return "a person"
    return "counts"


def judged_until(log: Log, empty: Path) -> list[float]:
    """Return how many epochs of each run are judged: until the grader's own two runs part."""
    submission = Submission()
    exchange_of(submission).begin(log.channel, SubmittedFiles(empty, ()))  # type: ignore[arg-type]
    record, own = log.record(log.text), []
    for plain, change in ((False, 1e-10), (True, -1e-10)):
        with submission.elsewhere(*record.names, plain=plain) as work:
            own.append([record.again(work, run, change) for run in record.runs])
    ends = [parted(first, second, PARTED) for first, second in zip(*own, strict=True)]
    return [inf if end is None else end for end in ends]


def runs_of(text: str) -> Runs:
    """Return the lines of each run."""
    runs: Runs = []
    for line in map(json.loads, text.splitlines()):
        runs += [[]] if line["epoch"] == 1 else []
        runs[-1].append(line)
    return runs


def begins(honest: Runs, made_up: Runs) -> dict[int, int]:
    """Return in which epoch, from 0, each run that was changed begins to differ."""
    return {
        place: next(epoch for epoch, pair in enumerate(zip(one, other, strict=True)) if not _same(*pair))
        for place, (one, other) in enumerate(zip(honest, made_up, strict=True))
        if not all(map(_same, one, other))
    }


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return json.dumps(one) == json.dumps(other)


def told(
    log: Log, kind: Kind, secrets: Sequence[bytes], ends: Sequence[float], empty: Path
) -> tuple[Counter[str], ...]:
    """Return how logs of a kind end: those that differ in an epoch that is judged, and those that differ later."""
    honest, early, late = runs_of(log.text), Counter[str](), Counter[str]()
    for secret in secrets:
        made_up = deepcopy(honest)
        kind.change(made_up, np.random.default_rng(int.from_bytes(secret)))
        begun = begins(honest, made_up)
        if not begun:
            continue
        text = "".join(json.dumps(line) + "\n" for run in made_up for line in run)
        is_judged = any(epoch < ends[place] for place, epoch in begun.items())
        (early if is_judged else late)[judged(log, text, secret, empty)] += 1
    return early, late


def of_the_course(assignment: str, question: str, module: str, check: str, log: str, file: str) -> Log:
    """Return a log of the reference's, with the record that the public check makes of it."""
    course = Course.find(ROOT)
    rubric = course.rubric(assignment)
    asked = next(one for one in rubric.questions if one.id == question)
    files = sorted(path.name for path in course.reference.glob("*.py"))
    work = partial(
        InProcess, course.reference, files, QuestionSpec.of(asked), provided=course.provided, graded_seconds=600
    )
    suite = _suite(ROOT / "tests" / "public" / f"{module}.py")

    def record(text: str) -> Record:
        made: list[Record] = []
        suite.assert_done_again = lambda submission, one: made.append(one)
        getattr(suite, check)(SimpleNamespace(**{log: lambda: text}))
        return made[0]

    text = (course.reference / file).read_text(encoding="utf-8")
    return Log(f"{question}, {file}", text, record, Stored(work, STORE / f"{file}.json"))


def _suite(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def thirty_values(decay: Log) -> Log:
    """Return a sweep over thirty values of weight decay, of which twenty are drawn."""
    settings = {name: v for name, v in runs_of(decay.text)[0][0].items() if not name.endswith(("_loss", "_accuracy"))}
    settings.pop("epoch")
    record, values = decay.record(decay.text), [0.0, *map(float, THIRTY)]
    channel = Stored(decay.channel._work, STORE / "thirty.json")
    with channel.elsewhere(Elsewhere(record.names)) as other:
        work = Submission()
        exchange_of(work).begin(other)  # type: ignore[arg-type]
        texts = [str(record.begin(work, {**settings, "weight_decay": value}, 10)) for value in values]
    return Log("thirty values of weight decay", "".join(texts), decay.record, channel)


def eight_networks(folder: Path) -> Log:
    """Return the log of the eight networks of honest_records.py."""
    (folder / "work.py").write_text(honest_records.WORK, encoding="utf-8")
    work = partial(
        InProcess, folder, ["work.py"], QuestionSpec("work", ("repeat_run",), ("numpy", "torch")), graded_seconds=600
    )
    kept = STORE / "eight_networks.jsonl"
    if not kept.exists():
        kept.write_text(honest_records.recorded(folder, honest_records.INSTRUCTIONS["AVX2"]), encoding="utf-8")
    text = kept.read_text(encoding="utf-8")

    def record(text: str) -> Record:
        read, begin = honest_records._read, honest_records._begin
        return Record(read(text), (text,), ("repeat_run",), begin, read, "learning_rate")

    return Log("eight networks", text, record, Stored(work, STORE / "eight_networks.json"))


def logs(folder: Path) -> Iterator[Log]:
    """Yield all logs."""
    sweeps = ("convnets-2020-hw2", "experiments.sweeps", "test_sweeps")
    for name in ("sgd", "adam", "gamma"):
        check = f"test_the_runs_{'with' if name == 'gamma' else 'of'}_{name}_come_back"
        yield of_the_course(*sweeps, check, f"{name}_log", f"sweep_{name}.jsonl")
    comes_back = "test_all_runs_come_back"
    yield of_the_course("rrc-2021-a2", "ablation.record", "test_ablation", comes_back, "ablation_log", "ablation.jsonl")
    epochs = ("iith-ai5100-2022-hw4", "epochs.record", "test_fifteen_epochs", comes_back, "epochs_log", "epochs.jsonl")
    yield of_the_course(*epochs)
    decay = ("cs6910-2020-pa2", "decay.record", "test_decay_record", comes_back, "decay_log", "decay.jsonl")
    yield of_the_course(*decay)
    yield thirty_values(of_the_course(*decay))
    yield eight_networks(folder)


def main() -> None:
    """Judge all kinds on all logs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--secrets", type=int, default=200)
    parser.add_argument("--only", default="", help="logs whose name begins so")
    options = parser.parse_args()
    STORE.mkdir(parents=True, exist_ok=True)
    secrets = [number.to_bytes(4) for number in range(1, options.secrets + 1)]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as empty:
        for log in logs(Path(folder)):
            if log.name.startswith(options.only):
                _report(log, secrets, Path(empty))


def _report(log: Log, secrets: Sequence[bytes], empty: Path) -> None:
    honest = Counter(judged(log, log.text, secret, empty) for secret in secrets)
    ends = judged_until(log, empty)
    runs = runs_of(log.text)
    share = sum(min(end, len(run)) for end, run in zip(ends, runs, strict=True)) / sum(map(len, runs))
    count = len(drawn(len(runs), b"lot"))
    say = sys.stdout.write
    say(f"{log.name}: {count} of {len(runs)} runs are done again, {share:.0%} of their epochs are judged; ")
    say(f"honest: {_words(honest)}\n")
    for kind in KINDS:
        early, late = told(log, kind, secrets, ends, empty)
        say(f"  {kind.name}: {_words(early)}{f'; later than what is judged: {_words(late)}' if late else ''}\n")
        sys.stdout.flush()


def _words(ended: Counter[str]) -> str:
    return ", ".join(f"{how} {count}" for how, count in sorted(ended.items())) or "changes nothing here"


if __name__ == "__main__":
    main()
