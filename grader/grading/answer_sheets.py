"""The answer sheets of an assignment: allotted, written, filled in by a solution, and marked.

A solution is a module ``reference/sheets/NAME.py`` with a function for each of `grader.sheets.FUNCTIONS`. It is staff's
own code and runs in this process, as the reference does when mistakes are named.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks import fail
from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.time_limit import cpu_limit
from grader.core.errors import CourseError
from grader.course.bank import Bank, Entry, overlaid
from grader.course.folder import Course
from grader.course.rubric.model import Question, Rubric
from grader.intake.identify import roll_number, tops
from grader.intake.stage import Source, Staged, names_around
from grader.sheets import FUNCTIONS, Form, Marked
from grader.sheets.allotment import EXAMPLE, Key, NoAllotment, allotted
from grader.sheets.drawing import network_picture
from grader.sheets.form import Array, Ask, Unsolved, Values, asked
from grader.sheets.marking import Mistake
from grader.sheets.reading import read_sheet
from grader.sheets.writing import sheet_text

CPU_SECONDS = 1.0
# The function with which a file of the bank may change the text of the sheet that it fills in.
WRITTEN = "written"


class AnswerSheet:
    """The answer sheet of one question; values are allotted once for each roll number."""

    def __init__(self, course: Course, rubric: Rubric, question: Question, bank: Bank | None = None) -> None:
        assert question.sheet is not None
        self.form = Form(question.sheet)
        self.file = question.sheet.file
        self._course = course
        self._question = question
        self._assignment = rubric.assignment
        self._solution = _Solution(overlaid(course, question, ""), course.solution(question))
        self._allotted: dict[str, tuple[dict[str, Array], dict[str, Array]]] = {}
        wrong, right = (bank.misconceptions, bank.alternatives) if bank else ((), ())
        self._mistakes = [
            Mistake(entry.sentence, self._known(entry)) for entry in wrong if entry.question == question.id
        ]
        self._others = [self._known(entry) for entry in right if entry.question == question.id]

    def blank(self, roll: str) -> str:
        """Return the sheet of a student, to be filled in."""
        return self._text(roll, {})

    def picture(self, roll: str) -> str:
        """Return the network of a student's sheet, with the given values, as SVG text."""
        return network_picture(f"{self._question.title} · {roll}", self.form, self._values(roll)[0])

    def filled(self, roll: str, source: str = "") -> str:
        """Return the sheet as filled in by a solution: the reference, or the module with the text `source`.

        What such a module does not compute, and everything that follows from it, is left blank.
        """
        solution = _Solution(source) if source else self._solution
        return solution.written(self._text(roll, self._answers(roll, solution.ask)))

    def marked(self, handed_in: SubmittedFiles) -> Marked:
        """Return the sheet that was handed in, compared with what was allotted to its roll number.

        Ends a check as not implemented if there is none, and as failed if it is unknown whose it is.
        """
        reading = read_sheet(handed_in.text(self.file), self.form)
        roll = handed_in.roll
        if roll is None:
            fail("neither the hand-in's name nor the line `Roll number:` of the sheet says whose it is")
        values = self._values(roll)[1]
        return Marked(self.form, reading, roll, values, self._solution.ask, self._mistakes, self._others)

    def roll_in(self, handed_in: SubmittedFiles, path: Source) -> str | None:
        """Return the roll number that the sheet itself gives, None also where there is no sheet.

        The example's is nobody's: everyone has that sheet, and the course its answers. It counts in the course only.
        """
        try:
            roll = read_sheet(handed_in.text(self.file), self.form).roll
        except StudentStopped:
            return None
        courses = {self._course.reference.resolve(), self._course.student.resolve()}
        own = isinstance(path, Path) and path.resolve() in courses
        return roll if roll != EXAMPLE or own else None

    def _known(self, entry: Entry) -> Ask:
        return _Solution(overlaid(self._course, self._question, entry.source)).ask

    def _text(self, roll: str, answers: Values) -> str:
        title = f"{self._question.title} · {self._question.id}"
        return sheet_text(title, roll, self.form, self._values(roll)[0], answers)

    def _values(self, roll: str) -> tuple[dict[str, Array], dict[str, Array]]:
        """Return the values given to a student, and these with all answers."""
        if roll not in self._allotted:
            key = Key(self._course.secret, self._assignment, self._question.id, roll)
            try:
                self._allotted[roll] = allotted(self.form, key, self._solution.ask)
            except (NoAllotment, Unsolved) as error:
                where = self._course.solution(self._question)
                raise CourseError("no sheet can be allotted", where=where, found=str(error)) from error
        return self._allotted[roll]

    def _answers(self, roll: str, ask: Ask) -> dict[str, Array]:
        values, answers = dict(self._values(roll)[0]), dict[str, Array]()
        for quantity in self.form.asked:
            try:
                answer = np.asarray(asked(self.form, quantity, values, ask), dtype=np.float64)
                values[quantity.name] = answers[quantity.name] = np.broadcast_to(answer, quantity.shape)
                if not np.isfinite(answer).all():
                    raise ValueError
            except (Unsolved, ValueError, TypeError):
                answers.pop(quantity.name, None)
                break
        return answers


