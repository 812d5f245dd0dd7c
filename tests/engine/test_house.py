"""The figures of the house: what `benchmarks/house.py` counts, on packages whose figures are known."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
try:
    from house import Package, details, figures
finally:
    sys.path.pop(0)

ROW = "".join(f"    total += {number}\n" for number in range(6))


def package(folder: Path, **modules: str) -> Package:
    """Return a package `shop` whose modules have these texts; two underscores in a name stand for a folder."""
    for name, text in {"__init__": "", **modules}.items():
        path = folder / "shop" / f"{name if name.startswith('__') else name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Package.at(folder / "shop", "shop")


def test_sizes_and_shares(tmp_path: Path) -> None:
    buy = 'def buy():\n    """Buy."""\n    return 1  # one\n'
    text = f'"""Doc."""\n\n# why\n{buy}\n\ndef _sell(): ...\n\n\ndef lend(): ...\n'
    found = figures(package(tmp_path, room__till=text))
    assert found["modules"] == "1"  # the empty __init__ is left out
    assert found["lines of a module"] == "12/12/12"
    assert found["functions"] == "3"
    assert found["lines of a function"] == "1/1/3"
    assert found["private"] == "33%"
    assert found["documented"] == "67%"  # module and buy, but not lend
    assert found["comments"] == f"{2 / 12:.1%}"


def test_homonyms_are_classes_of_one_name_in_two_places(tmp_path: Path) -> None:
    inner = "class Till:\n    class Coin: ...\ndef local():\n    class Local: ...\n"
    found = package(tmp_path, one=inner, two="class Coin: ...\nclass Note: ...\ndef local():\n    class Local: ...\n")
    assert found.homonyms == {"Coin": ["shop.one", "shop.two"]}
    assert "homonym Coin: shop.one, shop.two" in details(found)


def test_loose_modules_lie_on_top(tmp_path: Path) -> None:
    found = package(tmp_path, loose="x = 1\n", __main__="x = 1\n", room__till="x = 1\n")
    assert found.loose == ["shop.loose"]


@pytest.mark.parametrize(
    "back",
    [
        "import shop.one\n",
        "from shop import one\n",
        "from . import one\n",
        "from .one import x\n",
        "try:\n    import shop.one\nfinally:\n    pass\n",
    ],
)
def test_cycles_are_imports_that_come_back(tmp_path: Path, back: str) -> None:
    found = package(tmp_path, one="from shop.two import y\nx = 1\n", two=f"{back}y = 2\n", three="import shop.one\n")
    assert found.cycles == [["shop.one", "shop.two"]]


@pytest.mark.parametrize(
    "back",
    ["def later():\n    import shop.one\n", "if TYPE_CHECKING:\n    import shop.one\n", "import other.one\n", ""],
)
def test_imports_that_run_later_or_never_make_no_cycle(tmp_path: Path, back: str) -> None:
    assert package(tmp_path, one="import shop.two\n", two=back).cycles == []


def test_six_lines_that_stand_twice_are_a_duplicate_and_seven_are_one(tmp_path: Path) -> None:
    seven = f"def a(total):\n{ROW}    return total\n"
    six = f"def b(total):\n{ROW}\n\ndef c(total):\n    # alone\n    return total\n"
    five = f"def d(total):\n{ROW.partition('total += 5')[0]}return total\n"
    assert package(tmp_path / "seven", one=seven, two=f"x = 1\n\n{seven}").duplicates == [("shop.one:1", "shop.two:3")]
    assert package(tmp_path / "six", one=seven, two=six).duplicates == [("shop.one:2", "shop.two:2")]
    assert package(tmp_path / "five", one=seven, two=five).duplicates == []


def test_imports_and_docstrings_are_not_duplicates(tmp_path: Path) -> None:
    head = '"""One.\n\nTwo.\nThree.\nFour.\n"""\nimport a\nimport b\nimport c\nimport d\nimport e\nimport f\n'
    assert package(tmp_path, one=head, two=head).duplicates == []
