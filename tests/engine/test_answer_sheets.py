"""Answer sheets: allotted for ever, read with patience, judged value by value; through the real command line."""

from __future__ import annotations

import json
import math
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import numpy as np
import pytest
from pydantic import ValidationError

from grader.checks.asking.handed_in import SubmittedFiles, read_by
from grader.course.folder import Course
from grader.course.rubric.model import Question
from grader.grading.answer_sheets import answer_sheets, roll_reader
from grader.intake.export import Export
from grader.intake.survey import Wanted, survey
from grader.sheets import Form, Marked, State
from grader.sheets.allotment import EXAMPLE, Key, NoAllotment, allotted, drawn
from grader.sheets.form import Array, Ask, Values, computed
from grader.sheets.reading import read_sheet
from grader.sheets.spec import SheetLayer, SheetSpec
from grader.sheets.writing import rounded, sheet_text

Command = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
PARTS = (
    "reference/sheets/backprop_by_hand.py", "reference/backprop.txt", "student/backprop.txt",
    "tests/public/test_backprop_by_hand.py", "tests/hidden/test_backprop_by_hand.py",
    "tests/bank/misconceptions/backprop.by_hand", "tests/bank/alternatives/backprop.by_hand",
)  # fmt: skip
SOLUTION = runpy.run_path(str(ROOT / PARTS[0]))
ASSIGNMENT, QUESTION = "cs6910-2020-pa2", "backprop.by_hand"
HEAD = f"""\
assignment: {ASSIGNMENT}
title: By hand
marks: 12
suites:
  public: [tests/public/test_backprop_by_hand.py]
  hidden: [tests/hidden/test_backprop_by_hand.py]
submissions: {{name: '(?i)(?P<roll>[a-z]{{2}}\\d{{2}}[a-z]\\d{{3}})_PA2'}}
questions:
"""
ONE = SheetSpec(
    file="one.txt", solution="one", inputs=1, layers=(SheetLayer(units=1, activation="sigmoid"),),
    loss="half_squared_error", learning_rate=0.5,
)  # fmt: skip
GIVEN = {"x": [0.5], "W1": [[0.8]], "b1": [0.2], "t": [0.1], "eta": 0.5}


def solve(function: str, network: Mapping[str, object], values: Values, layer: int) -> object:
    """One unit, worked out in the plainest way."""
    plain = {name: float(value.flat[0]) for name, value in values.items()}
    formulas: dict[str, Callable[[], float]] = {
        "net_inputs": lambda: plain["W1"] * plain["x"] + plain["b1"],
        "outputs": lambda: 1 / (1 + math.exp(-plain["net1"])),
        "errors": lambda: plain["out1"] - plain["t"],
        "loss": lambda: plain["error"] ** 2 / 2,
        "deltas": lambda: plain["error"] * plain["out1"] * (1 - plain["out1"]),
        "weight_gradients": lambda: plain["delta1"] * plain["x"],
        "bias_gradients": lambda: plain["delta1"],
        "updated_weights": lambda: plain["W1"] - plain["eta"] * plain["dW1"],
        "updated_biases": lambda: plain["b1"] - plain["eta"] * plain["db1"],
    }
    shape = next(q.shape for q in Form(ONE).asked if q.function == function)
    return np.full(shape, formulas[function]())


def values_of(form: Form) -> dict[str, Array]:
    values = {name: np.array(value) for name, value in GIVEN.items()}
    for quantity in form.asked:
        values[quantity.name] = np.asarray(solve(quantity.function, {}, values, 1))
    return values


def marked(**changes: str) -> Marked:
    """The perfect sheet of one unit, with some lines changed."""
    form = Form(ONE)
    values = values_of(form)
    answers = {entry: rounded(float(values[q.name].flat[0]), 4) for q in form.asked for entry in q.entries}
    text = "\n".join(f"{entry} = {changes.get(entry.partition('[')[0], answer)}" for entry, answer in answers.items())
    return Marked(form, read_sheet(text, form), "me", values, solve)


