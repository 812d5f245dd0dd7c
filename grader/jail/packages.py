"""Which files a Python with an allow-list of packages needs to read, and no others."""

from __future__ import annotations

import functools
import importlib.metadata
import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from grader.errors import MissingPackage

# What the worker itself stands on; harmless in a student's hands.
ALWAYS = ("numpy", "msgpack")
# What is imported with a package before workers are forked: it takes long, and who uses the one needs the other.
BESIDES = {"sklearn": ("sklearn.manifold",)}
NOT_STDLIB = {"site-packages", "dist-packages", "ensurepip", "test", "idlelib", "turtledemo"}


@dataclass(frozen=True)
class PackageSet:
    """The top-level files and folders of some packages and of all that they require."""

    imports: tuple[str, ...]
    entries: tuple[Path, ...]


@functools.cache
def package_set(packages: tuple[str, ...], lent: tuple[Path, ...] = ()) -> PackageSet:
    """Return what the import names in `packages` need, and the folders of `lent` packages as they are.

    Raises MissingPackage for one that is not installed.
    """
    owners = importlib.metadata.packages_distributions()
    imports = tuple(dict.fromkeys((*ALWAYS, *packages)))
    seen: dict[str, tuple[Path, ...]] = {}
    for name in imports:
        if name not in owners:
            raise MissingPackage(
                f"a question allows the package {name!r}, which is not installed here",
                expected="an installed package's import name",
                todo=f"pip install {_extra_of(name) or name}, or take it from the question's `packages`",
            )
        for distribution in owners[name]:
            _collect(distribution, seen)
    entries = {entry for entries in seen.values() for entry in entries}
    besides = (module for name in imports for module in BESIDES.get(name, ()))
    return PackageSet((*imports, *besides, *(folder.name for folder in lent)), (*sorted(entries), *lent))


def _extra_of(package: str) -> str:
    """Return the engine's own extra that brings a package, if one for users does; such as 'gradproof[torch]'."""
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
    tops = {file.parts[0] for file in found.files or () if file.parts[0] not in {"..", "__pycache__"}}
    root = Path(str(found.locate_file("")))
    seen[key] = tuple(root / top for top in sorted(tops))
    for text in found.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            _collect(requirement.name, seen)


def _library_folders() -> tuple[Path, Path]:
    """Return the folders of the standard library and of its compiled part, past a virtual environment."""
    library = Path(sysconfig.get_path("stdlib"))
    # Not sysconfig's DESTSHARED, which is where Python was built: one that was moved since lies elsewhere.
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

    Found by what this interpreter has mapped. A folder that also holds Pythons (``/usr/lib64`` on
    some systems) is given file by file, so that no site-packages comes along.
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
    """Return the real path of the Python that runs: no virtual environment stands before it."""
    return os.path.realpath(sys.executable)
