"""What the files of a submission define, and where else a name occurs. None of them is run.

Several files may define the same name. Which of them counts is decided by their contents (`ranked`), so that it does
not depend on the names that a student gave them.
"""

from __future__ import annotations

import ast
import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import splitext
from typing import Any

from .problems import Unreadable
from .slicing import Step, steps
from .sources import SourceDocument, read, text_cells

# What occurs where a name is bound, and often elsewhere, in a script as in the text of a notebook.
MAY_BIND = re.compile(rb"(?:def|class)\s+(\w+)|(\w+)\s*[,=:]")
MAX_FILES = 100
MAX_DEFINED = 200
MAX_PROBLEMS = 5


@dataclass(frozen=True)
class Defines:
    """What a file defines of the requested names, except untouched stubs: where, and how much that is.

    `size` is the number of nodes in its definitions, `digest` distinguishes them, whatever the file's name.
    """

    label: str
    places: Mapping[str, str]
    size: int
    digest: str


@dataclass(frozen=True)
class Overview:
    """The files of a submission: what each `defines`, what is wrong with them, and names found `elsewhere`.

    `defined` are names that are not requested, `elsewhere` contains a sentence for a name that no file defines.
    """

    defines: tuple[Defines, ...]
    problems: tuple[str, ...]
    elsewhere: Mapping[str, str]
    defined: tuple[str, ...]


def overview(root: Path, files: Iterable[str], names: Collection[str]) -> Overview:
    """Return what the scripts and notebooks among `files` below `root` define of `names`."""
    documents = {label: read(root / label, label) for label in _sources(files)}
    defines = tuple(_defines(label, document, names) for label, document in documents.items())
    known = {name for one in defines for name in one.places}
    problems = [
        unread(cell.filename, cell.problem)
        for document in documents.values()
        for cell in document.cells
        if cell.problem
    ]
    sentences = {name: said for name in names if name not in known and (said := _elsewhere(root, documents, name))}
    others = {name for document in documents.values() for step in _own(document) for name in step.binds} - {*names}
    plain = sorted(name for name in others if not name.startswith(("_", "*")))
    return Overview(defines, tuple(problems[:MAX_PROBLEMS]), sentences, tuple(plain[:MAX_DEFINED]))


def definitions(root: Path, files: Iterable[str], names: Collection[str]) -> Overview:
    """Return only what files define of `names`, for those files that may define the same one."""
    found = {label: _may_define(root / label, names) for label in _sources(files)}
    times = Counter(name for label in found for name in found[label])
    labels = [label for label in found if any(times[name] > 1 for name in found[label])]
    return Overview(tuple(_defines(label, read(root / label, label), names) for label in labels), (), {}, ())


def _may_define(path: Path, names: Collection[str]) -> Collection[str]:
    """Return those `names` that a file may define: looking for them in its bytes is much cheaper than in its tree."""
    try:
        text = path.read_bytes()
    except OSError:
        return ()
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not all(map(str.isascii, names)):
        return names
    words = {(defined or bound).decode() for defined, bound in MAY_BIND.findall(text)}
    return words.intersection(names)


def elsewhere(root: Path, files: Iterable[str], name: str) -> str:
    """Return where a name that no file defines occurs, and what to do about it, or ""."""
    return _elsewhere(root, {label: read(root / label, label) for label in _sources(files)}, name)


def _sources(files: Iterable[str]) -> list[str]:
    return [label for label in files if splitext(label)[1] in {".py", ".ipynb"}][:MAX_FILES]


def to_data(found: Overview) -> list[object]:
    """Return an overview in a form that crosses the wire; `from_data` converts it back."""
    rows = [[one.label, dict(one.places), one.size, one.digest] for one in found.defines]
    return [rows, list(found.problems), dict(found.elsewhere), list(found.defined)]


def from_data(data: Any) -> Overview:
    """Return the overview again. Raises ValueError, TypeError or AttributeError for what is not one."""
    rows, problems, elsewhere, defined = data
    defines = tuple(
        Defines(_str(label), {_str(name): _str(place) for name, place in places.items()}, int(size), _str(digest))
        for label, places, size, digest in rows
    )
    sentences = {_str(name): _str(said) for name, said in elsewhere.items()}
    return Overview(defines, tuple(map(_str, problems)), sentences, tuple(map(_str, defined)))


def _str(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("this is not a text")
    return value


def ranked(files: Sequence[str], defines: Iterable[Defines]) -> tuple[str, ...]:
    """Return the files in the order in which names are looked up in them.

    First comes the file that defines most of the requested names, then a notebook before a script, then the larger
    definitions; ties are broken by a digest of these, because files must not change places with their names.
    """
    known = {one.label: one for one in defines}

    def rank(label: str) -> tuple[int, bool, int, str]:
        one = known.get(label, Defines(label, {}, 0, ""))
        return -len(one.places), not label.endswith(".ipynb"), -one.size, one.digest

    return tuple(sorted(sorted(files), key=rank))


def _own(document: SourceDocument) -> Iterator[Step]:
    """Yield what a student would say that they defined."""
    for step in steps(document):
        if not isinstance(step.statement, (ast.Import, ast.ImportFrom)) and not step.is_stub:
            yield step


def _defines(label: str, document: SourceDocument, names: Collection[str]) -> Defines:
    places: dict[str, str] = {}
    size, digest = 0, hashlib.sha256()
    for step in _own(document):
        found = step.binds.intersection(names)
        if found:
            places.update(dict.fromkeys(found, step.cell.filename))  # the last one counts, as in Python
            size += sum(1 for _ in ast.walk(step.statement))
            digest.update(_text(step.statement).encode("utf-8", "surrogatepass"))
    return Defines(label, places, size, digest.hexdigest())


def _text(statement: ast.stmt) -> str:
    try:
        return ast.dump(statement)
    except (RecursionError, MemoryError):
        return ""


def unread(filename: str, problem: BaseException) -> str:
    """Return what is wrong with a file or cell that is not Python, and what that means."""
    words = str(problem) if type(problem) is Unreadable else f"{type(problem).__name__}: {problem}"
    return f"{filename} cannot be used: {words}. Nothing in it counts until this is fixed"


def _elsewhere(root: Path, documents: Mapping[str, SourceDocument], name: str) -> str:
    """Return where a name that is not defined occurs, and what to do about it, or ""."""
    for cell in (cell for document in documents.values() for cell in document.cells):
        for statement in cell.statements:
            if said := _within(statement, name, cell.filename):
                return said
    written = re.compile(rf"^\s*(#*)\s*(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b", re.MULTILINE)
    for label, document in documents.items():
        for number, text in text_cells(root / label) if label.endswith(".ipynb") else ():
            if written.search(text):
                return f"`{name}` is in a text cell ({label}, cell {number}), which is not run: make it a code cell"
        for cell in document.cells:
            found = written.search(cell.text)
            if found and found[1]:
                return f"`{name}` is in a comment ({cell.filename}): remove the # before its lines"
    return ""


def _within(statement: ast.stmt, name: str, filename: str) -> str:
    for node in ast.walk(statement):
        if isinstance(node, ast.If):
            holder = "an `if` whose condition is false when it is graded"
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            holder = f"the {'class' if isinstance(node, ast.ClassDef) else 'function'} `{node.name}`"
        else:
            continue
        for child in node.body:
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and child.name == name:
                where = f"({filename}, line {child.lineno})"
                return f"`{name}` is inside {holder} {where}: move it out, to the left margin"
    return ""
