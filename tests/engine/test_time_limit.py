"""An end to what never ends in a process that must not end: code is stopped, the import of a package is not."""

import importlib
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.checks.asking import time_limit
from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.time_limit import ended_after
from grader.core.outcome import Outcome

BUSY = """
import time

begun = time.process_time()
while time.process_time() - begun < 0.4:
    pass
WHOLE = True
"""
pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a module whose import takes 0.4 s of CPU time."""
    (tmp_path / "busy_module.py").write_text(BUSY)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "busy_module"
    sys.modules.pop("busy_module", None)


def burn(seconds: float) -> None:
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass


def test_code_ends_that_takes_too_long() -> None:
    with pytest.raises(StudentStopped, match="too long") as stopped, ended_after(0.1, "too long"):
        burn(60)
    assert stopped.value.outcome is Outcome.TIMED_OUT


def test_an_installed_package_is_imported_to_its_end_and_the_time_begins_anew(
    busy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a package would stay behind, and all that asks for it later would fail in this process."""
    monkeypatch.setattr(time_limit, "INSTALLED", (str(tmp_path),))

    def imports_and_burns() -> None:
        importlib.import_module(busy)
        burn(60)

    with pytest.raises(StudentStopped), ended_after(0.1, "too long"):
        imports_and_burns()
    assert sys.modules[busy].WHOLE


def test_a_module_of_ones_own_is_not(busy: str) -> None:
    with pytest.raises(StudentStopped), ended_after(0.1, "too long"):
        importlib.import_module(busy)
    assert busy not in sys.modules
