"""The hand calculation of the reference against differences, and sheets filled in through the real command line.

The person who fills in a sheet here reads it as text, computes with plain numbers, and takes every derivative as a
difference of the loss: nothing is shared with the reference.
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from grader.sheets import FUNCTIONS, Form
from grader.sheets.allotment import Key, allotted
from grader.sheets.form import Values
from grader.sheets.spec import SheetLayer, SheetSpec
from grader.sheets.writing import sheet_text

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "cs6910-2020-pa2"
ACTIVATIONS: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "linear": lambda z: z,
}
Sheet = dict[str, float]


def entries(text: str) -> dict[str, str]:
    """The entries of a sheet and what stands behind each."""
    return dict(re.findall(r"^([A-Za-z_\d]+(?:\[[\d,]+\])?) *= ?(.*)$", text, re.MULTILINE))


def forward(given: Sheet, units: Sequence[int], kinds: Sequence[str], half: bool) -> Sheet:
    """Net inputs, outputs, errors and loss, from the values on a sheet."""
    found: Sheet = {}
    below = [given[f"x[{i}]"] for i in range(1, units[0] + 1)]
    for layer, (size, kind) in enumerate(zip(units[1:], kinds, strict=True), start=1):
        outs = []
        for i in range(1, size + 1):
            net = sum(given[f"W{layer}[{i},{j}]"] * value for j, value in enumerate(below, start=1))
            net += given.get(f"b{layer}[{i}]", 0.0) + given.get(f"nudge{layer}[{i}]", 0.0)
            found[f"net{layer}[{i}]"], found[f"out{layer}[{i}]"] = net, ACTIVATIONS[kind](net)
            outs.append(ACTIVATIONS[kind](net))
        below = outs
    for k, out in enumerate(below, start=1):
        found[f"error[{k}]"] = out - given[f"t[{k}]"]
    squares = sum(found[f"error[{k}]"] ** 2 for k in range(1, len(below) + 1))
    return {**found, "loss": squares / 2 if half else squares}


def by_hand(given: Sheet, units: Sequence[int], kinds: Sequence[str], half: bool = False) -> Sheet:
    """All answers; derivatives are central differences of the loss."""

    def slope(name: str) -> float:
        up, down = ({**given, name: given.get(name, 0.0) + step} for step in (1e-5, -1e-5))
        rise = forward(up, units, kinds, half)["loss"] - forward(down, units, kinds, half)["loss"]
        return rise / 2e-5

    found = forward(given, units, kinds, half)
    for layer, size in enumerate(units[1:], start=1):
        found |= {f"delta{layer}[{i}]": slope(f"nudge{layer}[{i}]") for i in range(1, size + 1)}
    for name in [name for name in given if name[0] in "Wb"]:
        kind, place = name.split("[")
        found[f"d{name}"] = slope(name)
        found[f"{kind}_new[{place}"] = given[name] - given["eta"] * found[f"d{name}"]
    return found


NETWORKS = {
    "2-2-2 sigmoid": ((2, 2, 2), ("sigmoid", "sigmoid"), False, True),
    "3-2-1 tanh, linear, half": ((3, 2, 1), ("tanh", "linear"), True, True),
    "2-3-2-1 relu, sigmoid, tanh": ((2, 3, 2, 1), ("relu", "sigmoid", "tanh"), False, True),
    "2-2 linear, without biases": ((2, 2), ("linear",), True, False),
    "1-1-1 sigmoid, relu": ((1, 1, 1), ("sigmoid", "relu"), False, True),
}


def solution() -> Callable[..., object]:
    names: dict[str, Callable[..., object]] = {}
    exec((ROOT / "reference/sheets/backprop_by_hand.py").read_text(encoding="utf-8"), names)
    assert set(FUNCTIONS) <= set(names)
    return lambda function, network, values, layer: names[function](network, values, layer)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("roll", ["cs20b001", "cs20b002", "cs20b003"])
def test_the_reference_agrees_with_differences_of_the_loss(name: str, roll: str) -> None:
    units, kinds, half, biases = NETWORKS[name]
    layers = tuple(
        SheetLayer(units=size, activation=kind, biases=biases)  # type: ignore[arg-type]
        for size, kind in zip(units[1:], kinds, strict=True)
    )
    loss = "half_squared_error" if half else "squared_error"
    form = Form(
        SheetSpec(file="s.txt", solution="any", inputs=units[0], layers=layers, loss=loss, learning_rate=0.5, digits=5)
    )
    given, values = allotted(form, Key(b"", "a", "q", roll), solution())
    expected = by_hand(numbers(form, given), units, kinds, half)
    found = numbers(form, values)
    assert set(expected) == {entry for quantity in form.asked for entry in quantity.entries}
    for entry, value in expected.items():
        assert found[entry] == pytest.approx(value, rel=1e-6, abs=1e-9), entry
        assert abs(value) >= 0.00099, f"{entry} rounds away"
    assert not any(entries(sheet_text("T", roll, form, given, {}))[entry] for entry in expected)


def numbers(form: Form, values: Values) -> Sheet:
    return {
        entry: float(value)
        for quantity in (*form.given, *form.asked)
        if quantity.name in values
        for entry, value in zip(quantity.entries, values[quantity.name].flat, strict=True)
    }


# --- through the real command line ------------------------------------------------------------------------------


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "grader", *map(str, arguments), "--course", str(ROOT)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def filled(blank: str, answers: Sheet) -> str:
    """The sheet with answers of four digits written into it."""

    def line(found: re.Match[str]) -> str:
        name = found[1]
        return f"{name} = {float(f'{answers[name]:.3e}')}" if name in answers else found[0]

    return re.sub(r"^([A-Za-z_\d]+(?:\[[\d,]+\])?) *=.*$", line, blank, flags=re.MULTILINE)


def slipped(given: Sheet) -> Sheet:
    """All answers after one early slip: the first net input is wrong, and is gone on with."""
    return by_hand({**given, "nudge1[1]": 0.3}, (2, 2, 2), ("sigmoid", "sigmoid"))


def constant(given: Sheet) -> Sheet:
    return dict.fromkeys(by_hand(given, (2, 2, 2), ("sigmoid", "sigmoid")), 0.5)


def made_up(given: Sheet) -> Sheet:
    source = random.Random(1)
    return {name: source.uniform(-1, 1) for name in constant(given)}


def right(given: Sheet) -> Sheet:
    return by_hand(given, (2, 2, 2), ("sigmoid", "sigmoid"))


def half_done(given: Sheet) -> Sheet:
    """One early slip, and nothing after the deltas."""
    return {name: value for name, value in slipped(given).items() if not name.startswith(("d", "W", "b"))} | {
        name: value for name, value in slipped(given).items() if name.startswith("delta")
    }


PEOPLE: dict[str, tuple[Callable[[Sheet], Sheet], str]] = {
    "cs20b001": (right, "12"),
    "cs20b002": (slipped, "11"),
    "cs20b003": (made_up, "0"),
    "cs20b004": (constant, "0"),
    "cs20b005": (half_done, "7"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox of sheets, allotted, filled in and graded."""
    folder = tmp_path_factory.mktemp("sheets")
    rolls = [part for roll in PEOPLE for part in ("--roll", roll.upper())]
    allotment = run("allot", ASSIGNMENT, *rolls, "--to", folder / "hand-outs")
    assert allotment.returncode == 0, allotment.stderr
    for roll, (calculate, _) in PEOPLE.items():
        blank = (folder / "hand-outs" / roll / "backprop.txt").read_text(encoding="utf-8")
        given = {name: float(text) for name, text in entries(blank).items() if text}
        work = folder / "inbox" / f"{roll.upper()}_PA2"
        work.mkdir(parents=True)
        (work / "backprop.txt").write_text(filled(blank, calculate(given)), encoding="utf-8")
    borrowed = folder / "inbox" / "cs20b009_PA2" / "partB"
    borrowed.mkdir(parents=True)
    (borrowed / "Backprop.TXT").write_bytes((folder / "inbox/CS20B001_PA2/backprop.txt").read_bytes())
    done = run("batch", folder / "inbox", "-a", ASSIGNMENT, "--out", folder / "out", "--only", "backprop.by_hand")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "out"


