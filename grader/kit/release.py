"""A kit: everything that a student needs for an assignment, and nothing that is for staff only."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from grader.audit.course_check import between_rubric_and_suites
from grader.core.errors import CourseError, UsageError
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.course.stubs import make_stubs, stale_stubs
from grader.course.suites import check_places
from grader.desk import released, seals
from grader.grading.answer_sheets import answer_sheets
from grader.kit.engine import engine_wheel
from grader.kit.handing_in import EXPERIMENTS
from grader.kit.handout import handout
from grader.kit.help_page import help_page
from grader.kit.notebook_file import notebook
from grader.kit.public import public_rubric
from grader.kit.requirements import ENGINE_FOLDER, experiment_requirements, megabytes, pinned, requirements
from grader.kit.sealing import sealed_sentences
from grader.kit.start_page import ASSIGNMENT, HELP, start_page
from grader.kit.stub_parts import imported_modules
from grader.sheets.allotment import EXAMPLE

PUBLIC = "tests/public"
_FIRST_STEPS = "first_steps"
# importlib: suites with the same name in two folders do not conflict, and nothing is put on sys.path. The engine's
# plugin is named explicitly: pytest would recompile all modules of every package in which it finds a plugin at the
# first run, also hypothesis's, which takes longer than the checks. What pytest does at the end of a run about
# exceptions in destructors takes as long as a question's checks.
_OPTIONS = "--import-mode=importlib --disable-plugin-autoload -p grader.pytest_side.entry -p no:unraisableexception"
# If pytest is started on a whole kit, a virtual environment in it and the first exercise are not meant.
_LEFT_OUT = f".* venv env node_modules build dist {_FIRST_STEPS}"
_SETTINGS = f"[pytest]\ntestpaths = {PUBLIC}\naddopts = {_OPTIONS}\nnorecursedirs = {_LEFT_OUT}\n"
_EDITOR = f"""{{
  "python.testing.pytestEnabled": true,
  "python.testing.unittestEnabled": false,
  "python.testing.pytestArgs": ["{PUBLIC}"],
  "python.analysis.extraPaths": ["student", "provided"],
  "files.exclude": {{"**/__pycache__": true, "**/.pytest_cache": true}}
}}
"""


def kit_files(course: Course, assignment: str, formats: Collection[str]) -> dict[str, bytes]:
    """Return the files of a kit by their paths in it; `formats` contains ``py``, ``ipynb`` or both.

    Raises StaffError if the assignment does not exist, its parts are inconsistent, or students could not run any check.
    """
    rubric = course.rubric(assignment)
    checks = _public_checks(course, rubric)
    misfits = [*between_rubric_and_suites(course, rubric)]
    if misfits:
        raise CourseError("the rubric and its suites are inconsistent:\n" + "\n".join(misfits))
    stubs = _stubs(course, rubric)
    wheel = engine_wheel()
    pins = pinned(dict.fromkeys(name for question in rubric.questions for name in question.packages))
    texts = {
        "README.md": start_page(rubric, formats, megabytes(pins)),
        ASSIGNMENT: handout(rubric, checks, formats),
        HELP: help_page(rubric, formats, pins),
        "pytest.ini": _SETTINGS,
        ".vscode/settings.json": _EDITOR,
        "requirements.txt": requirements(wheel, pins, notebook="ipynb" in formats),
        f"rubrics/{assignment}.yaml": public_rubric(rubric),
    }
    asked = {question.module for question in rubric.questions}
    if "ipynb" in formats:
        own = {module: text for module, text in stubs.items() if module in asked}
        texts[f"student/{assignment}.ipynb"] = notebook(rubric, checks, own)
    # A notebook's cells cannot import stubs from one another.
    texts |= {f"student/{m}.py": text for m, text in stubs.items() if "py" in formats or m not in asked}
    texts |= {f"student/{sheet.file}": sheet.blank(EXAMPLE) for sheet in answer_sheets(course, rubric).values()}
    if rubric.experiments.packages:
        texts[EXPERIMENTS] = experiment_requirements(rubric.experiments.packages)
    if rubric.hints and (sealed := sealed_sentences(course, rubric)):
        texts[f"rubrics/{assignment}{seals.SEALED}"] = seals.written(sealed)
    untouched = [
        course.student / name.removeprefix("student/")
        for name in texts
        if name.startswith("student/") and name.endswith(".py")
    ]
    texts[f"rubrics/{assignment}{released.RELEASED}"] = released.written(untouched)
    files = {name: text.encode() for name, text in texts.items()}
    files |= _first_steps() | _experiment_files(course, rubric)
    files |= {name: (course.root / name).read_bytes() for name in rubric.suites.public}
    files |= {path.relative_to(course.root).as_posix(): path.read_bytes() for path in course.provided_files(rubric)}
    files[f"{ENGINE_FOLDER}/{wheel.file_name}"] = wheel.content
    return files


def _first_steps() -> dict[str, bytes]:
    """Return the files of the first exercise by their paths in a kit."""
    here = Path(__file__).parent
    found = sorted(path for path in (here / _FIRST_STEPS).rglob("*") if path.suffix in {".md", ".py", ".yaml"})
    return {path.relative_to(here).as_posix(): path.read_bytes() for path in found if "last_run" not in path.parts}


def _experiment_files(course: Course, rubric: Rubric) -> dict[str, bytes]:
    """Return the files for experiments by their paths in the kit. Raises CourseError if one does not exist."""
    files = {f"provided/{Path(name).name}": course.root / name for name in rubric.experiments.files}
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        where = course.root / "rubrics" / f"{rubric.assignment}.yaml"
        raise CourseError("files of `experiments` do not exist", where=where, found=", ".join(missing))
    return {name: path.read_bytes() for name, path in files.items()}


def write_kit(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a kit into `folder`, which must be empty or not exist; either all of it or nothing.

    Raises UsageError for a folder that is not empty or cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError("this is not a folder", where=folder, todo="name another with --to")
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
                folder.rmdir()  # Windows does not rename a folder over another, even an empty one
            os.replace(written, folder)
    except OSError as error:
        raise UsageError("the kit cannot be written", where=folder, found=error.strerror) from error


def _public_checks(course: Course, rubric: Rubric) -> Counter[str]:
    """Return how many checks of each criterion students receive. Raises CourseError if there are none."""
    where = course.root / "rubrics" / f"{rubric.assignment}.yaml"
    elsewhere = [path for path in rubric.suites.public if not path.startswith(f"{PUBLIC}/")]
    if elsewhere:
        raise CourseError(
            "students' pytest searches only one folder for suites",
            where=where,
            found=", ".join(elsewhere),
            expected=f"files in {PUBLIC}/",
        )
    public = [suite for suite in course.suite_files(rubric) if suite[1] == "public"]
    checks = Counter(place.criterion for place in check_places(public))
    if not checks:
        raise CourseError(
            "a kit of this assignment would contain no checks",
            where=where,
            found="no check in a public suite",
            todo=f"write some into {PUBLIC}/ and list the suite in `suites`",
        )
    return checks


def _stubs(course: Course, rubric: Rubric) -> dict[str, str]:
    """Return the stubs of an assignment by module, with those that they import.

    Raises CourseError if student/ is not what `grader stubs` makes of reference/.
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
            "stubs in student/ differ from what `grader stubs` makes of reference/",
            where=course.student,
            found=", ".join(stale),
            todo="run `grader stubs`, and review what changes before you release",
        )
    return chosen
