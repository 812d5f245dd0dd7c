"""The few notebook magics that affect what is defined: ``%run``, ``%cd`` and ``%%writefile``, as in IPython.

`sources` rewrites them as calls of `get_ipython()`; if a whole notebook is run, that returns a `Shell`.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from ..running.importing import OwnFiles, compiled, execute
from .sources import read

MAIN = "__main__"


class Shell:
    """The shell of a notebook that runs as `module`. Files are looked for where it writes, then in `folder`."""

    def __init__(self, module: ModuleType, folder: Path, own: OwnFiles) -> None:
        self.user_module = module
        self.user_ns = module.__dict__
        self._folder = folder
        self._own = own

    def run_line_magic(self, name: str, line: str = "", *args: object) -> None:
        """Perform ``%name line``; any other than ``%run`` and ``%cd`` does nothing."""
        if name == "run":
            self._run(shlex.split(line))
        elif name == "cd":
            # A folder of another computer, such as /content/drive on Colab, does not exist here; IPython also
            # continues.
            with contextlib.suppress(OSError):
                os.chdir(*shlex.split(line)[-1:])

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """Perform ``%%name line`` on a cell; any other than ``%%writefile`` does nothing."""
        if name not in ("writefile", "file"):
            return
        *options, file = shlex.split(line)
        path = Path(file)
        if path.is_absolute() or ".." in path.parts:  # nothing is written outside the working folder
            path = Path(path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a" if {"-a", "--append"} & set(options) else "w", encoding="utf-8") as written:
            written.write(cell)

    def magic(self, line: str) -> None:
        """Perform a line magic that is given as one text."""
        name, _, rest = line.lstrip("%").partition(" ")
        self.run_line_magic(name, rest)

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Ignore whatever else a notebook asks of its shell."""
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: None

    def _run(self, words: list[str]) -> None:
        """Run a file, and adopt its names: a script runs in a module of its own unless ``-i`` is given."""
        options = {word for word in words if word.startswith("-")}
        path = self._found(next((word for word in words if not word.startswith("-")), ""), "-m" in options)
        shared = "-i" in options or path.suffix == ".ipynb"
        module = self.user_module if shared else ModuleType(path.stem if "-n" in options else MAIN)
        module.__dict__.setdefault("__file__", str(path))
        module.__dict__["__builtins__"] = self._own.names
        before = sys.modules.get(module.__name__)
        sys.modules[module.__name__] = module
        try:
            for cell in read(path, str(path)).cells:
                if cell.problem is not None and not cell.statements:
                    raise cell.problem
                for statement in cell.statements:
                    execute(compiled(statement, cell.filename), module.__dict__)
        finally:
            if before is not None:
                sys.modules[module.__name__] = before
            self.user_ns.update({key: value for key, value in vars(module).items() if not key.startswith("__")})

    def _found(self, name: str, is_module: bool) -> Path:
        name = name.replace(".", "/") if is_module else name
        paths = (folder / f"{name}{ending}" for ending in ("", ".py", ".ipynb") for folder in (Path(), self._folder))
        found = next((path for path in paths if path.is_file()), None)
        if found is None:
            raise FileNotFoundError(f"%run cannot find the file {name}")
        return found