def states(sheet: Marked) -> dict[str, State]:
    return {quantity.name: sheet.judged(quantity.name)[0].state for quantity in sheet.form.asked}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("net1[1] = 0.25", 0.25),
        ("net1[1]=.25", 0.25),
        ("NET1 [1] : 0,25", 0.25),
        ("* net1(1) ≈ 0.25 V", 0.25),
        ("| net1[1] = 0.25 |", 0.25),
        ("`net1[1]` = 0.25", 0.25),
        ("net_1[1] = +2.5e-1", 0.25),
        ("net1[1] = 25 × 10^-2", 0.25),
        ("net1[1] = 2,5 * 10**(-1)", 0.25),
        ("net1[1] = −0.25", -0.25),
        ("net1[1] = 0.5 * 0.8 - 0.15 = 0.25", 0.25),
        ("net1[1] = 0.25  # not 0.26", 0.25),
        ("net1[1] = 0.25 (rounded)\r", 0.25),
    ],
)
def test_a_number_is_read_in_every_sane_writing(line: str, value: float) -> None:
    reading = read_sheet(f"\ufeffsome words\n{line}\n", Form(ONE))
    assert reading.numbers["net1[1]"].value == pytest.approx(value)
    assert not reading.problems


@pytest.mark.parametrize(
    "said", ["abc", "1/4", "0.2 0.3", "0.5 * 0.5", "nan", "inf", "1e400", "1.2.3", "__import__('os')"]
)
def test_what_is_no_number_is_told_with_its_line(said: str) -> None:
    reading = read_sheet(f"\n\nnet1[1] = {said}\n", Form(ONE))
    assert reading.problems["net1[1]"].startswith("line 3: net1[1]: found “")
    assert marked(net1=said).judged("net1")[0].state is State.UNREADABLE


def test_an_entry_that_stands_twice_must_say_the_same() -> None:
    form = Form(ONE)
    assert not read_sheet("loss = 0.5\nloss = 0,50", form).problems
    assert "another value than in line 1" in read_sheet("loss = 0.5\nloss = 0.6", form).problems["loss"]


def test_a_perfect_sheet_is_right_and_a_rounded_slip_costs_once() -> None:
    assert set(states(marked()).values()) == {State.RIGHT}
    slip = 0.9
    out = 1 / (1 + math.exp(-slip))
    delta = (out - 0.1) * out * (1 - out)
    lines = {"net1": slip, "out1": out, "error": out - 0.1, "loss": (out - 0.1) ** 2 / 2, "delta1": delta}
    lines |= {"dW1": delta / 2, "db1": delta, "W1_new": 0.8 - delta / 4, "b1_new": 0.2 - delta / 2}
    found = states(marked(**{name: rounded(value, 4) for name, value in lines.items()}))
    assert found.pop("net1") is State.WRONG
    assert set(found.values()) <= {State.FOLLOWS, State.RIGHT}
    assert found["loss"] is State.FOLLOWS


def test_nothing_follows_from_a_zero_or_from_what_no_sigmoid_gives() -> None:
    assert states(marked(delta1="0", dW1="0", db1="0"))["dW1"] is State.WRONG
    assert states(marked(out1="1.7", error="1.6", loss="1.28"))["error"] is State.WRONG
    assert states(marked(out1="0.7", error="0.6", loss="0.18"))["error"] is State.FOLLOWS


def test_an_absurd_value_leaves_no_room_for_what_comes_after() -> None:
    assert states(marked(net1="90000000", out1="0.9"))["out1"] is State.WRONG


@pytest.mark.parametrize(
    "lines",
    [
        {"out1": "0.1", "error": "0", "loss": "0"},
        {"net1": "20", "out1": "1.000", "error": "0.9000", "loss": "0.4050"},
        {"net1": "-20", "out1": "0.000", "error": "-0.1000", "loss": "0.005000"},
    ],
    ids=["outputs equal to the targets", "a unit that is flat above", "a unit that is flat below"],
)
def test_no_zeros_follow_from_values_that_leave_nothing_to_be_worked_out(lines: dict[str, str]) -> None:
    nothing = {"delta1": "0", "dW1": "0", "db1": "0", "W1_new": "0.8000", "b1_new": "0.2000"}
    found = states(marked(**lines, **nothing))
    assert not any(found[name].is_good for name in nothing)
    rest = states(marked(**lines))
    assert {rest[name] for name in nothing} == {State.RIGHT}


