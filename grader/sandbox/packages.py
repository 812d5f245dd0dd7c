"""Which files a Python with an allow-list of packages needs to read, and no others."""

from __future__ import annotations

import contextlib
import csv
import functools
import importlib.metadata
import os
import re
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from grader.core.errors import MissingPackage

# What the worker itself needs; harmless for a student to use.
ALWAYS = ("numpy", "msgpack")
# Imported with a package before workers are forked: it takes long, and code that uses one needs the other.
BESIDES = {"sklearn": ("sklearn.manifold",)}
NOT_STDLIB = {"site-packages", "dist-packages", "ensurepip", "test", "idlelib", "turtledemo"}


@dataclass(frozen=True)
class PackageSet:
    """The top-level files and folders of some packages and everything that they require."""

    imports: tuple[str, ...]
    entries: tuple[Path, ...]


@functools.cache
def package_set(packages: tuple[str, ...], provided: tuple[Path, ...] = ()) -> PackageSet:
    """Return what the import names in `packages` need, and the folders of `provided` packages as they are.

    Raises MissingPackage for one that is not installed.
    """
    imports = tuple(dict.fromkeys((*ALWAYS, *packages)))
    seen: dict[str, tuple[Path, ...]] = {}
    for name in imports:
        if not (owners := _owners(name)):
            raise MissingPackage(
                f"a question allows the package {name!r}, which is not installed here",
                expected="an installed package's import name",
                todo=f"pip install {_extra_of(name) or name}, or remove it from the question's `packages`",
            )
        for distribution in owners:
            _collect(distribution, seen)
    entries = {entry for entries in seen.values() for entry in entries}
    besides = (module for name in imports for module in BESIDES.get(name, ()))
    return PackageSet((*imports, *besides, *(folder.name for folder in provided)), (*sorted(entries), *provided))


def _owners(name: str) -> list[str]:
    """Return the distributions that an import name comes from."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        if Path(str(importlib.metadata.distribution(name).locate_file(f"{name}/__init__.py"))).is_file():
            return [name]
    return _all_owners().get(name, [])


@functools.cache
def _all_owners() -> Mapping[str, list[str]]:
    # It reads what each installed distribution consists of, which took an eighth of a cold run.
    return importlib.metadata.packages_distributions()


def _extra_of(package: str) -> str:
    """Return the engine's own extra that includes a package, such as 'gradproof[torch]', if one for users does."""
    for text in importlib.metadata.requires("gradproof") or ():
        requirement = Requirement(text)
        extra = re.search(r'extra == "(\w+)"', str(requirement.marker))
        if requirement.name == package and extra and extra[1] != "dev":
            return f"'gradproof[{extra[1]}]'"
    return ""


def _collect(distribution: str, seen: dict[str, tuple[Path, ...]]) -> None:
    key = distribution.lower().replace("_", "-")
    if key in seen:
        return
    try:
        found = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        seen[key] = ()
        return
    root = Path(str(found.locate_file("")))
    seen[key] = tuple(root / top for top in sorted(_tops(found)))
    for text in found.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            _collect(requirement.name, seen)


def _tops(found: importlib.metadata.Distribution) -> set[str]:
    """Return what a distribution has installed beside others: files and folders."""
    if record := found.read_text("RECORD"):  # whose ten thousand lines for torch are not all to become paths
        names = {row[0].partition("/")[0] for row in csv.reader(record.splitlines()) if row}
    else:
        names = {file.parts[0] for file in found.files or ()}
    return names - {"", "/", "..", "__pycache__"}


def _library_folders() -> tuple[Path, Path]:
    """Return the folders of the standard library and of its compiled part, outside a virtual environment."""
    library = Path(sysconfig.get_path("stdlib"))
    # Not sysconfig's DESTSHARED, which is where Python was built: it may have been moved since.
    return library, next((Path(p) for p in sys.path if Path(p).name == "lib-dynload"), library / "lib-dynload")


def standard_library() -> list[Path]:
    """Return the entries of the standard library, without the packages installed beside it."""
    library, compiled = _library_folders()
    return [*(entry for entry in sorted(library.iterdir()) if entry.name not in NOT_STDLIB), compiled]


def library_path() -> list[str]:
    """Return `sys.path` of a bare interpreter: the standard library only."""
    library, compiled = _library_folders()
    zipped = library.parent / f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    return [str(zipped), str(library), str(compiled)]


@functools.cache
def shared_libraries() -> tuple[Path, ...]:
    """Return the folders of the system's shared libraries, or the libraries themselves.

    They are determined from what this interpreter has mapped. A folder that also contains Pythons (``/usr/lib64`` on
    some systems) is listed file by file, so that no site-packages is included.
    """
    with open("/proc/self/maps", encoding="utf-8") as maps:
        mapped = {line.rpartition(" ")[2].strip() for line in maps}
    folders = {Path(path).parent for path in mapped if ".so" in path and not _is_python(Path(path))}
    paths: set[Path] = set()
    for folder in folders:
        if any(folder.glob("python3*")):
            paths |= set(folder.glob("*.so*"))
        else:
            paths.add(folder)
    return tuple(sorted(paths))


def _is_python(path: Path) -> bool:
    return bool({"site-packages", "dist-packages", "lib-dynload"} & set(path.parts))


def interpreter() -> str:
    """Return the real path of the running Python, not that of a virtual environment."""
    return os.path.realpath(sys.executable)
