"""Makes student/ from reference/: stubs that say what is asked but not how to solve it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import libcst as cst

from grader.core.errors import CourseError
from grader.course.folder import Course
from grader.course.stub_source import HEADER, SolvedModule


def make_stubs(course: Course) -> dict[str, str]:
    """Return the text of every stub by its file name.

    Every public function and class of reference/ must be in the `names` of exactly one question, and every name of a
    rubric in reference/. Raises CourseError naming all that are not.
    """
    asked = _asked(course)
    stubs: dict[str, str] = {}
    errors: list[CourseError] = []
    for path in sorted(course.reference.glob("[!_]*.py")):
        module = _parse(path)
        what = asked.pop(path.stem, _Asked())
        wrong = _disagreements(path, module.public_names(), what)
        if wrong:
            errors += wrong
            continue
        questions = {name: min(ids) for name, ids in what.questions.items()}
        stubs[path.name], lost = module.stub(questions, what.packages)
        if lost:
            errors.append(_lost(path, lost))
    errors += [_no_module(course, name, what) for name, what in asked.items()]
    if errors:
        raise errors[0] if len(errors) == 1 else CourseError("\n".join(map(str, errors)))
    return stubs


def write_stubs(course: Course) -> list[str]:
    """Write the stubs to student/, remove those of modules that no longer exist; return what changed."""
    stubs = make_stubs(course)
    course.student.mkdir(exist_ok=True)
    changed = _stale(course, stubs)
    for name in changed:
        if name in stubs:
            (course.student / name).write_text(stubs[name], encoding="utf-8", newline="\n")
        else:
            (course.student / name).unlink()
    return changed


def stale_stubs(course: Course) -> list[str]:
    """Return the names of stubs in student/ that are missing, differ, or no longer belong to a module."""
    return _stale(course, make_stubs(course))


def _stale(course: Course, stubs: dict[str, str]) -> list[str]:
    there = {path.name: path.read_text(encoding="utf-8") for path in course.student.glob("*.py")}
    gone = {name for name, text in there.items() if name not in stubs and text.startswith(HEADER)}
    return sorted(gone | {name for name, text in stubs.items() if there.get(name) != text})


@dataclass
class _Asked:
    """What the rubrics ask of one module: the question ids of each name, packages, which rubrics."""

    questions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    packages: set[str] = field(default_factory=set)
    assignments: set[str] = field(default_factory=set)


def _asked(course: Course) -> dict[str, _Asked]:
    asked: dict[str, _Asked] = defaultdict(_Asked)
    for assignment in course.assignments():
        for question in course.rubric(assignment).questions:
            if question.module is not None:
                what = asked[question.module]
                what.packages.update(question.packages)
                what.assignments.add(assignment)
                for name in question.names:
                    what.questions[name].add(question.id)
    return dict(asked)


def _parse(path: Path) -> SolvedModule:
    try:
        return SolvedModule.parse(path.read_text(encoding="utf-8"))
    except cst.ParserSyntaxError as error:
        raise CourseError("this is not Python", where=f"{path}:{error.raw_line}", found=error.message) from error


def _disagreements(path: Path, public: list[str], what: _Asked) -> list[CourseError]:
    errors = []
    for name in public:
        questions = sorted(what.questions.get(name, ()))
        if len(questions) != 1:
            errors.append(
                CourseError(
                    f"`{name}` must belong to exactly one question",
                    where=path,
                    found=f"it is in the names of {' and '.join(questions) or 'none'}",
                    todo="add it to `names` of one question in rubrics/, or begin its name with an underscore",
                )
            )
    for name in sorted(set(what.questions) - set(public)):
        errors.append(
            CourseError(
                f"`{name}` is asked for but not solved here",
                where=path,
                found=f"it is in the names of {' and '.join(sorted(what.questions[name]))}",
                expected="a public function or class of that name",
            )
        )
    return errors


def _lost(path: Path, names: list[str]) -> CourseError:
    return CourseError(
        "the stub cannot keep what its signatures use",
        where=path,
        found=", ".join(names),
        expected="plain imports and assignments at the module's top level",
        todo="use other names in signatures, defaults and bases",
    )


def _no_module(course: Course, name: str, what: _Asked) -> CourseError:
    return CourseError(
        f"a rubric names the module `{name}`, which does not exist",
        where=course.reference / f"{name}.py",
        found=f"it is named in {', '.join(sorted(what.assignments))}",
    )