Change = Callable[[str, Array], object]


def filled_in(form: Form, given: Values, ask: Ask, change: Change) -> dict[str, Array]:
    """All answers, each as it follows from those before it; `change` gives another for one that it does not leave."""
    values = dict(given)
    for quantity in form.asked:
        follows = computed(form, quantity, values, ask)
        values[quantity.name] = np.broadcast_to(np.asarray(change(quantity.name, follows), float), quantity.shape)
    return values


def good(form: Form, given: Values, answers: Values, blank: Collection[str] = ()) -> set[str]:
    """The quantities that earn their marks on the sheet with these answers."""
    values = filled_in(form, given, by_reference, lambda name, follows: follows)
    lines = (
        f"{entry} = {rounded(float(value), form.spec.digits)}"
        for quantity in form.asked if quantity.name not in blank
        for entry, value in zip(quantity.entries, answers[quantity.name].flat, strict=True)
    )  # fmt: skip
    sheet = Marked(form, read_sheet("\n".join(lines), form), "me", values, by_reference)
    return {q.name for q in form.asked if all(one.state.is_good for one in sheet.judged(q.name))}


def by_reference(function: str, network: Mapping[str, object], values: Values, layer: int) -> object:
    return SOLUTION[function](network, dict(values), layer)


def two_layers(activation: Literal["sigmoid", "relu"]) -> Form:
    layers = (SheetLayer(units=2, activation=activation), SheetLayer(units=2, activation="sigmoid"))
    return Form(SheetSpec(file="a.txt", solution="a", inputs=2, layers=layers, loss="squared_error", learning_rate=0.5))


@pytest.mark.parametrize("blank", [(), ("dW1", "W2_new", "b2_new", "W1_new", "b1_new"), ("net1", "net2", "error")])
def test_another_students_answers_earn_nothing(blank: tuple[str, ...]) -> None:
    form = two_layers("sigmoid")
    mine, other = (allotted(form, Key(b"", "a", "q", roll), by_reference) for roll in ("cs20b001", "cs20b002"))
    copied = good(form, mine[0], other[1], blank)
    assert not copied


def test_what_follows_from_slips_in_most_of_the_forward_pass_is_right() -> None:
    form = two_layers("sigmoid")
    given, _ = allotted(form, Key(b"", "a", "q", "cs20b001"), by_reference)

    def unbiased(name: str, follows: Array) -> Array:
        return follows - given[f"b{name[3:]}"] if name in ("net1", "net2") else follows

    answers = filled_in(form, given, by_reference, unbiased)
    forward = ("net1", "out1", "net2", "out2", "error", "loss")
    for blank in ((), [q.name for q in form.asked if q.name not in forward]):
        lost = {q.name for q in form.asked} - set(blank) - good(form, given, answers, blank)
        assert lost == {"net1", "net2"}


def test_a_unit_that_a_slip_silences_costs_once() -> None:
    form = two_layers("relu")
    given, _ = allotted(form, Key(b"", "a", "q", "cs20b001"), by_reference)

    def slip(name: str, follows: Array) -> Array:
        return follows * [-1, 1] if name == "net1" else follows

    answers = filled_in(form, given, by_reference, slip)
    assert answers["out1"][0] == answers["delta1"][0] == 0
    assert {q.name for q in form.asked} - good(form, given, answers) == {"net1"}


def test_nothing_follows_on_a_sheet_of_one_number() -> None:
    names = [quantity.name for quantity in Form(ONE).asked]
    assert not any(state.is_good for state in states(marked(**dict.fromkeys(names, "0.5"))).values())


def test_too_few_digits_are_told_from_a_wrong_value() -> None:
    assert states(marked(out1="0.65"))["out1"] is State.COARSE
    assert states(marked(out1="0.66"))["out1"] is State.WRONG


def test_an_allotment_is_the_same_for_ever_and_each_student_has_another() -> None:
    form = Form(ONE)
    key = Key(b"secret", "a", "q", "cs20b001")
    assert {name: value.tolist() for name, value in drawn(form, key, 0).items()} == FOR_EVER
    assert drawn(form, Key(b"other", "a", "q", "cs20b001"), 0) != drawn(form, key, 0)
    rolls = [allotted(form, Key(b"secret", "a", "q", f"cs20b{n:03}"), solve)[0] for n in range(20)]
    assert len({str(given) for given in rolls}) == 20
    example = [drawn(form, Key(secret, "a", "q", EXAMPLE), 0) for secret in (b"secret", b"other")]
    assert example[0] == example[1]


