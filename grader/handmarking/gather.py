"""What a submission contains for the person who marks it: files, texts of notebooks and outputs, by question.

What belongs to no question in particular is offered for all. Files are copied unchanged and never opened further; the
texts and outputs of notebooks come from a worker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.core.text import listed, printable
from grader.course.rubric.model import Rubric
from grader.handmarking.kinds import UNOPENED, ending_of, is_for_a_person, written_ending
from grader.handmarking.question_names import QuestionNames
from grader.handmarking.sections import Passage, passages
from grader.intake.names import NOTEBOOK, is_called
from grader.results.result import HandedIn

if TYPE_CHECKING:
    from grader.sandbox.notebooks import NotebookCell

# A glob such as *.png must not bring in a whole data set.
MAX_FILES = 60
# The name of files for no question in particular; no question has this id.
ANY_QUESTION = "any-question"
_FEW_CELLS = 8
_FEW_FILES = 5
# Files that a kit brings, and that pip reads.
_NOT_WORK = ("requirements*.txt", "license.txt")


@dataclass(frozen=True)
class GatheredWork:
    """Something that was handed in for a question: its name in written/, where it was, its content.

    `question` is empty for what is offered for all questions that a person marks.
    """

    question: str
    file: str
    source: str
    data: bytes


@dataclass(frozen=True)
class Gathered:
    """What was found, and notes about it; `again` means that another attempt may find more."""

    written: tuple[GatheredWork, ...] = ()
    notes: tuple[str, ...] = ()
    again: bool = False

    def by_question(self) -> Mapping[str, tuple[HandedIn, ...]]:
        """Return what was handed in for each question, as in results; under "" what is offered for all."""
        found: dict[str, tuple[HandedIn, ...]] = {}
        for one in self.written:
            told = HandedIn(source=one.source, file=one.file, bytes=len(one.data))
            found[one.question] = (*found.get(one.question, ()), told)
        return found


Found = tuple[str, str, bytes]


def gather(
    rubric: Rubric, asked: Collection[str], root: Path, files: Sequence[str], cells: Sequence[NotebookCell] = ()
) -> Gathered:
    """Return what a person reads of a submission: for the questions `asked`, and for none in particular.

    `files` are those of a staged submission below `root`, `cells` those of its notebooks.
    """
    names = QuestionNames(rubric.questions)
    found = [*passages(cells, names)]
    places = _places(rubric, names, files)
    written: list[GatheredWork] = []
    notes: list[str] = []
    for question in [*(q.id for q in rubric.questions if q.id in asked), ""]:
        mine = [file for file, questions in places.items() if question in questions]
        own = [one for one in found if _belongs(one, question, names)]
        whole = [*_files(root, mine[:MAX_FILES], cells), *_from_cells(own)]
        written += _named(question, whole)
        if len(mine) > MAX_FILES:
            title = next((q.title for q in rubric.questions if q.id == question), "For no question in particular")
            notes.append(f"{title}: of {len(mine)} files that were handed in, {MAX_FILES} are read")
    unnamed = [one for one in found if not one.cell.is_code and _belongs(one, "", names)]
    if unnamed and not {one.question for one in written}.issuperset(asked):
        notes.append(f"{_cells_words(unnamed)}: this text is below no heading that names a question")
    left = [printable(file) for file in files if ending_of(file) in UNOPENED]
    if left:
        notes.append(f"{listed(left[:_FEW_FILES])}: not shown to the person who marks; hand in a PDF instead")
    return Gathered(tuple(written), tuple(notes))


def _places(rubric: Rubric, names: QuestionNames, files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the questions that each file is for, files closest to the root first; ("",) if it is offered for all."""
    places: dict[str, tuple[str, ...]] = {}
    for file in sorted(files, key=lambda file: (file.count("/"), file)):
        asking = tuple(q.id for q in rubric.questions if is_called(file, q.handed_in))
        for_all = is_called(file, rubric.handed_in)
        if asking:
            places[file] = (*asking, *[""] * for_all)
        elif for_all or (is_for_a_person(file) and not is_called(file, (*rubric.sheet_files, *_NOT_WORK))):
            places[file] = names.in_file(file) or ("",)
    return places


def _belongs(passage: Passage, question: str, names: QuestionNames) -> bool:
    """Return whether a passage is shown for a question; "" stands for all: what belongs to none that a person marks."""
    if question:
        return passage.question == question
    return passage.question is None or not names.is_by_hand(passage.question)


def _files(root: Path, files: Iterable[str], cells: Sequence[NotebookCell]) -> Iterator[Found]:
    for file in files:
        data = _as_script(file, cells) if file.lower().endswith(NOTEBOOK) else (root / file).read_bytes()
        yield file, written_ending(ending_of(file)), data


def _as_script(notebook: str, cells: Iterable[NotebookCell]) -> bytes:
    """Return the text and the code of a notebook's cells, one after the other."""
    parts = (
        f"# ── cell {cell.number}, {'code' if cell.is_code else 'text'} ──\n{cell.text}"
        for cell in cells
        if cell.notebook == notebook and not cell.untouched
    )
    return ("\n\n".join(parts) + "\n").encode("utf-8", "backslashreplace")


def _from_cells(found: Sequence[Passage]) -> Iterator[Found]:
    """Yield one text for each notebook, and the pictures in its cells."""
    for notebook in dict.fromkeys(passage.cell.notebook for passage in found):
        mine = [passage for passage in found if passage.cell.notebook == notebook]
        texts = [passage for passage in mine if passage.text]
        if texts:
            text = "\n\n".join(passage.text for passage in texts) + "\n"
            yield _cells_words(texts), "md", text.encode("utf-8", "backslashreplace")
        for cell in dict.fromkeys(passage.cell for passage in mine):
            for ending, data in cell.pictures:
                yield f"{notebook}, picture in cell {cell.number}", written_ending(ending), data


def _named(question: str, found: Iterable[Found]) -> Iterator[GatheredWork]:
    """Yield what was found under names that contain nothing but question, number and kind."""
    seen: Counter[str] = Counter()
    for source, ending, data in found:
        seen[ending] += 1
        number = f"-{seen[ending]}" if seen[ending] > 1 else ""
        yield GatheredWork(question, f"{question or ANY_QUESTION}{number}.{ending}", source, data)


def _cells_words(found: Sequence[Passage]) -> str:
    """Return e.g. ``work.ipynb, cells 3, 5``."""
    numbers = [str(number) for number in dict.fromkeys(passage.cell.number for passage in found)]
    more = len(numbers) - _FEW_CELLS
    some = ", ".join(numbers[:_FEW_CELLS]) + (f" and {more} more" if more > 0 else "")
    return f"{found[0].cell.notebook}, {'cell' if len(numbers) == 1 else 'cells'} {some}"