def result(graded: Path, roll: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((graded / "results" / f"{roll}_PA2.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("roll", PEOPLE)
def test_a_sheet_earns_what_is_right_on_it_and_what_follows(graded: Path, roll: str) -> None:
    assert Fraction(str(result(graded, roll.upper())["marks"])) == Fraction(PEOPLE[roll][1])


def test_one_early_slip_costs_its_own_criterion_and_is_told_without_the_right_value(graded: Path) -> None:
    found = result(graded, "CS20B002")
    lost = [c for q in found["questions"] for c in q["criteria"] if c["outcome"] != "passed"]  # type: ignore[attr-defined]
    assert [criterion["id"] for criterion in lost] == ["backprop.by_hand.hidden_net_inputs"]
    assert "net1[1]: not what comes of the values before it" in lost[0]["feedback"]
    assert not re.search(r"\d\.\d", lost[0]["feedback"])


def test_a_borrowed_sheet_earns_nothing_and_is_noted(graded: Path) -> None:
    found = result(graded, "cs20b009")
    assert found["marks"] == "0"
    assert "backprop.txt gives the roll number cs20b001; the hand-in's name says cs20b009, and that counts" in str(
        found
    )
    assert "Fill in the sheet made for your roll number" in str(found)
    with (graded / "marks.csv").open(encoding="utf-8", newline="") as file:
        students = {row["student"] for row in csv.DictReader(file)}
    assert students == {*PEOPLE, "cs20b009"}
