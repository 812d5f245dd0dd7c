"""What students learn from after the deadline: the reference, model answers with their keys, and the notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.core.errors import CourseError
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.handmarking.model_answers import ModelAnswer, model_answers, wrong_keys
from grader.kit.stub_parts import imported_modules


def solution_files(course: Course, assignment: str) -> dict[str, bytes]:
    """Return the files of a release of solutions by their paths in it, which are the same as in the course.

    Raises StaffError if the assignment does not exist, or a marking key does not match the rubric.
    """
    rubric = course.rubric(assignment)
    wrong = [*wrong_keys(course, rubric)]
    if wrong:
        raise CourseError("model answers and the rubric are inconsistent:\n" + "\n".join(wrong))
    answers = model_answers(course, rubric)
    notebook = course.solutions / "notebooks" / f"{assignment}.ipynb"
    chosen = _modules(course, rubric, notebook)
    files = [*chosen, *_data(course, rubric, chosen), *course.provided_files(rubric)]
    files += [answer.file for answer in answers.values()]
    files += [course.root / name for name in rubric.experiments.files if (course.root / name).is_file()]
    files += [notebook] if notebook.is_file() else []
    found = {path.relative_to(course.root).as_posix(): path.read_bytes() for path in files}
    return {"README.md": _first_words(rubric, answers, notebook.is_file()).encode(), **found}


def _modules(course: Course, rubric: Rubric, notebook: Path) -> list[Path]:
    """Return the files that solve the questions, and those of the course that they and the notebook import."""
    folders = (course.reference, notebook.parent)
    solved = (question for question in rubric.questions if question.module or question.sheet)
    wanted = [*dict.fromkeys(map(course.solution, solved))]
    wanted += _files_of(_imported_by(notebook), folders)
    chosen: list[Path] = []
    while wanted:
        file = wanted.pop(0)
        if file not in chosen:
            chosen.append(file)
            wanted += _files_of(imported_modules(file.read_text(encoding="utf-8")), folders)
    return chosen


def _imported_by(notebook: Path) -> set[str]:
    """Return the modules that the cells of a notebook import; none if there is no notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"] if notebook.is_file() else []
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return imported_modules(code)


def _files_of(modules: Iterable[str], folders: Iterable[Path]) -> Iterator[Path]:
    for module in sorted(modules):
        yield from (file for folder in folders if (file := folder / f"{module}.py").is_file())


def _data(course: Course, rubric: Rubric, modules: Iterable[Path]) -> Iterator[Path]:
    """Yield answer sheets, and files beside the reference's modules that they mention, such as a log."""
    texts = "\n".join(file.read_text(encoding="utf-8") for file in modules)
    for file in sorted(course.reference.iterdir()):
        if file.is_file() and file.suffix != ".py" and (file.name in texts or file.name in rubric.sheet_files):
            yield file


def _first_words(rubric: Rubric, answers: dict[str, ModelAnswer], notebook: bool) -> str:
    lines = [f"# Solutions: {rubric.title}", ""]
    if notebook:
        name = f"solutions/notebooks/{rubric.assignment}.ipynb"
        lines += [f"- [{name}]({name}): the whole assignment, from the data to figures and findings, with its outputs."]
    lines += ["- `reference/`: the solution of each stub. It passes all checks, including the hidden ones."]
    if answers:
        lines += ["- Model answers to what a person marks, with the marking key below each:", ""]
        titles = {question.id: question.title for question in rubric.questions}
        lines += [f"  - [{titles[one]}](solutions/answers/{answer.file.name})" for one, answer in answers.items()]
    needed = " and of its requirements-experiments.txt" if rubric.experiments.packages else ""
    lines += ["", f"The notebook and the reference run in the environment of the kit{needed}.", ""]
    return "\n".join(lines)
