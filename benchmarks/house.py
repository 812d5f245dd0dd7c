"""Measure how the source of gradproof is built, beside that of other packages.

    python benchmarks/house.py [--no-peers] [--list]

All figures come from the source alone, by the same rules for every package, so that a refactoring can be compared with
what was there before. The other packages are installed into build/house, each at the version below, without what they
depend on. `--list` names what the counts stand for: homonyms, loose modules, cycles and duplicates.

- **lines** of a module or function: from its first to its last, docstring and comments included. Empty modules are
  left out.
- **private**: functions and methods whose name starts with one underscore, as a share of all but ``__dunder__`` ones.
- **comments**: lines with a comment, as a share of all lines. **documented**: public modules, classes and functions
  with a docstring.
- **homonyms**: names of classes that are used more than once; classes inside functions are left out.
- **loose**: modules on top of the package, but ``__init__`` and ``__main__``.
- **cycles**: groups of modules that import each other when they are imported; imports inside functions and for type
  checkers do not count.
- **duplicates**: places where six lines in a row stand a second time. Blank lines, comments, docstrings and imports
  are left out first.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import subprocess
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "house"
# The distribution that is installed, and the package in it that holds the source.
PEERS = {
    "pluggy==1.7.0": "pluggy",
    "httpx==0.28.1": "httpx",
    "attrs==26.1.0": "attr",
    "click==8.5.1": "click",
    "structlog==26.1.0": "structlog",
}
NOT_SOURCE = {"template", "first_steps"}  # a course for others to change, and a student's first exercise
IN_A_ROW = 6
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


@dataclass(frozen=True)
class Module:
    """One source file, with the name that it is imported by."""

    name: str
    path: Path
    text: str = field(repr=False)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.text.splitlines())

    @property
    def functions(self) -> list[Function]:
        """All functions and methods."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def public(self) -> Iterator[Documented]:
        """The module itself, and its classes, functions and methods that have no underscore on the way to them."""
        if not self.path.stem.startswith("_") or self.path.stem == "__init__":
            yield self.tree
        yield from _public(self.tree.body)

    @property
    def classes(self) -> Iterator[str]:
        """The names of classes, those inside of classes too."""
        yield from _classes(self.tree.body)

    @property
    def comments(self) -> int:
        """How many lines have a comment."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return sum(token.type == tokenize.COMMENT for token in tokens)

    @property
    def code(self) -> list[tuple[int, str]]:
        """The lines that say something, each with its number: see `duplicates` above."""
        left_out = {number for node in ast.walk(self.tree) if _says_nothing(node) for number in _numbers(node)}
        numbered = enumerate(self.text.splitlines(), start=1)
        stripped = ((number, " ".join(line.split())) for number, line in numbered if number not in left_out)
        return [(number, line) for number, line in stripped if line and not line.startswith("#")]


def _public(body: Sequence[ast.stmt]) -> Iterator[Documented]:
    for node in body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _classes(body: Sequence[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node.name
            yield from _classes(node.body)


def _says_nothing(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_docstring or isinstance(node, ast.Import | ast.ImportFrom)


def _numbers(node: ast.AST) -> range:
    return range(node.lineno, node.end_lineno + 1)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Package:
    """All source files of a package."""

    title: str
    root: Path
    modules: tuple[Module, ...]

    @classmethod
    def at(cls, root: Path, title: str) -> Package:
        """Read the package that lies in a folder."""
        files = [path for path in sorted(root.rglob("*.py")) if not NOT_SOURCE & set(path.relative_to(root).parts)]
        texts = {path: path.read_text(encoding="utf-8") for path in files}
        return cls(title, root, tuple(Module(_name(path, root), path, text) for path, text in texts.items() if text))

    @property
    def private(self) -> float:
        """The share of functions that are private."""
        names = [function.name for module in self.modules for function in module.functions]
        names = [name for name in names if not name.startswith("__")]
        return sum(name.startswith("_") for name in names) / len(names)

    @property
    def documented(self) -> float:
        """The share of what is public that has a docstring."""
        public = [node for module in self.modules for node in module.public]
        return sum(ast.get_docstring(node) is not None for node in public) / len(public)

    @property
    def homonyms(self) -> dict[str, list[str]]:
        """The modules of each class's name that is used more than once."""
        homes = defaultdict[str, list[str]](list)
        for module in self.modules:
            for name in module.classes:
                homes[name].append(module.name)
        return {name: modules for name, modules in sorted(homes.items()) if len(modules) > 1}

    @property
    def loose(self) -> list[str]:
        """The modules on top."""
        return [m.name for m in self.modules if m.path.parent == self.root and not m.path.stem.startswith("__")]

    @property
    def cycles(self) -> list[list[str]]:
        """The groups of modules that import each other."""
        names = {module.name for module in self.modules}
        imports = {module.name: set(_imported(module, names)) - {module.name} for module in self.modules}
        reached = {name: _reached(name, imports) for name in names}
        groups = {frozenset(n for n in reached[name] if name in reached[n]) for name in names if name in reached[name]}
        return sorted(sorted(group) for group in groups)

    @property
    def duplicates(self) -> list[tuple[str, ...]]:
        """The places where six lines in a row stand that stand elsewhere too, each as ``module:line``."""
        places = defaultdict[tuple[str, ...], list[tuple[str, int]]](list)
        for module in self.modules:
            code = module.code
            for start in range(len(code) - IN_A_ROW + 1):
                row = tuple(line for _, line in code[start : start + IN_A_ROW])
                places[row].append((module.name, start))
        again = {row: found for row, found in places.items() if len(found) > 1}
        # Seven equal lines are one duplicate: a row that begins one line after another such row only continues it.
        starts = {tuple(found) for found in again.values()}
        first = [found for found in starts if tuple((name, start - 1) for name, start in found) not in starts]
        numbers = {module.name: [number for number, _ in module.code] for module in self.modules}
        return sorted(tuple(f"{name}:{numbers[name][start]}" for name, start in found) for found in first)


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(module: Module, names: set[str]) -> Iterator[str]:
    """Yield the modules of the package that a module imports as it is imported."""
    own = module.name if module.path.stem == "__init__" else module.name.rpartition(".")[0]
    for node in _run_at_import(module.tree.body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom):
            above = own.split(".")[: len(own.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            parts = {f"{source}.{alias.name}" for alias in node.names}
            yield from (parts & names) or ({source} & names)


def _run_at_import(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _run_at_import(node.orelse)
        elif not isinstance(node, Function):
            yield from _run_at_import(list(ast.iter_child_nodes(node)))


def _reached(name: str, imports: dict[str, set[str]]) -> set[str]:
    """Return all modules that one imports, by way of others too."""
    reached, ahead = set[str](), [name]
    while ahead:
        new = imports[ahead.pop()] - reached
        reached |= new
        ahead.extend(new)
    return reached


def spread(sizes: Sequence[int]) -> str:
    """Return the median, the 90th percentile and the largest."""
    ordered = sorted(sizes)
    return f"{statistics.median_low(ordered)}/{ordered[int(0.9 * (len(ordered) - 1))]}/{ordered[-1]}"


def figures(package: Package) -> dict[str, str]:
    """Return the figures of a package, by name."""
    functions = [function for module in package.modules for function in module.functions]
    lines = sum(module.lines for module in package.modules)
    return {
        "modules": str(len(package.modules)),
        "lines of a module": spread([module.lines for module in package.modules]),
        "functions": str(len(functions)),
        "lines of a function": spread([len(_numbers(function)) for function in functions]),
        "private": f"{package.private:.0%}",
        "documented": f"{package.documented:.0%}",
        "comments": f"{sum(module.comments for module in package.modules) / lines:.1%}",
        "homonyms": str(len(package.homonyms)),
        "loose": str(len(package.loose)),
        "cycles": str(len(package.cycles)),
        "duplicates": str(len(package.duplicates)),
    }


def peers() -> Iterator[Package]:
    """Install the other packages where that has not been done, and read them."""
    for requirement, package in PEERS.items():
        folder = BUILD / requirement
        if not (folder / package).is_dir():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
            subprocess.run([*command, "--target", str(folder), requirement], check=True)
        yield Package.at(folder / package, requirement.replace("==", " "))


def details(package: Package) -> Iterator[str]:
    """Yield what the counts of a package stand for."""
    yield from (f"homonym {name}: {', '.join(modules)}" for name, modules in package.homonyms.items())
    yield from (f"loose: {name}" for name in package.loose)
    yield from (f"cycle: {', '.join(group)}" for group in package.cycles)
    yield from (f"duplicate: {', '.join(places)}" for places in package.duplicates)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--no-peers", action="store_true", help="measure gradproof alone")
    parser.add_argument("--list", action="store_true", help="name what the counts of gradproof stand for")
    options = parser.parse_args()
    own = Package.at(ROOT / "grader", "gradproof")
    packages = [own, *([] if options.no_peers else peers())]
    table = Table("", *(package.title for package in packages), title="lines: median/90th percentile/longest")
    for rows in zip(*(figures(package).items() for package in packages), strict=True):
        table.add_row(rows[0][0], *(value for _, value in rows))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    if options.list:
        print(*details(own), sep="\n")


if __name__ == "__main__":
    main()
