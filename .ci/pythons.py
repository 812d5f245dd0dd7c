"""Run the tests that need no PyTorch on other versions of Python: `pythons.py [--only GLOB] [VERSION ...]`.

Each version gets an environment in build/pythons with what constraints.txt pins, but without PyTorch, whose questions
are tested on Python 3.11 alone. In it run the public checks of all questions that do without PyTorch, on the reference,
and the engine's tests that do without it. A kit without PyTorch is installed there as a student does it, and its
untouched stubs and one right answer are checked. Of the others, and of versions that are not installed here, the script
says that they were skipped; a failed test makes it end with 1.
"""

from __future__ import annotations

import argparse
import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "pythons"
VERSIONS = ("3.12", "3.13")
# An assignment in NumPy, and a module of it whose questions have its name.
KIT, KIT_MODULE = "cs6910-2020-pa2", "activations"
NEEDS_TORCH = re.compile(r"torch|gradproof\[")
# They do not mention it, but release or grade all of an assignment with a question about it.
WHOLE_ASSIGNMENTS = {"test_readme.py", "test_sample_class.py"}
QUESTIONS = """
from grader.course.folder import Course
from grader.course.suites import check_places
course = Course.find(None)
for rubric in map(course.rubric, course.assignments()):
    public = [file for file in course.suite_files(rubric) if file[1] == "public"]
    checked = {place.criterion for place in check_places(public)}
    for question in rubric.questions:
        if checked & {criterion.id for criterion in question.criteria} and "torch" not in question.packages:
            print(question.id)
"""


def interpreter(version: str) -> Path | None:
    """Return a Python of this version: on PATH, or kept by pyenv."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}*/bin/python"))
    for candidate in (shutil.which(f"python{version}"), *kept):
        if candidate and _version(candidate) == version:
            return Path(candidate)
    return None


def _version(python: str | Path) -> str:
    code = "import sys; print(*sys.version_info[:2], sep='.')"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def environment(version: str, base: Path) -> Path:
    """Return the Python of an environment without PyTorch, made anew where its packages have changed."""
    folder, python = BUILD / version, BUILD / version / "bin" / "python"
    wanted = "\n".join([*packages(), (ROOT / "constraints.txt").read_text(encoding="utf-8")])
    ready = folder / "ready"
    if not ready.is_file() or ready.read_text(encoding="utf-8") != wanted:
        subprocess.run([base, "-m", "venv", "--clear", folder], check=True)
        install = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-c",
            "constraints.txt",
        ]
        subprocess.run([*install, "--editable", ".[staff]", *packages()], cwd=ROOT, check=True)
        ready.write_text(wanted, encoding="utf-8")
    return python


def packages() -> list[str]:
    """Return what tests need of the extra `dev`, without what brings PyTorch."""
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    return [need for need in extra["dev"] if not NEEDS_TORCH.search(need) and not need.startswith(("captum", "mypy"))]


def engine_tests(glob: str) -> Iterator[str]:
    """Yield the engine's test modules that a glob names and that do without PyTorch; say which are left out."""
    named = [path for path in sorted((ROOT / "tests/engine").glob("test_*.py")) if fnmatch.fnmatch(path.stem, glob)]
    mention = {path.name for path in named if NEEDS_TORCH.search(path.read_text(encoding="utf-8"))}
    left_out = [path.name for path in named if path.name in mention | WHOLE_ASSIGNMENTS]
    yield from (str(path.relative_to(ROOT)) for path in named if path.name not in left_out)
    if left_out:
        print(f"skipped, since they need PyTorch: {', '.join(left_out)}", flush=True)


def kit_works(base: Path, folder: Path) -> bool:
    """Tell whether a kit that this Python releases installs and checks on another."""
    shutil.rmtree(folder, ignore_errors=True)
    release = [sys.executable, "-m", "grader", "release", KIT, "--to", str(folder)]
    subprocess.run(release, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([base, "-m", "venv", ".venv"], cwd=folder, check=True)
    python = folder / ".venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"]
    subprocess.run(install, cwd=folder, check=True)
    untouched = subprocess.run([python, "-m", "pytest"], cwd=folder, capture_output=True, text=True, check=False)
    shutil.copy(ROOT / "reference" / f"{KIT_MODULE}.py", folder / "student")
    command = [python, "-m", "pytest", f"--question={KIT_MODULE}.*"]
    solved = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    works = untouched.returncode == 1 and "failed" not in untouched.stdout and solved.returncode == 0
    print(f"  the kit of {KIT} {'works' if works else untouched.stdout + solved.stdout}", flush=True)
    return works


def tested(version: str, glob: str) -> bool:
    """Run the tests on one version, and tell whether all passed; a version that is not here is skipped."""
    base = interpreter(version)
    if base is None:
        print(f"Python {version}: skipped, there is no interpreter of this version here", flush=True)
        return True
    python = environment(version, base)
    told = subprocess.run([python, "-c", QUESTIONS], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    questions = [f"--question={question}" for question in sorted(told.split())]
    print(f"Python {version}: the public checks of {len(questions)} questions, and the engine's tests", flush=True)
    runs = [["tests/public", "--submission", "reference", *questions], [*engine_tests(glob)]]
    done = [subprocess.run([python, "-m", "pytest", "-q", *run], cwd=ROOT, check=False) for run in runs if run]
    return all([*(one.returncode == 0 for one in done), kit_works(base, BUILD / f"kit-{version}")])


def main() -> None:
    """Test on each version."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("versions", nargs="*", default=VERSIONS)
    parser.add_argument("--only", default="*", metavar="GLOB", help="engine tests of such names, e.g. 'test_w*'")
    options = parser.parse_args()
    passed = [tested(version, options.only) for version in options.versions]
    sys.exit(not all(passed))


if __name__ == "__main__":
    main()