class _Solution:
    """A module of staff's that has been run."""

    def __init__(self, source: str, where: Path | None = None) -> None:
        self._names: dict[str, Any] = {"__name__": "solution"}
        exec(compile(source, str(where or "<known work>"), "exec", dont_inherit=True), self._names)
        missing = [name for name in FUNCTIONS if not callable(self._names.get(name))]
        if missing:
            raise CourseError("the solution of a sheet lacks functions", where=where, expected=", ".join(missing))

    def ask(self, function: str, network: Mapping[str, object], values: Values, layer: int) -> object:
        """Return the result of a function. Raises Unsolved for any error in it."""
        copies = {name: value.copy() for name, value in values.items()}
        try:
            with cpu_limit(CPU_SECONDS), np.errstate(all="ignore"):
                return self._names[function](network, copies, layer)
        except (Exception, StudentStopped) as error:
            raise Unsolved(f"{function}: {type(error).__name__}: {error}") from error

    def written(self, text: str) -> str:
        """Return the sheet as it is handed in."""
        change: Callable[[str], str] = self._names.get(WRITTEN, lambda unchanged: unchanged)
        return change(text)


def answer_sheets(course: Course, rubric: Rubric, bank: Bank | None = None) -> dict[str, AnswerSheet]:
    """Return the answer sheets of an assignment by question; the bank determines which mistakes can be named."""
    sheets = (question for question in rubric.questions if question.sheet)
    return {question.id: AnswerSheet(course, rubric, question, bank) for question in sheets}


def roll_reader(course: Course, rubric: Rubric) -> Callable[[Path, Staged], str]:
    """Return a function that finds the roll number on the first answer sheet of a staged hand-in."""
    sheets = answer_sheets(course, rubric).values()

    def read(folder: Path, staged: Staged) -> str:
        rolls = (sheet.roll_in(SubmittedFiles(folder, staged.files), folder) for sheet in sheets)
        return next(filter(None, rolls), "")

    return read


@dataclass
class Work:
    """A staged submission as checks of files see it; `notes` say what is odd about whose it is."""

    staged: Staged
    folder: Path
    roll: str | None
    notes: tuple[str, ...]
    sheets: Mapping[str, AnswerSheet]
    secret: bytes = b""
    _files: dict[str, SubmittedFiles] = field(default_factory=dict)

    @classmethod
    def of(
        cls, path: Source, staged: Staged, folder: Path, pattern: str | None, sheets: Mapping[str, AnswerSheet],
        secret: bytes = b"",
    ) -> Work:  # fmt: skip
        """Return the submission that was handed in as `path` and lies staged in `folder`; `secret` is the course's."""
        named = roll_number([*names_around(path), *tops(staged.sources)], pattern)
        bare = SubmittedFiles(folder, staged.files)
        written = {sheet.file: roll for sheet in sheets.values() if (roll := sheet.roll_in(bare, path))}
        notes = [
            f"{file} gives the roll number {roll}; the hand-in's name says {named}, and that counts"
            if named
            else f"only {file} says whose this is: {roll}"
            for file, roll in written.items()
            if roll != named
        ]
        return cls(staged, folder, named or next(iter(written.values()), None), tuple(notes), sheets, secret)

    def handed_in(self, question: str) -> SubmittedFiles:
        """Return the files for a question's checks, with its answer sheet if it has one."""
        if question not in self._files:
            sheet = self.sheets.get(question)
            read = sheet.marked if sheet else None
            keyed = self.secret and self.roll
            lot = hmac.digest(self.secret, f"{question} {self.roll}".encode(), "sha256") if keyed else b""
            self._files[question] = SubmittedFiles(self.folder, self.staged.files, self.roll, read, lot)
        return self._files[question]


def example_files(course: Course) -> dict[Path, str]:
    """Return the example sheets that belong in student/, blank, and in reference/, filled in.

    Raises CourseError if two questions of the course use the same file.
    """
    files: dict[Path, str] = {}
    for assignment in course.assignments():
        for sheet in answer_sheets(course, course.rubric(assignment)).values():
            if course.student / sheet.file in files:
                raise CourseError("two questions are answered in one file", where=course.root, found=sheet.file)
            files[course.student / sheet.file] = sheet.blank(EXAMPLE)
            files[course.reference / sheet.file] = sheet.filled(EXAMPLE)
    return files


def stale_examples(course: Course) -> dict[Path, str]:
    """Return those of `example_files` that are missing or differ from the existing files."""
    wanted = example_files(course)
    there = {path: path.read_text(encoding="utf-8") for path in wanted if path.is_file()}
    return {path: text for path, text in wanted.items() if there.get(path) != text}