FOR_EVER = {"eta": 0.5, "x": [0.3], "W1": [[-0.8]], "b1": [-0.6], "t": [0.2]}


def test_no_allotment_has_an_answer_that_rounds_away(monkeypatch: pytest.MonkeyPatch) -> None:
    form = Form(ONE)
    for number in range(30):
        values = allotted(form, Key(b"", "a", "q", str(number)), solve)[1]
        assert min(abs(float(values[quantity.name].flat[0])) for quantity in form.asked) >= 0.01
    monkeypatch.setattr("grader.sheets.allotment.ATTEMPTS", 10)
    with pytest.raises(NoAllotment):
        allotted(form, Key(b"", "a", "q", "1"), lambda function, *_: np.asarray(solve(function, *_)) * 0)


def test_a_blank_sheet_says_nothing_of_what_is_asked() -> None:
    form = Form(ONE)
    reading = read_sheet(sheet_text("T · q", "cs20b001", form, values_of(form), {}), form)
    assert reading.roll == "cs20b001"
    assert set(reading.numbers) == {entry for quantity in form.given for entry in quantity.entries}
    assert not reading.problems


# --- the command line and a course ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The question of this repository that is answered on a sheet, in a course of its own, with a secret."""
    folder = tmp_path_factory.mktemp("course")
    for name in PARTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    rubric = (ROOT / f"rubrics/{ASSIGNMENT}.yaml").read_text(encoding="utf-8")
    question = re.search(rf"  - id: {QUESTION}\n.*?(?=\n  - id:)", rubric, re.DOTALL)
    assert question is not None
    (folder / "rubrics").mkdir()
    (folder / f"rubrics/{ASSIGNMENT}.yaml").write_text(HEAD + question[0], encoding="utf-8")
    (folder / ".course-secret").write_text("s3cret", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n", encoding="utf-8")
    return folder


def test_the_secret_changes_the_sheets_of_students_and_not_the_example(course: Path, grader: Command) -> None:
    for place, folder in ((ROOT, "open"), (course, "secret")):
        to = course / folder
        done = grader("allot", ASSIGNMENT, "--roll", "cs20b001", "--to", to, "--course", place)
        assert done.returncode == 0, done.stderr
    texts = [(course / folder / "cs20b001/backprop.txt").read_text(encoding="utf-8") for folder in ("open", "secret")]
    assert texts[0] != texts[1]
    example = [grader("run", course / "reference", "-a", ASSIGNMENT, "--only", QUESTION, "--course", course)]
    assert "12 / 12" in example[0].stdout, example[0].stdout + example[0].stderr


def test_whoever_hands_in_a_neighbours_sheet_is_told_and_so_is_the_neighbour(course: Path, tmp_path: Path) -> None:
    here = Course(course)
    rubric = here.rubric(ASSIGNMENT)
    sheet = answer_sheets(here, rubric)[QUESTION]
    theirs = sheet.filled("cs20b001")
    handed_in = {
        "cs20b001_PA2": theirs, "cs20b001_PA2 (1)": theirs + "\n", "cs20b002_PA2": sheet.filled("cs20b002"),
        "cs20b003_PA2": theirs + " ", "my homework": theirs + "# mine\n", "other": sheet.blank("cs20b004"),
    }  # fmt: skip
    for name, text in handed_in.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "backprop.txt").write_text(text, encoding="utf-8")
    found = survey([Export.of(tmp_path)], Wanted(rubric.submissions.name, rubric.work_files, roll_reader(here, rubric)))
    said = {one.name: [remark for remark in one.remarks if "answer sheet" in remark] for one in found}
    assert said["my homework"] == [
        "it holds the answer sheet of cs20b001, as does cs20b001_PA2, cs20b001_PA2 (1), cs20b003_PA2"
    ]
    assert said["cs20b001_PA2"] == ["it holds the answer sheet of cs20b001, as does cs20b003_PA2, my homework"]
    assert said["cs20b002_PA2"] == said["other"] == []


