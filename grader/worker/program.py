"""A student's program for one question: the slice of the submission that its names depend on, run."""

from __future__ import annotations

import ast
import difflib
import linecache
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from .placeholder import ForbiddenImport, ForbiddenUse, Placeholder, Refuser
from .slicing import Step, needed, steps
from .sources import Document, read


class MissingName(Exception):
    """The submission defines no such name; the message says what it does define."""


@dataclass
class Program:
    """The names of one question, found wherever they stand in the submission.

    `errors` holds what the statement that should have bound a name raised instead; it is raised
    again when that name is asked for, so a failing cell costs only what it defines.
    """

    names: dict[str, object] = field(default_factory=dict)
    errors: dict[str, BaseException] = field(default_factory=dict)
    problems: list[SyntaxError] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)

    def get(self, name: str) -> object:
        """Return the object called `name`; raise what kept it from being defined, or MissingName."""
        if name in self.names:
            return self.names[name]
        if name in self.errors:
            raise self.errors[name]
        if self.problems:
            raise self.problems[0]
        close = difflib.get_close_matches(name, self.defined, n=1)
        hint = f"did you mean {close[0]}?" if close else f"it defines {', '.join(sorted(self.defined)) or 'nothing'}"
        raise MissingName(f"the submission defines no {name!r}; {hint}")


def load(root: Path, files: Iterable[str], module: str, names: Iterable[str], *, real_paths: bool = False) -> Program:
    """Read the submission's `files` below `root` and run what `names` depend on.

    `module` is where the names belong; they are also found in any other script or notebook, the
    one called `module` first, then notebooks, then the rest by name. `real_paths` puts whole paths
    into code objects, so that a debugger's breakpoints hold.
    """
    if not any(isinstance(finder, Refuser) for finder in sys.meta_path):
        sys.meta_path.append(Refuser())
    _forget_modules_of(root)
    for folder in (str(root), str((root / module).parent)):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    program = Program()
    wanted = set(names)
    for label in sorted(files, key=lambda f: (Path(f).stem != module, not f.endswith(".ipynb"), f)):
        if Path(label).suffix not in {".py", ".ipynb"}:
            continue
        document = read(root / label, str(root / label) if real_paths else label)
        wanted -= _take(program, document, wanted)
    return program


def _take(program: Program, document: Document, wanted: set[str]) -> set[str]:
    """Run what `wanted` names need of a document; return those that it defines."""
    program.problems += [cell.problem for cell in document.cells if cell.problem]
    all_steps = steps(document)
    bound = frozenset().union(*(step.binds for step in all_steps))
    program.defined |= {name for name in bound if not name.startswith("_") and name != "*"}
    found = wanted & bound
    if found:
        _run(program, needed(all_steps, found), found, document.stem)
    return found


def _run(program: Program, chosen: list[Step], found: set[str], stem: str) -> None:
    # A module of its own, so that dataclasses and pickles of the student's find their module; not
    # under the plain stem, which belongs to the whole file if another file imports it.
    module = ModuleType(f"submission_{stem}")
    sys.modules[module.__name__] = module
    for step in chosen:
        linecache.cache[step.cell.filename] = (
            len(step.cell.text), None, step.cell.text.splitlines(keepends=True), step.cell.filename,
        )  # fmt: skip
        try:
            _execute(step, module.__dict__)
        except (Exception, ForbiddenUse, SystemExit, GeneratorExit) as error:
            program.errors.update(dict.fromkeys(step.binds, error))
            for name in step.binds:
                module.__dict__.pop(name, None)
        else:
            for name in step.binds:
                program.errors.pop(name, None)
    program.names.update((name, module.__dict__[name]) for name in found if name in module.__dict__)


def _execute(step: Step, namespace: dict[str, object]) -> None:
    try:
        exec(compile(ast.Module([step.statement], []), step.cell.filename, "exec"), namespace)  # noqa: S102
    except ForbiddenImport:
        if not isinstance(step.statement, (ast.Import, ast.ImportFrom)):
            raise
        for alias in step.statement.names:
            name = alias.asname or alias.name.partition(".")[0]
            package = getattr(step.statement, "module", None)
            namespace[name] = Placeholder(f"{package}.{alias.name}" if package else alias.name.partition(".")[0])


def _forget_modules_of(root: Path) -> None:
    """Drop modules imported from `root` before: the student may have saved another version since."""
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(f"{root}/"):
            del sys.modules[name]
