"""What a kit installs: the engine it carries, and every package in the version that is in use here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from grader.errors import UsageError
from grader.kit.engine import NAME, Wheel

ENGINE_FOLDER = "engine"
# What a notebook runs in; not installed here, where none is run.
KERNEL = "ipykernel==7.4.0"
# Where PyTorch's own builds without support for graphics cards are.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def requirements(wheel: Wheel, packages: Iterable[str], *, notebook: bool) -> str:
    """Return requirements.txt for the engine and the import names in `packages`.

    Everything that can change an answer is pinned to the version installed here, so that students see
    what the grader sees. Raises UsageError for a package that is not installed.
    """
    lines = [f"--find-links {ENGINE_FOLDER}", f"{NAME}=={wheel.version}"]
    lines += [pin for pin in _pins((NAME, *_distributions(packages))) if not pin.startswith(f"{NAME}==")]
    lines += [KERNEL] if notebook else []
    return "".join(f"{line}\n" for line in lines)


def experiment_requirements(packages: Iterable[str]) -> str:
    """Return the requirements of experiments: requirements.txt, and packages by the names that pip knows them by.

    They are pinned to the versions installed here. Raises UsageError for one that is not installed.
    """
    named = [*packages]
    for name in named:
        try:
            distribution(name)
        except PackageNotFoundError as error:
            todo = f"install {name}, so that the kit can name its version, or take it from the rubric"
            raise UsageError(
                f"experiments need the package {name!r}, which is not installed here", todo=todo
            ) from error
    pins = _pins(named)
    # PyPI's PyTorch for Linux brings gigabytes for graphics cards along.
    index = [f"--extra-index-url {CPU_INDEX}"] if any(pin.startswith("torch==") for pin in pins) else []
    return "".join(f"{line}\n" for line in ("-r requirements.txt", *index, *pins))


def _pins(names: Iterable[str]) -> list[str]:
    """Return a line for each of some distributions and all that they require, with the version installed here."""
    pins: dict[str, str] = {}
    seen: set[Requirement] = set()
    for name in names:
        _pin(Requirement(name), pins, seen)
    return [f"{name}=={version}" for name, version in sorted(pins.items())]


def _distributions(packages: Iterable[str]) -> Iterator[str]:
    owners = packages_distributions()
    for package in packages:
        if package not in owners:
            raise UsageError(
                f"a question allows the package {package!r}, which is not installed here",
                todo=f"install {package}, so that the kit can name its version, or take it from the rubric",
            )
        yield from owners[package]


def _pin(wanted: Requirement, pins: dict[str, str], seen: set[Requirement]) -> None:
    """Add the version of a distribution and of all that it requires on this system."""
    if wanted in seen:
        return
    seen.add(wanted)
    try:
        found = distribution(wanted.name)
    except PackageNotFoundError:  # a package that only other systems need
        return
    pins[canonicalize_name(wanted.name)] = found.version.partition("+")[0]  # torch 2.1+cpu is in the index as 2.1
    for requirement in map(Requirement, found.requires or ()):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *wanted.extras}):
            _pin(requirement, pins, seen)
