"""A class in which few are honest: what the others hand in costs them nothing (`benchmarks/hostile` has all kinds)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "hostile"))

import in_code  # noqa: E402 (found through the line before)
import in_files  # noqa: E402
from course import RIGHT, replaced  # noqa: E402

QUICK = (
    "patches_numpy", "lies_about_equality", "writes_results", "forges_frames", "tells_inputs_by_lines",
    "reads_the_course", "takes_30_gb", "segfaults", "kills_itself", "leaves_a_process", "returns_much_json",
    "makes_the_check_take_memory", "climbing_zip", "links", "odd_names", "a_course_of_its_own", "notebook_of_magics",
)  # fmt: skip


def test_a_class_of_several_kinds_leaves_the_honest_as_they_are_alone() -> None:
    kinds = [word for kind in QUICK for word in ("--kind", kind)]
    command = [sys.executable, "benchmarks/hostile", "--count", str(len(QUICK)), *kinds]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"10 honest, {len(QUICK)} hostile of {len(QUICK)} kinds" in done.stdout
    assert "0 faults" in done.stdout


@pytest.mark.parametrize("kind", in_code.KINDS)
def test_each_kind_is_python_and_nothing_but_its_function_is_another(kind: str) -> None:
    function, body = in_code.body_of(kind)
    source = replaced(function, body, in_code.IMPORTS) if function else f"{in_code.IMPORTS}\n{body}\n{RIGHT}"
    compile(source, kind, "exec")
    assert source.count("\ndef ") == RIGHT.count("\ndef ")


def test_no_kind_stands_twice() -> None:
    assert not in_code.KINDS.keys() & in_files.KINDS.keys()
    assert in_code.KINDS.keys() >= in_code.HARMLESS
