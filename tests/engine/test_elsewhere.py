"""The same work once more, in a process of its own: without some files, by plain instructions, on other samples."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.checks import Submission
from grader.checks.asking.channel import SAMPLES, Channel, StudentStopped, plainest
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.submission import exchange_of
from grader.course.question_spec import QuestionSpec
from grader.intake.stage import stage
from grader.pytest_side.inprocess import InProcess
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import choose
from grader.sandbox.sandbox import Jail

WORK = textwrap.dedent("""
    import os
    from pathlib import Path

    CALLS = []
    LOG = Path("log.jsonl").read_text()

    def log():
        return LOG

    def read_log():
        return Path("log.jsonl").read_text() + Path("notes.txt").read_text()

    def count():
        CALLS.append(1)
        return len(CALLS)

    def variable(name):
        return os.environ.get(name, "")

    def dies():
        os._exit(3)
""")
NAMES = ("log", "read_log", "count", "variable", "dies")


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail(choose("auto")) as opened:
        yield opened


@pytest.fixture(params=["in process", "jailed"])
def submission(request: pytest.FixtureRequest, jail: Jail, tmp_path: Path) -> Iterator[Submission]:
    """Open the work on either side."""
    (tmp_path / "work.py").write_text(WORK, encoding="utf-8")
    (tmp_path / "log.jsonl").write_text('{"loss": 1.25}\n', encoding="utf-8")
    (tmp_path / "notes.txt").write_text("none\n", encoding="utf-8")
    channel: Channel
    if request.param == "jailed":
        staged = stage(tmp_path, jail.staging)
        channel = jail.open(staged.files, QuestionSpec("work", NAMES, ("numpy",)), Limits(cpu_seconds=5), Budget())
        handed_in = SubmittedFiles(jail.staging, staged.files)
    else:
        channel, handed_in = (
            InProcess(tmp_path, ["work.py"], QuestionSpec("work", NAMES, ("numpy",))),
            SubmittedFiles(tmp_path, ()),
        )
    opened = Submission()
    exchange_of(opened).begin(channel, handed_in)
    yield opened
    getattr(channel, "close", lambda: None)()


def test_it_is_another_process_with_nothing_left_of_this_one(submission: Submission) -> None:
    assert [submission.count() for _ in range(2)] == [1, 2]
    with submission.elsewhere("count") as work:
        assert [work.count() for _ in range(2)] == [1, 2]


def test_a_file_that_holds_the_log_is_not_there_and_comes_back(submission: Submission) -> None:
    files = submission.files_holding(submission.log().splitlines())
    assert files == ("log.jsonl",)
    with submission.elsewhere("read_log", "count", without=files) as work:
        assert work.count() == 1  # what reads the log when it is loaded is not needed for this
        with pytest.raises(FileNotFoundError) as raised:
            work.read_log()
        assert getattr(raised.value, "raised_by_student", False)
    assert submission.read_log() == '{"loss": 1.25}\nnone\n'


def test_it_computes_by_plain_instructions_and_on_other_samples_if_asked(
    submission: Submission, request: pytest.FixtureRequest
) -> None:
    at_desk = "in process" in request.node.name  # where the first try is by plain instructions
    for plain, samples in ((False, ""), (True, ""), (False, "other")):
        with submission.elsewhere("variable", plain=plain, samples=samples) as work:
            assert ([work.variable(name) for name in plainest()] == [*plainest().values()]) is (plain != at_desk)
            assert work.variable(SAMPLES) == samples
    assert SAMPLES not in os.environ


def test_its_end_ends_no_more_than_the_check(submission: Submission) -> None:
    with pytest.raises(StudentStopped) as stopped, submission.elsewhere("dies") as work:
        work.dies()
    assert stopped.value.outcome == "crashed"
    assert submission.count() == 1
