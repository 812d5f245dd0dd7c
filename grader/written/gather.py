"""What a submission holds for the person who marks it: files and cells of text, by question.

Files are copied as they are and never opened further; what notebooks say comes from a worker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.jail.notebooks import MarkdownCell
from grader.result import HandedIn
from grader.rubric.model import Question, Rubric
from grader.submission.names import is_called
from grader.written.sections import Passage, passages

# A glob such as *.png must not bring in a whole data set.
MAX_FILES = 20
_FEW_CELLS = 8


@dataclass(frozen=True)
class Written:
    """Something that was handed in for a question: the name that it gets in written/, where it stood, its content."""

    question: str
    file: str
    source: str
    data: bytes


@dataclass(frozen=True)
class Gathered:
    """What was found, and what is to be told of the finding; `again` tells that another attempt may find more."""

    written: tuple[Written, ...] = ()
    notes: tuple[str, ...] = ()
    again: bool = False

    def by_question(self) -> Mapping[str, tuple[HandedIn, ...]]:
        """Return what was handed in for each question, as results have it."""
        found: dict[str, tuple[HandedIn, ...]] = {}
        for one in self.written:
            told = HandedIn(source=one.source, file=one.file, bytes=len(one.data))
            found[one.question] = (*found.get(one.question, ()), told)
        return found


def gather(
    rubric: Rubric, asked: Collection[str], root: Path, files: Sequence[str], cells: Sequence[MarkdownCell] = ()
) -> Gathered:
    """Return what is handed in for the questions `asked`: `files` of a staged submission below `root`, and `cells`."""
    text = [*passages(cells, rubric.questions)]
    written: list[Written] = []
    notes: list[str] = []
    for question in (question for question in rubric.questions if question.id in asked):
        matching = _matching(question, files)
        found = [(file, _ending(file), (root / file).read_bytes()) for file in matching[:MAX_FILES]]
        found += _from_cells([passage for passage in text if passage.question == question.id])
        written += _named(question.id, found)
        if len(matching) > MAX_FILES:
            notes.append(f"{question.title}: of {len(matching)} files that were handed in, {MAX_FILES} are read")
    unnamed = [passage for passage in text if passage.question is None]
    if unnamed and {one.question for one in written} != set(asked):
        notes.append(f"{_cells_words(unnamed)}: this text stands below no heading that names a question")
    return Gathered(tuple(written), tuple(notes))


def _matching(question: Question, files: Sequence[str]) -> list[str]:
    """Return the files that a question asks for, wherever they lie, the highest first."""
    found = [file for file in files if is_called(file, question.handed_in)]
    return sorted(found, key=lambda file: (file.count("/"), file))


def _from_cells(found: Sequence[Passage]) -> Iterator[tuple[str, str, bytes]]:
    """Yield one text for each notebook that answers, and the pictures that were pasted into it."""
    for notebook in dict.fromkeys(passage.cell.notebook for passage in found):
        mine = [passage for passage in found if passage.cell.notebook == notebook]
        text = "\n\n".join(passage.text for passage in mine) + "\n"
        yield _cells_words(mine), "md", text.encode("utf-8", "backslashreplace")
        for cell in dict.fromkeys(passage.cell for passage in mine):
            for ending, data in cell.pictures:
                yield f"{notebook}, picture in cell {cell.number}", ending, data


def _named(question: str, found: Sequence[tuple[str, str, bytes]]) -> Iterator[Written]:
    """Yield what was found under names that say nothing but question, number and kind."""
    seen: Counter[str] = Counter()
    for source, ending, data in found:
        seen[ending] += 1
        number = f"-{seen[ending]}" if seen[ending] > 1 else ""
        yield Written(question, f"{question}{number}.{ending}", source, data)


def _ending(file: str) -> str:
    return PurePosixPath(file).suffix.lower().lstrip(".")


def _cells_words(found: Sequence[Passage]) -> str:
    """Return e.g. ``work.ipynb, cells 3, 5``."""
    numbers = [str(number) for number in dict.fromkeys(passage.cell.number for passage in found)]
    more = len(numbers) - _FEW_CELLS
    listed = ", ".join(numbers[:_FEW_CELLS]) + (f" and {more} more" if more > 0 else "")
    return f"{found[0].cell.notebook}, {'cell' if len(numbers) == 1 else 'cells'} {listed}"
