"""Files that checks keep for a person: written beside the marks, named in the result, the same in every run."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
SUITE = '''\
from grader.checks import criterion


@criterion("sums.triple.value")
def test_triple_of_seven(submission):
    """triple multiplies seven by 3."""
    value = submission.triple(7)
    submission.keep("value.txt", str(value).encode())
    assert value == 21
'''
WORK = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return {} * number\n"
CRITERION = "sums.triple.value"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def course(tiny_course: Path) -> Path:
    (tiny_course / "tests" / "hidden" / "test_sums.py").write_text(SUITE, encoding="utf-8")
    return tiny_course


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "ada.py").write_text(WORK.format(3))
    (folder / "bob.py").write_text(WORK.format(4))
    return folder


def files(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}


def result(out: Path, name: str) -> dict[str, list[str]]:
    document: dict[str, Any] = json.loads((out / "results" / f"{name}.json").read_text(encoding="utf-8"))
    return {c["id"]: c["kept"] for q in document["questions"] for c in q["criteria"]}


def test_a_batch_writes_what_was_kept_whatever_the_jobs_and_also_of_what_failed(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    outs = [tmp_path / "one", tmp_path / "two"]
    for jobs, out in enumerate(outs, start=1):
        done = grader("batch", inbox, "-a", "tiny", "--out", out, "--jobs", jobs, "--course", course)
        assert done.returncode == 0, done.stderr
        assert files(out / "kept") == {f"ada/{CRITERION}/value.txt": "21", f"bob/{CRITERION}/value.txt": "28"}
        assert result(out, "ada") == {"sums.double.value": [], CRITERION: ["value.txt"]}
        assert f"{CRITERION}/value.txt" in (out / "feedback" / "bob.md").read_text(encoding="utf-8").replace("\\_", "_")
    assert files(outs[0] / "results") == files(outs[1] / "results")


def test_what_was_kept_is_shown_to_the_person_who_marks(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8").replace("marks: 3\n", "marks: 4\n", 1).rstrip()
    by_hand = "\n      - {id: sums.triple.clear, title: it is clear, marks: 1, manual: true}\n"
    rubric.write_text(text + by_hand, encoding="utf-8")
    suite = course / "tests" / "hidden" / "test_sums.py"
    kept = 'submission.keep("a_b.png", PIXEL)'
    text = SUITE.replace('submission.keep("value.txt", str(value).encode())', kept)
    suite.write_text(text.replace("\n\n\n", f"\n\nPIXEL = {PIXEL!r}\n\n\n"), encoding="utf-8")
    out = tmp_path / "out"
    done = grader("batch", inbox, "-a", "tiny", "--out", out, "--course", course)
    assert done.returncode == 0, done.stderr
    page = (out / "written" / "index.html").read_text(encoding="utf-8")
    for name in ("ada", "bob"):
        link = f"../kept/{name}/{CRITERION}/a_b.png"
        assert f'<a href="{link}">a_b.png</a>' in page
        assert f'src="{link}"' in page
        assert (out / "written" / link).is_file()


def test_what_has_gone_missing_is_made_again_and_what_is_out_of_date_is_removed(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def run(*more: str) -> str:
        done = grader("batch", inbox, "-a", "tiny", "--out", out, "--course", course, *more)
        assert done.returncode == 0, done.stderr
        return done.stderr

    run()
    (out / "kept" / "ada" / CRITERION / "value.txt").unlink()
    (inbox / "bob.py").write_text("def double(number):\n    return 2 * number\n")
    assert "2 of 2 kept" not in run()
    assert files(out / "kept") == {f"ada/{CRITERION}/value.txt": "21"}
    run("--only", "sums.double")
    assert files(out / "kept") == {f"ada/{CRITERION}/value.txt": "21"}
    (inbox / "ada.py").write_text("x" * 9_000_000)
    run()
    assert files(out / "kept") == {}


def test_one_submission_is_kept_where_it_is_asked_for(
    grader: Command, course: Path, inbox: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    (kept / "mine").mkdir(parents=True)
    done = grader("run", inbox / "ada.py", "-a", "tiny", "--kept", kept, "--course", course)
    assert done.returncode == 0, done.stderr
    assert files(kept) == {f"{CRITERION}/value.txt": "21"}
    assert (kept / "mine").is_dir()
    assert f"{CRITERION}/value.txt" in done.stdout


def test_only_keeps_what_it_shows(grader: Command, course: Path, inbox: Path, tmp_path: Path) -> None:
    done = grader(
        "run", inbox / "ada.py", "-a", "tiny", "--only", "sums.double", "--kept", tmp_path / "k", "--course", course
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "k").exists()
