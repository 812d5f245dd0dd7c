"""The requirements of a kit: the engine in it, and every package in the version that is installed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from grader.core.errors import UsageError
from grader.kit.engine import NAME, Wheel

ENGINE_FOLDER = "engine"
# What a notebook needs to run; it is not installed here, because no notebook runs here.
KERNEL = "ipykernel==7.4.0"
# The index of PyTorch's builds without support for graphics cards. On Linux on x86-64, PyPI's builds include gigabytes
# for graphics cards; elsewhere, PyPI's builds are for the processor only.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CPU_BUILDS = frozenset({"torch", "torchvision", "torchaudio"})
ON_LINUX = "sys_platform == 'linux' and platform_machine == 'x86_64'"
ELSEWHERE = "sys_platform != 'linux' or platform_machine != 'x86_64'"
# Packages that only builds for graphics cards require, in case one is installed here.
_FOR_CARDS = ("nvidia-", "cuda-", "triton")


def pinned(packages: Iterable[str]) -> dict[str, str]:
    """Return the versions of everything that the engine and the import names in `packages` need, by distribution.

    Everything that can change an answer is pinned to the version installed here, so that students see what the grader
    sees. Raises UsageError for a package that is not installed.
    """
    return {name: pin for name, pin in _pins((NAME, *_distributions(packages))).items() if name != NAME}


def megabytes(pins: Iterable[str]) -> int:
    """Return about how many megabytes some distributions take on disk, as they are installed here."""
    # pip compiles each module, which adds about the same size again.
    sizes = (
        (file.size or 0) * (1 + (file.suffix == ".py")) for name in pins for file in distribution(name).files or ()
    )
    exact = sum(sizes) / 1e6
    return max(round(exact / 10), 1) * 10


def requirements(wheel: Wheel, pins: Mapping[str, str], *, notebook: bool) -> str:
    """Return requirements.txt for the engine and what is `pinned`."""
    lines = [f"--find-links {ENGINE_FOLDER}", *_index(pins), f"{NAME}=={wheel.version}", *_lines(pins)]
    lines += [KERNEL] if notebook else []
    return "".join(f"{line}\n" for line in lines)


def experiment_requirements(packages: Iterable[str]) -> str:
    """Return the requirements of experiments: requirements.txt, and packages by their names on the index.

    They are pinned to the versions installed here. Raises UsageError for one that is not installed.
    """
    named = [*packages]
    for name in named:
        try:
            distribution(name)
        except PackageNotFoundError as error:
            todo = f"install {name}, so that the kit can name its version, or remove it from the rubric"
            raise UsageError(
                f"experiments need the package {name!r}, which is not installed here", todo=todo
            ) from error
    pins = _pins(named)
    return "".join(f"{line}\n" for line in ("-r requirements.txt", *_index(pins), *_lines(pins)))


def _index(pins: Iterable[str]) -> list[str]:
    return [f"--extra-index-url {CPU_INDEX}"] if CPU_BUILDS & {*pins} else []


def _lines(pins: Mapping[str, str]) -> Iterator[str]:
    """Yield a line of requirements for each pin, two for a package with several builds."""
    for name, version in pins.items():
        if name in CPU_BUILDS:
            yield f"{name}=={version}+cpu; {ON_LINUX}"
            yield f"{name}=={version}; {ELSEWHERE}"
        else:
            yield f"{name}=={version}"


def _pins(names: Iterable[str]) -> dict[str, str]:
    """Return the installed version of some distributions and of everything that they require, by name."""
    pins: dict[str, str] = {}
    seen: set[Requirement] = set()
    for name in names:
        _pin(Requirement(name), pins, seen)
    return {name: version for name, version in sorted(pins.items()) if not name.startswith(_FOR_CARDS)}


def _distributions(packages: Iterable[str]) -> Iterator[str]:
    owners = packages_distributions()
    for package in packages:
        if package not in owners:
            raise UsageError(
                f"a question allows the package {package!r}, which is not installed here",
                todo=f"install {package}, so that the kit can name its version, or remove it from the rubric",
            )
        yield from owners[package]


def _pin(wanted: Requirement, pins: dict[str, str], seen: set[Requirement]) -> None:
    """Add the version of a distribution and of everything that it requires on this system."""
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