def test_a_sheet_comes_with_a_drawing_of_its_network(course: Path, grader: Command, tmp_path: Path) -> None:
    done = grader("allot", ASSIGNMENT, "--roll", "cs20b001", "--to", tmp_path, "--course", course)
    assert done.returncode == 0, done.stderr
    sheet = (tmp_path / "cs20b001/backprop.txt").read_text(encoding="utf-8")
    picture = ElementTree.fromstring((tmp_path / "cs20b001/backprop.svg").read_bytes())
    texts = [element for element in picture.iter() if element.tag.endswith("text")]
    weights = [text.text for text in texts if text.get("class") == "weight"]
    rest = [text.text for text in texts if text.get("class") != "weight"]
    for entry, value in re.findall(r"^(\S+) += (\S+)$", sheet, re.MULTILINE):
        shown = f"{float(value):g}"
        if entry.startswith("W"):
            weights.remove(shown)
        elif entry != "eta":
            rest.remove({"b": f"b = {shown}", "t": f"t = {shown}"}.get(entry[0], shown))
    assert weights == []
    assert rest == ["x1", "x2", "σ", "σ", "σ", "σ", "B3 Back-propagation by hand · cs20b001"]
    assert len({(text.get("x"), text.get("y")) for text in texts}) == len(texts)


def test_the_three_sheets_of_the_examples_get_all_marks_all_but_one_and_none(grader: Command, tmp_path: Path) -> None:
    asked = ("--course", ROOT, "-a", ASSIGNMENT, "--only", QUESTION)
    done = grader("batch", ROOT / "examples/sheets", *asked, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    lost = {}
    for name in ("cs20b041_PA2", "cs20b042_PA2", "cs20b043_PA2"):
        result = json.loads((tmp_path / f"out/results/{name}.json").read_text(encoding="utf-8"))
        criteria = [c for q in result["questions"] for c in q["criteria"]]
        lost[name] = [c["id"].removeprefix(f"{QUESTION}.") for c in criteria if c["outcome"] != "passed"]
    assert lost["cs20b041_PA2"] == []
    assert lost["cs20b042_PA2"] == ["hidden_net_inputs"]
    assert set(lost["cs20b043_PA2"]).isdisjoint({"sheet", "allotment"})
    assert len(lost["cs20b043_PA2"]) == 12


def test_the_sheet_of_the_example_is_nobodys(course: Path, grader: Command, tmp_path: Path) -> None:
    (tmp_path / "my work").mkdir()
    shutil.copy(course / "reference" / "backprop.txt", tmp_path / "my work")
    done = grader("run", tmp_path / "my work", "-a", ASSIGNMENT, "--only", QUESTION, "--course", course)
    assert done.returncode == 0, done.stderr
    assert "0 / 12" in done.stdout
    assert "says whose it is" in done.stdout


def test_allot_refuses_what_it_cannot_do_and_writes_nothing(course: Path, grader: Command, tmp_path: Path) -> None:
    roster = tmp_path / "rolls.txt"
    roster.write_text("CS20B001\r\n\nee20c0x1\n", encoding="utf-8")
    to = tmp_path / "out"
    refused = [
        (("--list", roster, "--roll", "../../etc"), ("ee20c0x1", f"{roster}:3", "../../etc (--roll)")),
        (("--list", tmp_path / "none.txt"), ("none.txt", "cannot be read")),
        (("--roll", "cs20b001", "--question", "backprop.*.*"), ("expected: one of backprop.by_hand",)),
    ]
    for arguments, words in refused:
        done = grader("allot", ASSIGNMENT, *arguments, "--to", to, "--course", course)
        assert done.returncode == 2, done.stdout + done.stderr
        assert all(word in done.stderr for word in words), done.stderr
        assert not to.exists()


def test_allot_never_writes_over_a_sheet_that_is_filled_in(course: Path, grader: Command, tmp_path: Path) -> None:
    command = ("allot", ASSIGNMENT, "--roll", "CS20B001", "--roll", "cs20b001", "--to", tmp_path, "--course", course)
    assert "1 sheet for 1 student" in grader(*command).stdout
    (tmp_path / "cs20b001/backprop.txt").write_text("my work", encoding="utf-8")
    done = grader(*command)
    assert done.returncode == 2
    assert "a different file exists here" in done.stderr
    assert (tmp_path / "cs20b001/backprop.txt").read_text(encoding="utf-8") == "my work"


def test_a_changed_example_is_found_and_written_again(course: Path, grader: Command) -> None:
    sheet = course / "student/backprop.txt"
    before = sheet.read_text(encoding="utf-8")
    sheet.write_text(before.replace("GIVEN", "given"), encoding="utf-8")
    stale = grader("stubs", "--check", "--course", course)
    assert stale.returncode == 1
    assert "backprop.txt" in stale.stdout
    assert grader("stubs", "--course", course).returncode == 0
    assert sheet.read_text(encoding="utf-8") == before


def test_what_is_wrong_with_a_sheet_in_a_rubric_is_told_with_line_and_field(
    course: Path, grader: Command, tmp_path: Path
) -> None:
    (tmp_path / "rubrics").mkdir()
    text = (course / f"rubrics/{ASSIGNMENT}.yaml").read_text(encoding="utf-8")
    wrong = [
        ("{units: 2, activation: sigmoid}", "{units: 20, activation: sigmiod}"),
        ("      learning_rate:", "      learning_rates:"),
        ("file: backprop.txt", "file: ../backprop.txt"),
    ]
    for old, new in wrong:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / f"rubrics/{ASSIGNMENT}.yaml").write_text(text, encoding="utf-8")
    done = grader("list", "--course", tmp_path)
    assert done.returncode == 2
    line = 1 + text[: text.index("units: 20")].count("\n")
    for words in (
        f"{ASSIGNMENT}.yaml:{line}: question {QUESTION}, sheet, layers, entry 1, units",
        "one of sigmoid, tanh, relu, linear", "`learning_rates` is not a field here", "sheet, file: ",
    ):  # fmt: skip
        assert words in done.stderr, done.stderr


