"""`make scoreboard`: trials are judged by what they are, and CI tells how long it has taken."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
GROUP = {"assignment": "convnets-2020-hw2", "only": "counting.numbers", "note": "a note"}
LAST = "counting.numbers.g_operations"


def add(corpus: Path, name: str, code: str, **meta: object) -> None:
    (corpus / name / "work").mkdir(parents=True)
    (corpus / name / "work" / "counting.py").write_text(code, encoding="utf-8")
    (corpus / name / "meta.json").write_text(json.dumps({**GROUP, **meta}), encoding="utf-8")


def test_trials_are_counted_by_how_they_were_judged_and_the_wrongly_judged_are_named(tmp_path: Path) -> None:
    right = (ROOT / "reference" / "counting.py").read_text(encoding="utf-8")
    wrong = right.replace('"operations": 5000', '"operations": 5001')
    assert wrong != right
    add(tmp_path, "right/passes", right)
    add(tmp_path, "right/fails", wrong)
    add(tmp_path, "right/disputed", wrong, arguable=True)
    add(tmp_path, "wrong/is_caught", wrong, affects=[LAST])
    add(tmp_path, "wrong/is_caught_elsewhere", wrong, affects=["counting.numbers.f_outputs"])
    add(tmp_path, "wrong/passes", right, affects=[LAST])
    command = [sys.executable, "benchmarks/scoreboard.py", "--corpus", str(tmp_path), "--rounds", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert sorted(lines[0].removeprefix("right work: ").split(", ")) == ["1 arguable", "1 false fail", "1 passed"]
    wrongs = {word.partition(" ")[2] for word in lines[1].removeprefix("wrong work: ").split(", ")}
    assert wrongs in ({"caught", "caught elsewhere", "false pass"}, {"named", "caught elsewhere", "false pass"})
    assert lines[2] == "judged wrongly: 2 of 6; broken: 0"
    told = {line.split(" · ")[1]: line.split(" · ")[0] for line in lines if " · " in line}
    assert told == {
        "right/fails": "false fail", "wrong/passes": "false pass", "wrong/is_caught_elsewhere": "caught elsewhere",
    }  # fmt: skip
    assert f"false fail · right/fails · {LAST}:failed · a note" in lines


def test_ci_is_told_that_a_trial_was_judged_wrongly(tmp_path: Path) -> None:
    add(tmp_path, "right/passes", (ROOT / "reference" / "counting.py").read_text(encoding="utf-8"))
    command = [sys.executable, "benchmarks/scoreboard.py", "--corpus", str(tmp_path), "--strict"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    add(tmp_path, "right/fails", "", only="counting.numbers")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("false fail · right/fails")


def test_ci_leaves_what_each_step_has_taken(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "step.py", tmp_path / ".ci")
    for title in ("Style: ruff check", "Types", "--end"):
        subprocess.run([sys.executable, ".ci/step.py", title], cwd=tmp_path, check=True, capture_output=True)
    steps = json.loads((tmp_path / "build" / "ci.json").read_text(encoding="utf-8"))["steps"]
    assert [step["title"] for step in steps] == ["Style: ruff check", "Types"]
    assert all(step["seconds"] >= 0 for step in steps)
    assert [file.name for file in (tmp_path / "build").iterdir()] == ["ci.json"]
