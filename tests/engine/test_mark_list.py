"""to_mark.csv beside a running batch and through spreadsheets: nothing that a person typed is lost, or idle unseen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.decimals import decimal_text
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.course.rubric.load import load_rubric
from grader.course.rubric.model import Rubric
from grader.handmarking.mark_list import MarkList
from grader.handmarking.to_mark import lines_of
from grader.results.class_list import Row
from grader.results.marks import joined, total
from grader.results.result import CriterionResult, HandedIn, Provenance, Result

RUBRIC = Course(Path(__file__).parents[2]).rubric("iith-ai5100-2023-a3")
BY_HAND = sum(criterion.manual for criterion in RUBRIC.criteria)
CLARITY, SECOND = "saliency.picture.clarity", "optimizers.picture.clarity"
DIGESTS = {"Zoë": "a" * 64, "अनिल": "b" * 64, "cs23b001": "c" * 64, "Anna Berg": "d" * 64}


def row(
    name: str, digest: str, rubric: Rubric = RUBRIC, handed_in: dict[str, tuple[HandedIn, ...]] | None = None
) -> Row:
    """A submission of which all that a person marks waits for one."""
    settled = {
        c.id: CriterionResult(
            id=c.id, title=c.title, outcome=Outcome.TO_BE_MARKED if c.manual else Outcome.FAILED,
            marks="0", max_marks=decimal_text(c.most),
        )
        for c in rubric.criteria
    }  # fmt: skip
    provenance = Provenance.of(rubric_sha256="0" * 64, suites_sha256="1" * 64, submission_sha256=digest)
    made = total(rubric, settled, submission=name, isolation="room", provenance=provenance, handed_in=handed_in)
    return Row(name, made)


ROWS = [row(name, digest) for name, digest in DIGESTS.items()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list as a first batch writes it."""
    MarkList(RUBRIC, tmp_path / "to_mark.csv", DIGESTS).write(ROWS)
    return tmp_path / "to_mark.csv"


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def save(path: Path, table: list[dict[str, str]], encoding: str = "utf-8", delimiter: str = ",") -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(table)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))


def enter(path: Path, name: str, marks: str, criterion: str = CLARITY, **how: str) -> None:
    table = lines(path)
    for line in table:
        if (line["submission"], line["criterion"]) == (name, criterion):
            line["marks"] = marks
    save(path, table, **how)


def counted(mark_list: MarkList) -> dict[str, str]:
    """Return the marks for the first criterion by submission."""
    results = {row.name: mark_list.entries.added(row).result for row in ROWS}
    found = {name: next(c for c in r.criteria if c.id == CLARITY) for name, r in results.items() if r}
    return {name: c.marks for name, c in found.items() if c.outcome is Outcome.MARKED}


def test_it_begins_with_a_byte_order_mark_and_every_cell_is_quoted(path: Path) -> None:
    assert path.read_bytes().startswith(b'\xef\xbb\xbf"submission","student",')


def test_what_was_typed_while_a_batch_ran_counts_and_the_state_before_is_kept(path: Path) -> None:
    enter(path, "Zoë", "1")
    running = MarkList(RUBRIC, path, DIGESTS)
    enter(path, "Zoë", "2")
    enter(path, "cs23b001", "0.5")
    typed = path.read_bytes()
    running.write(ROWS)
    assert counted(running) == {"Zoë": "2", "cs23b001": "0.5"}
    assert counted(MarkList(RUBRIC, path, DIGESTS)) == {"Zoë": "2", "cs23b001": "0.5"}
    assert path.with_name("to_mark.csv.bak").read_bytes() == typed


