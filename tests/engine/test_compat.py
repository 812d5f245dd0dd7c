"""Private names of pytest and hypothesis: all in one module, each tried, and which version broke what."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from hypothesis.internal.conjecture import engine, providers

from grader.cli.doctor import doctor
from grader.core.errors import GraderFault
from grader.pytest_side import compat, profile, self_test
from grader.pytest_side.runner import with_collected

ROOT = Path(__file__).parents[2]
PRIVATE_MODULES = re.compile(r"_pytest|hypothesis\.(internal|core|control)\b|hypothesis\.strategies\._")
PRIVATE_ATTRIBUTES = {"_initrequest", "_setupstate", "_fixtureinfo", "_hypothesis_internal_database_key", "reportchars"}


def private_names(source: Path) -> Iterator[str]:
    """Yield the private names of both packages that a module uses."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom) and PRIVATE_MODULES.search(ast.unparse(node)):
            yield ast.unparse(node)
        if isinstance(node, ast.Attribute) and node.attr in PRIVATE_ATTRIBUTES:
            yield ast.unparse(node)
        if isinstance(node, ast.Constant) and PRIVATE_MODULES.match(str(node.value)):
            yield str(node.value)


def test_only_compat_uses_private_names() -> None:
    used = {path.relative_to(ROOT).as_posix() for path in (ROOT / "grader").rglob("*.py") if [*private_names(path)]}
    assert used == {"grader/pytest_side/compat.py"}


def test_the_versions_that_are_tested_are_those_that_staff_install() -> None:
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {f"{name}=={version}" for name, version in compat.TESTED.items()} == {
        pin.removesuffix(".*") for pin in extra["staff"] if pin.partition("==")[0] in compat.TESTED
    }


def test_all_names_work_here() -> None:
    assert [works for _, works, _ in self_test.findings()] == [True, True]


@pytest.mark.parametrize("name", compat.NAMES, ids=lambda name: name.place)
def test_a_name_that_is_gone_is_reported_with_the_version_and_nothing_is_graded(
    name: compat.PrivateName, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("grader.pytest_side.compat.version", lambda package: f"{package}-99")
    gone = replace(name, place=f"{name.place}_of_old")
    monkeypatch.setattr(compat, "NAMES", [gone if known is name else known for known in compat.NAMES])
    told = {what: (works, said) for what, works, said in self_test.findings()}
    works, said = told[f"private names of {name.package}"]
    assert not works
    assert said.startswith(f"{name.package} {name.package}-99 broke {gone.place} (for: {name.purpose})")
    assert [works for works, _ in told.values()].count(False) == 1
    with pytest.raises(GraderFault, match=re.escape(gone.place)):
        with_collected([], tmp_path, lambda _: 0, lambda suite: suite)


def idle_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers.HypothesisProvider, "_local_constants", compat.CONSTANTS.get()())


def idle_shrinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.ConjectureRunner, "shrink_interesting_test_cases", lambda self: None)


def idle_tear_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("_pytest.runner.SetupState.teardown_exact", lambda self, item: None)


@pytest.mark.parametrize(
    ("make_idle", "name"),
    [
        (idle_constants, compat.LOCAL_CONSTANTS),
        (idle_shrinks, compat.MAX_SHRINKS),
        (idle_tear_down, compat.TEAR_DOWN),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_name_that_has_lost_its_effect_is_reported(
    make_idle: Callable[[pytest.MonkeyPatch], None], name: compat.PrivateName
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:  # pytest's own names are not to be idle any longer
        make_idle(monkeypatch)
        told = {what: (works, said) for what, works, said in self_test.findings()}
    works, said = told[f"private names of {name.package}"]
    assert not works
    assert name.purpose in said


def test_a_students_pytest_does_without_private_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("hypothesis.internal.conjecture.engine.MAX_SHRINKS")
    monkeypatch.delattr("hypothesis.internal.conjecture.providers._get_local_constants")
    monkeypatch.delattr("hypothesis.internal.constants_ast.Constants")
    profile.install()
    assert not hasattr(engine, "MAX_SHRINKS")


def test_doctor_shows_which_version_broke_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = SimpleNamespace(findings=[], best="lock")
    monkeypatch.setattr("grader.cli.doctor.probe", lambda: found)
    monkeypatch.setattr(self_test, "findings", lambda: [("private names of pytest", False, "pytest 99 broke x:y")])
    with pytest.raises(typer.Exit) as ended:
        doctor()
    assert ended.value.exit_code == GraderFault.exit_code
    told = capsys.readouterr().out
    assert re.search(r"private names of pytest +no +pytest 99 broke x:y", told)
    assert "gradproof[staff]" in told
