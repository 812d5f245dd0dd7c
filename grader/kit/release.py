"""A kit: everything that a student needs of an assignment, and nothing that is for staff."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from grader.answer_sheets import answer_sheets
from grader.course import Course
from grader.errors import CourseError, UsageError
from grader.fit import between_rubric_and_suites
from grader.kit.engine import engine_wheel
from grader.kit.handing_in import EXPERIMENTS
from grader.kit.handout import handout
from grader.kit.notebook_file import notebook
from grader.kit.public import public_rubric
from grader.kit.requirements import ENGINE_FOLDER, experiment_requirements, requirements
from grader.kit.stub_parts import imported_modules
from grader.rubric.model import Rubric
from grader.sheets.allotment import EXAMPLE
from grader.stubs import make_stubs, stale_stubs
from grader.suites import check_places

PUBLIC = "tests/public"
# importlib: suites of one name in two folders do not disturb each other, and nothing is put on sys.path.
# The engine's plugin by its name: of every package that pytest finds a plugin in by itself it compiles all modules anew
# at the first run, hypothesis's too, which takes longer than the checks.
_OPTIONS = "--import-mode=importlib --disable-plugin-autoload -p grader.plugin.entry"
_SETTINGS = f"[pytest]\ntestpaths = {PUBLIC}\naddopts = {_OPTIONS}\n"


def kit_files(course: Course, assignment: str, formats: Collection[str]) -> dict[str, bytes]:
    """Return the files of a kit by their paths in it; `formats` holds ``py``, ``ipynb`` or both.

    Raises StaffError where the assignment is not there, its parts do not fit together, or students
    could not run any check.
    """
    rubric = course.rubric(assignment)
    checks = _public_checks(course, rubric)
    misfits = [*between_rubric_and_suites(course, rubric)]
    if misfits:
        raise CourseError("the rubric and its suites do not fit together:\n" + "\n".join(misfits))
    stubs = _stubs(course, rubric)
    wheel = engine_wheel()
    packages = dict.fromkeys(name for question in rubric.questions for name in question.packages)
    texts = {
        "README.md": handout(rubric, checks, formats),
        "pytest.ini": _SETTINGS,
        "requirements.txt": requirements(wheel, packages, notebook="ipynb" in formats),
        f"rubrics/{assignment}.yaml": public_rubric(rubric),
    }
    asked = {question.module for question in rubric.questions}
    if "ipynb" in formats:
        own = {module: text for module, text in stubs.items() if module in asked}
        texts[f"student/{assignment}.ipynb"] = notebook(rubric, checks, own)
    # What stubs import of one another cannot stand in a notebook's cells.
    texts |= {f"student/{m}.py": text for m, text in stubs.items() if "py" in formats or m not in asked}
    texts |= {f"student/{sheet.file}": sheet.blank(EXAMPLE) for sheet in answer_sheets(course, rubric).values()}
    if rubric.experiments.packages:
        texts[EXPERIMENTS] = experiment_requirements(rubric.experiments.packages)
    files = {name: text.encode() for name, text in texts.items()}
    files |= _experiment_files(course, rubric)
    files |= {name: (course.root / name).read_bytes() for name in rubric.suites.public}
    files |= {path.relative_to(course.root).as_posix(): path.read_bytes() for path in course.lent_files(rubric)}
    files[f"{ENGINE_FOLDER}/{wheel.file_name}"] = wheel.content
    return files


def _experiment_files(course: Course, rubric: Rubric) -> dict[str, bytes]:
    """Return the files for experiments by their paths in the kit. Raises CourseError for one that is not there."""
    files = {f"lent/{Path(name).name}": course.root / name for name in rubric.experiments.files}
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        where = course.root / "rubrics" / f"{rubric.assignment}.yaml"
        raise CourseError("files of `experiments` are not there", where=where, found=", ".join(missing))
    return {name: path.read_bytes() for name, path in files.items()}


def write_kit(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a kit into `folder`, which must be empty or not there; all of it or nothing.

    Raises UsageError for a folder that holds something or cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError("this is no folder", where=folder, todo="name another with --to")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(
            "this folder is not empty", where=folder, todo="name a new one with --to; a kit never overwrites anything"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=folder.parent) as beside:
            written = Path(beside, "kit")
            for name, content in files.items():
                (written / name).parent.mkdir(parents=True, exist_ok=True)
                (written / name).write_bytes(content)
            if folder.exists():
                folder.rmdir()  # Windows renames nothing over a folder, not even an empty one
            os.replace(written, folder)
    except OSError as error:
        raise UsageError("the kit cannot be written", where=folder, found=error.strerror) from error


def _public_checks(course: Course, rubric: Rubric) -> Counter[str]:
    """Return how many checks of each criterion students get. Raises CourseError if there are none."""
    where = course.root / "rubrics" / f"{rubric.assignment}.yaml"
    elsewhere = [path for path in rubric.suites.public if not path.startswith(f"{PUBLIC}/")]
    if elsewhere:
        raise CourseError(
            "students' pytest looks for suites in one folder only",
            where=where,
            found=", ".join(elsewhere),
            expected=f"files in {PUBLIC}/",
        )
    public = [suite for suite in course.suite_files(rubric) if suite[1] == "public"]
    checks = Counter(place.criterion for place in check_places(public))
    if not checks:
        raise CourseError(
            "a kit of this assignment would hold no checks",
            where=where,
            found="no check in a public suite",
            todo=f"write some into {PUBLIC}/ and list the suite in `suites`",
        )
    return checks


def _stubs(course: Course, rubric: Rubric) -> dict[str, str]:
    """Return the stubs of an assignment by module, with those that they import.

    Raises CourseError where student/ is not what reference/ makes of it.
    """
    made = {Path(name).stem: text for name, text in make_stubs(course).items()}
    wanted = [question.module for question in rubric.questions if question.module]
    chosen: dict[str, str] = {}
    while wanted:
        module = wanted.pop(0)
        if module not in chosen:
            chosen[module] = made[module]
            wanted += sorted(imported_modules(made[module]) & made.keys())
    stale = [name for name in stale_stubs(course) if Path(name).stem in chosen]
    if stale:
        raise CourseError(
            "stubs are not what reference/ makes of them",
            where=course.student,
            found=", ".join(stale),
            todo="run `grader stubs`, and look at what changes before you release",
        )
    return chosen