def test_a_question_is_answered_by_code_or_on_a_sheet() -> None:
    data = {
        "id": "a.b",
        "title": "T",
        "module": "m",
        "sheet": ONE,
        "criteria": [{"id": "a.b.c", "title": "C", "marks": 1}],
    }
    with pytest.raises(ValidationError, match="`module` belongs to code"):
        Question.model_validate(data)


def test_a_students_pytest_tells_of_form_and_nothing_of_what_is_right(course: Path, tmp_path: Path) -> None:
    def said(text: str) -> str:
        (course / "student/backprop.txt").write_text(text, encoding="utf-8")
        command = [
            sys.executable,
            "-P",
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "tests/public",
            "--question",
            QUESTION,
        ]
        return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=120, check=False).stdout

    blank = (course / "student/backprop.txt").read_text(encoding="utf-8")
    nonsense = blank.replace(" =\n", " = 0.5\n")
    try:
        untouched = said(blank)
        assert "1 not implemented in " in untouched
        assert "FAILURES" not in untouched
        assert "sheet of the example" not in untouched
        told = said(
            nonsense.replace("out1[1]      = 0.5", "out1[1] = 1.5").replace("loss         = 0.5", "loss = a lot")
        )
        assert "out1[1] = 1.5 is not possible" in told
        assert "loss: found “a lot”, expected one number" in told
        assert "this is the sheet of the example" in told
        solved = (course / "reference/backprop.txt").read_text(encoding="utf-8")
        assert "this is the sheet of the example" in said(solved)
        assert "sheet of the example" not in said(solved.replace("Roll number: example", "Roll number: cs20b042"))
    finally:
        (course / "student/backprop.txt").write_text(blank, encoding="utf-8")


@pytest.mark.parametrize(
    "encoded", ["net1[1] = −0,5".encode("utf-16"), "net1[1] = –0.5 µV".encode("cp1252"), b"\xef\xbb\xbfnet1[1] = -0.5"]
)
def test_a_sheet_of_any_editor_is_read(encoded: bytes, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/One.TXT").write_bytes(encoded)
    sheet = SubmittedFiles(tmp_path, ("deep/One.TXT",), read=partial(read_by, ONE)).sheet
    assert sheet.reading.numbers["net1[1]"].value == -0.5
