"""Which questions an edit of the student's affects, judged from their files without running them."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from grader.course.rubric.model import Question
from grader.intake.names import is_called
from grader.pytest_side.handmarked import files_in
from grader.worker.reading.slicing import Step, needed, steps
from grader.worker.reading.sources import SourceDocument, read


def question_digests(root: Path, files: Iterable[str], questions: Sequence[Question]) -> dict[str, str]:
    """Return, by question, a digest of its present answer: everything that its names depend on, and its files.

    `files` are the scripts and notebooks of the work in `root`. Comments and blank lines do not matter.
    """
    documents = {label: read(root / label, label) for label in files}
    taken_apart = {label: steps(document) for label, document in documents.items()}
    own = {document.stem: _digest([_whole(document)]) for document in documents.values()}
    broken = [(document.stem, c.text) for document in documents.values() for c in document.cells if c.problem]
    beside = files_in(root)
    read_by = {question.id: _files_read(question, documents.values(), beside) for question in questions}
    return {
        question.id: _digest(
            [*_code(question, taken_apart, own), *_data(root, read_by[question.id]), *_broken(question, broken)]
        )
        for question in questions
    }


def _files_read(question: Question, documents: Iterable[SourceDocument], files: Iterable[str]) -> list[str]:
    """Return what of the files beside the code a question's checks or its code may read, as far as names tell."""
    wanted = [*question.handed_in, *([question.sheet.file] if question.sheet else [])]
    texts = [_whole(document) for document in documents]
    mine = [text for text in texts if any(re.search(rf"\b{name}\b", text) for name in question.names)]
    return [file for file in files if is_called(file, wanted) or any(Path(file).name in text for text in mine)]


def _code(question: Question, documents: Mapping[str, Sequence[Step]], own: Mapping[str, str]) -> Iterable[str]:
    for label in sorted(documents):
        names = {name for step in documents[label] for name in step.binds} & {*question.names}
        for step in needed(documents[label], names) if names else ():
            yield ast.dump(step.statement)
            if isinstance(step.statement, (ast.Import, ast.ImportFrom)):
                yield from (own[word] for word in sorted(_modules(step.statement) & own.keys()))


def _broken(question: Question, cells: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Yield the text of each cell that is not valid Python and mentions a name that the question asks for."""
    for stem, text in cells:
        if stem == question.module or any(re.search(rf"\b{name}\b", text) for name in question.names):
            yield text


def _modules(statement: ast.Import | ast.ImportFrom) -> set[str]:
    """Return every word in the names of the modules that a statement imports or imports from."""
    names = [alias.name for alias in statement.names]
    names += [statement.module or ""] if isinstance(statement, ast.ImportFrom) else []
    return {word for name in names for word in name.split(".")}


def _data(root: Path, files: Iterable[str]) -> Iterable[str]:
    for file in files:
        yield hashlib.sha256((root / file).read_bytes()).hexdigest()


def _whole(document: SourceDocument) -> str:
    return "\n".join(cell.text for cell in document.cells)


def _digest(parts: Iterable[str]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return found.hexdigest()[:16]