def test_what_is_saved_at_the_last_moment_is_read_once_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import grader.handmarking.mark_list as module

    write_whole = module.write_whole  # type: ignore[attr-defined]

    def saved_meanwhile(file: Path, content: bytes, unless: Callable[[], bool] = lambda: False) -> bool:
        if file == path and not counted(MarkList(RUBRIC, path, DIGESTS)):
            enter(path, "Zoë", "2")
        return write_whole(file, content, unless)

    running = MarkList(RUBRIC, path, DIGESTS)
    path.unlink()
    running.write(ROWS[:1])
    monkeypatch.setattr(module, "write_whole", saved_meanwhile)
    running.write(ROWS)
    assert counted(running) == {"Zoë": "2"}
    assert {line["marks"] for line in lines(path) if line["submission"] == "Zoë"} == {"2", ""}


def test_a_line_that_was_lost_meanwhile_comes_back_and_marks_that_were_taken_away_do_not(path: Path) -> None:
    enter(path, "Zoë", "1")
    enter(path, "cs23b001", "2")
    running = MarkList(RUBRIC, path, DIGESTS)
    enter(path, "cs23b001", "")
    save(path, [line for line in lines(path) if line["submission"] != "Zoë"])
    running.write(ROWS)
    assert counted(running) == {"Zoë": "1"}
    assert len(lines(path)) == BY_HAND * len(DIGESTS)


@pytest.mark.parametrize(
    ("name", "mangled"),
    [
        ("Zoë", "ZoÃ«"),
        ("Zoë", "ZoÃƒÂ«"),
        ("Zoë", "Zo?"),
        ("Zoë", "Zo\ufffd"),
        ("Zoë", " zoë "),
        ("अनिल", "????"),
        ("अनिल", "अनिल".encode().decode("cp1252", "replace")),
        ("cs23b001", "'CS23B001"),
        ("Anna Berg", "AnnaBerg"),
    ],
)
@pytest.mark.parametrize("handed_in_anew", [False, True])
def test_a_name_that_a_spreadsheet_mangled_is_known_again(
    path: Path, name: str, mangled: str, handed_in_anew: bool
) -> None:
    table = lines(path)
    for line in table:
        if line["submission"] == name and line["criterion"] == CLARITY:
            line |= {"submission": mangled, "marks": "1,5", "criterion": f" {CLARITY.upper()}"}
            line["submission_sha256"] = "e" * 64 if handed_in_anew else line["submission_sha256"]
    save(path, table)
    found = MarkList(RUBRIC, path, DIGESTS)
    found.write(ROWS)
    assert (counted(found), found.problems) == ({name: "1.5"}, [])
    assert len(lines(path)) == BY_HAND * len(DIGESTS)
    assert {line["submission"] for line in lines(path)} == set(DIGESTS)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ","), ("utf-8-sig", ";")]
)
def test_a_list_is_read_as_spreadsheets_save_it(path: Path, encoding: str, delimiter: str) -> None:
    enter(path, "Zoë", "1", encoding=encoding, delimiter=delimiter)
    assert counted(MarkList(RUBRIC, path, DIGESTS)) == {"Zoë": "1"}


def test_of_names_that_only_case_tells_apart_the_work_tells_which_is_meant(path: Path) -> None:
    digests = {"Anna": "1" * 64, "anna": "2" * 64}
    rows = [row(name, digest) for name, digest in digests.items()]
    path.unlink()
    MarkList(RUBRIC, path, digests).write(rows)
    save(path, [*lines(path), {**lines(path)[0], "submission": "ANNA", "marks": "1"}])
    found = MarkList(RUBRIC, path, digests)
    earned = {one.name: one.result.marks for one in map(found.entries.added, rows) if one.result}
    assert (earned, found.problems) == ({"Anna": "1", "anna": "0"}, [])


