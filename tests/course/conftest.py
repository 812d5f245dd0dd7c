"""What tests of the course share."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def module(path: Path) -> ModuleType:
    """Return a module of the course, loaded from its file under a name that nothing else has."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="session")
def reference() -> Callable[[str], ModuleType]:
    """Loads a module of reference/ by its name."""
    return lambda name: module(ROOT / "reference" / f"{name}.py")


@pytest.fixture(scope="session")
def hidden() -> Callable[[str], ModuleType]:
    """Loads a suite of tests/hidden/ by its name."""
    return lambda name: module(ROOT / "tests" / "hidden" / f"{name}.py")


@pytest.fixture(scope="session")
def course_module() -> Callable[[str], ModuleType]:
    """Loads a module of the course by its path from the course's folder."""
    return lambda path: module(ROOT / path)


@pytest.fixture(scope="session")
def public() -> Callable[[str], ModuleType]:
    """Loads a suite of tests/public/ by its name."""
    return lambda name: module(ROOT / "tests" / "public" / f"{name}.py")
