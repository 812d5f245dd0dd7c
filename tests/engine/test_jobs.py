"""Processes that grade: what they leave behind, how they end, and what is said of one that does not end in time."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from grader.cohort import jobs
from grader.cohort.jobs import Job, LocalPool
from grader.cohort.reports import Order

ANSWERS = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Order:
    return Order(make_tiny_course(tmp_path_factory.mktemp("jobs")), "tiny", "auto", alone=True)


@pytest.fixture
def work(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{name}.py" for name in ("ada", "ben")]
    for path in paths:
        path.write_text(ANSWERS, encoding="utf-8")
    return paths


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where processes keep what passes."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    folder.chmod(0o711)
    tmp_path.chmod(0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def ended_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How the parent has ended processes that did not end by themselves."""
    how: list[str] = []
    for name in ("terminate", "kill"):
        real = getattr(BaseProcess, name)

        def end(process: BaseProcess, name: str = name, real: object = real) -> None:
            how.append(name)
            assert callable(real)
            real(process)

        monkeypatch.setattr(BaseProcess, name, end)
    return how


def test_processes_that_have_graded_all_end_by_themselves_and_leave_nothing(
    order: Order, work: list[Path], scratch: Path, ended_by: list[str]
) -> None:
    marks = {report.path: report.demand().marks for report in LocalPool().reports(order, work)}
    assert marks == dict.fromkeys(work, "3")
    assert (multiprocessing.active_children(), [*scratch.iterdir()], ended_by) == ([], [], [])


def test_who_stops_early_ends_the_processes(order: Order, work: list[Path], scratch: Path) -> None:
    reports = LocalPool().reports(order, work)
    next(reports)
    reports.close()
    assert (multiprocessing.active_children(), [*scratch.iterdir()]) == ([], [])


def test_one_that_does_not_end_in_time_is_ended_and_its_submission_is_tried_once_more(
    order: Order, work: list[Path], scratch: Path, ended_by: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Job, "MOST_SECONDS", 0.0)
    monkeypatch.setattr(jobs, "LOOK_SECONDS", 0.0)
    (report,) = LocalPool().reports(order, work[:1])
    assert report.fault == "grading did not end within 0 s"
    assert report.stopped is None
    assert ended_by[:2] == ["terminate", "terminate"]
    assert (multiprocessing.active_children(), [*scratch.iterdir()]) == ([], [])


def test_only_processes_beside_others_are_held_to_one_cpu(
    order: Order, work: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "share_one_cpu", lambda number: (tmp_path / "shared").touch())
    assert [report.demand().marks for report in LocalPool().reports(order, work[:1])] == ["3"]
    assert not (tmp_path / "shared").exists()