def test_marks_go_to_nobody_who_handed_in_the_same(path: Path) -> None:
    enter(path, "Zoë", "1")
    digests = {name: digest for name, digest in DIGESTS.items() if name != "Zoë"} | {"copy": DIGESTS["Zoë"]}
    rows = [row("copy", DIGESTS["Zoë"])]
    table = [*lines(path), {**lines(path)[0], "submission": "copy", "marks": ""}]
    save(path, table)
    found = MarkList(RUBRIC, path, digests)
    added = found.entries.added(rows[0])
    assert added.result is not None
    assert added.result.marks == "0"
    assert [f"`1` for {CLARITY} of Zoë: no submission here has this name" in told for told in found.problems] == [True]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"submission": "nobody", "submission_sha256": ""}, "no submission here has this name"),
        ({"criterion": "optimizers.picture.colour"}, "the rubric has no criterion with this name"),
    ],
)
def test_marks_that_count_for_nothing_are_told_with_their_row_and_stay(
    path: Path, change: dict[str, str], told: str
) -> None:
    save(path, [*lines(path), {**lines(path)[2], "marks": "1", **change}])
    found = MarkList(RUBRIC, path, DIGESTS)
    found.write(ROWS)
    (problem,) = found.problems
    assert told in problem
    number = next(n for n, line in enumerate(lines(path), start=2) if line["marks"])
    assert f"to_mark.csv, row {number}, `1` for " in problem
    assert counted(found) == {}


def test_two_rows_that_say_different_things_of_the_same_both_stay_and_neither_counts(path: Path) -> None:
    enter(path, "Zoë", "1")
    twice = next(line for line in lines(path) if line["marks"])
    save(path, [*lines(path), {**twice, "submission": "ZOË", "marks": "2"}])
    found = MarkList(RUBRIC, path, DIGESTS)
    found.write(ROWS)
    assert counted(found) == {}
    assert ["they contradict each other" in problem for problem in found.problems] == [True]
    assert [line["marks"] for line in lines(path) if line["submission"] == "Zoë" and line["marks"]] == ["1", "2"]


def test_marks_that_became_unreadable_meanwhile_are_told_and_a_list_that_did_is_left_alone(path: Path) -> None:
    enter(path, "Zoë", "1")
    running = MarkList(RUBRIC, path, DIGESTS)
    enter(path, "Zoë", "one")
    running.write(ROWS)
    assert (counted(running), len(running.problems)) == ({}, 1)
    assert "its marks do not count" in running.problems[0]
    path.write_bytes(b'"submission","never closed')
    with pytest.raises(UsageError):
        running.write(ROWS)
    assert path.read_bytes() == b'"submission","never closed'


def test_a_list_that_is_too_large_is_not_read(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(64 * 1024**2 + 1)
    with pytest.raises(UsageError, match="cannot be read") as told:
        MarkList(RUBRIC, path, DIGESTS)
    assert told.value.found == "more than 64 MiB"


def handed_in(*names: str) -> tuple[HandedIn, ...]:
    return tuple(HandedIn(source=f"{name}.ipynb", file=f"{name}.md", bytes=1) for name in names)


QUESTION = next(q.id for q in RUBRIC.questions if any(c.id == CLARITY for c in q.criteria))


@pytest.mark.parametrize(
    ("own", "others", "told", "files"),
    [
        ((), (), "nothing handed in", ""),
        (("a", "b"), (), "a.ipynb; b.ipynb", "written/x/a.md; written/x/b.md"),
        ((), ("c",), "for no question in particular: c.ipynb", "written/x/c.md"),
        (("a",), ("a", "c"), "a.ipynb; for no question in particular: c.ipynb", "written/x/a.md; written/x/c.md"),
    ],
)
def test_a_line_tells_what_was_handed_in_for_its_question(
    own: tuple[str, ...], others: tuple[str, ...], told: str, files: str
) -> None:
    one = row("x", "e" * 64, handed_in={QUESTION: handed_in(*own), "": handed_in(*others)})
    (line,) = (line for line in lines_of(one) if line.criterion == CLARITY)
    assert (line.handed_in, line.files) == (told, files)


@pytest.mark.parametrize(("number", "words"), [(8, "{} and h.ipynb"), (9, "{}, h.ipynb and 1 more")])
def test_of_much_that_is_for_no_question_eight_are_named(number: int, words: str) -> None:
    one = row("x", "e" * 64, handed_in={"": handed_in(*"abcdefghi"[:number])})
    line = next(line for line in lines_of(one) if line.criterion == CLARITY)
    assert line.handed_in.endswith(words.format(", ".join(f"{name}.ipynb" for name in "abcdefg")))


def test_only_a_question_that_asks_for_something_says_that_nothing_came() -> None:
    asked = {question.id: bool(question.handed_in) for question in RUBRIC.questions}
    result = row("x", "e" * 64).result
    assert result is not None
    assert {q.id: q.handed_in is not None for q in result.questions} == asked
    assert {*asked.values()} == {True, False}


def test_of_two_results_of_one_work_what_was_handed_in_is_that_of_the_one_that_looked_for_it() -> None:
    """Catches: a picture that is not shown any more once another part of the same work has been graded."""
    older, newer = (
        row("x", "e" * 64, handed_in={QUESTION: handed_in(name), "": handed_in(f"all{name}")}).result for name in "ab"
    )
    assert older is not None
    assert newer is not None

    def only(*questions: str) -> Result:
        assert newer is not None
        kept = tuple(question for question in newer.questions if question.id in questions)
        return newer.model_copy(update={"questions": kept})

    def sources(one: Result) -> list[str]:
        return [each.source for each in one.all_handed_in]

    by_checks = next(q.id for q in RUBRIC.questions if not any(c.manual for c in q.criteria))
    assert sources(joined(RUBRIC, older, only(by_checks))) == ["a.ipynb", "alla.ipynb"]
    assert sources(joined(RUBRIC, older, only(QUESTION))) == ["b.ipynb", "allb.ipynb"]


SMALL = """\
assignment: tiny
title: Sums
marks: 2.5
suites: {public: [tests/public/test_sums.py], hidden: [tests/hidden/test_sums.py]}
questions:
  - id: sums.essay
    title: An essay
    task: Write it.
    handed_in: [essay.txt]
    criteria:
      - {id: sums.essay.clear, title: it is clear, marks: 0.5, manual: true}
      - {id: sums.essay.right, title: it is right, marks: 2, manual: true}
      - {id: sums.essay.late, title: spelling, marks: -1, manual: true}
"""


@pytest.mark.parametrize(
    ("criterion", "marks", "told"),
    [
        ("clear", "0.75", "is more than the 0.5 that it is worth"),
        ("right", "2,5", "is more than the 2 that it is worth"),
        (
            "late",
            "1",
            "is more than the 0 that it is worth; deducted marks are written with a minus, down to -1",
        ),
        ("late", "-2", "deducts more than -1 allows"),
    ],
)
def test_marks_out_of_bounds_are_told_with_the_bound(tmp_path: Path, criterion: str, marks: str, told: str) -> None:
    (tmp_path / "tiny.yaml").write_text(SMALL, encoding="utf-8")
    rubric = load_rubric(tmp_path / "tiny.yaml")
    path = tmp_path / "to_mark.csv"
    MarkList(rubric, path, {"x": "e" * 64}).write([row("x", "e" * 64, rubric)])
    enter(path, "x", marks, f"sums.essay.{criterion}")
    with pytest.raises(UsageError, match="cannot be given") as error:
        MarkList(rubric, path, {"x": "e" * 64})
    assert error.value.found == f"`{marks}` {told}: sums.essay.{criterion} of x"


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (True, f"marked by hand, which does not count now: {CLARITY} (failed)"),
        (False, f"marked by hand, which does not count without a result: {CLARITY}"),
    ],
)
def test_marks_that_do_not_count_now_are_told(path: Path, result: bool, told: str) -> None:
    enter(path, "Zoë", "1")
    one = row("Zoë", DIGESTS["Zoë"]).result
    assert one is not None
    failed = [
        question.model_copy(
            update={"criteria": tuple(c.model_copy(update={"outcome": Outcome.FAILED}) for c in question.criteria)}
        )
        for question in one.questions
    ]
    now = Row("Zoë", one.model_copy(update={"questions": tuple(failed)}) if result else None)
    assert MarkList(RUBRIC, path, DIGESTS).entries.added(now).remark == told
