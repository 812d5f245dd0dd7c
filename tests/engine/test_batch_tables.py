"""What a batch does with what processes report: rounds, tables, what stays of earlier runs. A stand-in grades."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from grader.cohort.batch import Batch, Graded
from grader.cohort.class_folder import ClassFolder
from grader.cohort.class_run import ClassRun, read_class_run, write_class_run
from grader.cohort.reports import Order, Report
from grader.core.decimals import decimal_text
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.handmarking.attachments import Kept
from grader.handmarking.gather import GatheredWork
from grader.intake.stage import Place, stage
from grader.results.class_list import Row
from grader.results.feedback import Undecided
from grader.results.marks import total
from grader.results.result import CriterionResult, HandedIn, Provenance, Result
from grader.roster.people import Extension, Person, Roster
from grader.roster.written import write_roster

DOUBLE, TRIPLE, STEPS = "sums.double.value", "sums.triple.value", "sums.proof.steps"
MANUAL = """\
  - id: sums.proof
    title: (c) A proof
    task: Prove that twice a number is even.
    handed_in: [proof.md]
    criteria:
      - {id: sums.proof.steps, title: the steps follow, marks: 2, manual: true}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    """The small course with a question more that a person marks."""
    made = make_tiny_course(tmp_path_factory.mktemp("tables"))
    rubric = made / "rubrics" / "tiny.yaml"
    rubric.write_text(rubric.read_text().replace("marks: 3\n", "marks: 5\n", 1) + MANUAL, encoding="utf-8")
    return made


@dataclass
class StandIn:
    """Grades in no time: triple passes and double fails. What is said of a name in `how` is changed in its report."""

    course: Course
    rubric: Rubric
    scratch: Path
    how: dict[str, Callable[[Report], Report]] = field(default_factory=dict)
    rounds: list[tuple[list[str], bool]] = field(default_factory=list)

    def reports(self, order: Order, places: Sequence[Place], *, apart: bool = False) -> Generator[Report, None, None]:
        if places:
            self.rounds.append(([place.name for place in places], apart))
        return self._reports(order, places)

    def _reports(self, order: Order, paths: Sequence[Place]) -> Generator[Report, None, None]:
        for path in paths:
            self.scratch.mkdir(exist_ok=True)
            digest = stage(path, self.scratch).digest
            report = Report(path, self.result(path.name, digest, order.only))
            change = self.how.get(path.name)
            yield change(report) if change else report

    def result(self, name: str, digest: str, only: object = None) -> Result:
        outcomes = {DOUBLE: Outcome.FAILED, TRIPLE: Outcome.PASSED, STEPS: Outcome.TO_BE_MARKED}
        settled = {
            one.id: CriterionResult(
                id=one.id, title=one.title, outcome=outcomes[one.id],
                marks=decimal_text(one.marks) if one.id == TRIPLE else "0", max_marks=decimal_text(one.marks),
            )
            for one in self.rubric.criteria
            if only is None or one.id.startswith(str(only))
        }  # fmt: skip
        provenance = Provenance.of(
            rubric_sha256=self.course.rubric_sha256(self.rubric),
            suites_sha256=self.course.suites_sha256(self.rubric),
            submission_sha256=digest,
        )
        return total(self.rubric, settled, submission=name, isolation="room", provenance=provenance)


def with_criterion(report: Report, name: str, **changes: object) -> Report:
    """Return a report with something changed in one criterion of its result."""
    result = report.demand()
    questions = tuple(
        question.model_copy(
            update={
                "criteria": tuple(
                    one.model_copy(update=changes) if one.id == name else one for one in question.criteria
                )
            }
        )
        for question in result.questions
    )
    return replace(report, result=result.model_copy(update={"questions": questions}))


@dataclass
class Class:
    """A course, an inbox of ada and ben, and a folder that it is graded into."""

    batch: Batch
    grades: StandIn
    watched: dict[str, tuple[Row, bool]] = field(default_factory=dict)
    expected: int = 0
    meanwhile: Callable[[], object] = list

    def grade(self, **changes: object) -> Graded:
        self.watched.clear()

        def expect(number: int) -> None:
            self.expected = number

        def watch(row: Row, kept: bool) -> None:
            assert isinstance(kept, bool)
            self.watched[row.name] = row, kept
            self.meanwhile()

        return replace(self.batch, **changes).grade(expect, watch)  # type: ignore[arg-type]

    @property
    def out(self) -> Path:
        return self.batch.out

    def marks(self) -> dict[str, dict[str, str]]:
        with (self.out / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
            return {row["submission"]: row for row in csv.DictReader(file)}


@pytest.fixture
def made(course: Path, tmp_path: Path) -> Class:
    here = Course.find(course)
    rubric = here.rubric("tiny")
    for name in ("ada", "ben"):
        work(tmp_path, name)
    grades = StandIn(here, rubric, tmp_path / "scratch")
    return Class(Batch(here, rubric, tmp_path / "inbox", tmp_path / "out", pool=grades), grades)


def work(folder: Path, name: str, text: str = "") -> None:
    (folder / "inbox" / name).mkdir(parents=True, exist_ok=True)
    (folder / "inbox" / name / "sums.py").write_text(text or f"# {name}\n", encoding="utf-8")


def test_a_class_has_all_its_tables_and_what_has_not_changed_is_kept(made: Class, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "cat.txt").write_text("no work", encoding="utf-8")
    first = made.grade()
    assert (made.expected, made.grades.rounds) == (3, [(["ada", "ben"], False)])
    assert (first.problems, first.unwritten, list(first.missing), list(first.unknown)) == ([], [], [], [])
    assert not first.is_at_fault
    assert {name: row["marks"] for name, row in made.marks().items()} == {"ada": "2", "ben": "2", "cat.txt": ""}
    assert "Sums" in (made.out / "class.md").read_text(encoding="utf-8")
    for file in ("inbox.csv", "attempts.csv", "to_mark.csv", "written/index.html"):
        assert "ada" in (made.out / file).read_text(encoding="utf-8-sig")
    for name in ("ada", "ben"):
        assert (made.out / "feedback" / f"{name}.md").is_file()
        assert (made.out / "results" / f"{name}.json").is_file()
    assert {name: kept for name, (_, kept) in made.watched.items()} == dict.fromkeys(("ada", "ben", "cat.txt"), False)
    before = made.marks()
    made.grade()
    assert len(made.grades.rounds) == 1
    assert {name: kept for name, (_, kept) in made.watched.items()} == {"ada": True, "ben": True, "cat.txt": False}
    assert made.marks() == before
    made.grade(fresh=True)
    assert made.grades.rounds[1:] == [(["ada", "ben"], False)]


def test_what_may_come_out_otherwise_is_graded_once_more_alone_and_then_counts(made: Class) -> None:
    made.grades.how["ada"] = lambda report: replace(report, again=True)
    made.grade()
    assert made.grades.rounds == [(["ada", "ben"], False), (["ada"], True)]
    assert made.marks()["ada"]["marks"] == "2"


def test_what_is_graded_is_what_the_inbox_held_a_moment_before(made: Class) -> None:
    made.grades.how["ada"] = lambda report: replace(report, result=made.grades.result("ada", "f" * 64))
    graded = made.grade()
    assert made.grades.rounds == [(["ada", "ben"], False), (["ada"], True)]
    assert graded.is_at_fault
    assert made.marks()["ada"]["marks"] == ""
    assert "grade again" in (made.out / "results" / "ada.log").read_text(encoding="utf-8")


def test_a_fault_is_told_and_leaves_what_an_earlier_run_has_found_of_the_same_work(made: Class, tmp_path: Path) -> None:
    made.grades.how["ada"] = lambda report: Report(report.path, fault="Traceback: the disk is full")
    assert made.grade().is_at_fault
    remark = "the grader failed, which is not the student's fault: see results/ada.log"
    assert (made.marks()["ada"]["marks"], made.marks()["ada"]["remark"]) == ("", remark)
    assert (made.out / "results" / "ada.log").read_text(encoding="utf-8") == "Traceback: the disk is full"
    failing = made.grades.how.pop("ada")
    assert not made.grade().is_at_fault
    assert made.marks()["ada"]["marks"] == "2"
    assert not (made.out / "results" / "ada.log").exists()
    made.grades.how["ada"] = failing
    assert made.grade(fresh=True).is_at_fault
    assert made.marks()["ada"]["marks"] == "2"
    assert made.marks()["ada"]["remark"].startswith(remark)
    work(tmp_path, "ada", "# other work\n")
    made.grade()
    assert made.marks()["ada"]["marks"] == ""
    assert not (made.out / "results" / "ada.json").exists()


def test_a_refusal_takes_away_what_an_earlier_run_has_left(made: Class, tmp_path: Path) -> None:
    made.grade()
    made.grades.how["ada"] = lambda report: Report(report.path, refused="nothing in it")
    work(tmp_path, "ada", "# other work\n")
    assert not made.grade().is_at_fault
    assert (made.marks()["ada"]["marks"], made.marks()["ada"]["remark"]) == ("", "nothing in it")
    for left in ("results/ada.json", "feedback/ada.md", "written/ada", "kept/ada"):
        assert not (made.out / left).exists()


def test_what_could_not_be_decided_is_told_to_staff_until_it_is(made: Class) -> None:
    def undecided(report: Report) -> Report:
        broken = with_criterion(report, TRIPLE, outcome=Outcome.BROKEN, marks="0")
        return replace(broken, undecided=(Undecided(TRIPLE, "a bug", "all that is known"),))

    made.grades.how["ada"] = undecided
    assert made.grade().is_at_fault
    log = made.out / "results" / "ada.log"
    assert log.read_text(encoding="utf-8") == "all that is known\n"
    told = f"could not be decided, which is not the student's fault: {TRIPLE}: a bug; see results/ada.log"
    assert made.marks()["ada"]["remark"].startswith(told)
    assert not (made.out / "results" / "ben.log").exists()
    made.grades.how.clear()
    assert not made.grade().is_at_fault  # what is broken is graded again
    assert made.grades.rounds[1:] == [(["ada"], False)]
    assert not log.exists()


def enter(path: Path, submission: str, marks: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows({**line, "marks": marks} if line["submission"] == submission else line for line in table)


def test_marks_that_a_person_enters_count_also_while_a_class_is_graded(made: Class) -> None:
    made.grade()
    enter(made.out / "to_mark.csv", "ada", "1.5")
    made.grade()
    assert (made.marks()["ada"]["marks"], made.marks()["ben"]["marks"]) == ("3.5", "2")
    watched, _ = made.watched["ada"]
    assert watched.result is not None
    assert watched.result.marks == "3.5"
    made.meanwhile = lambda: enter(made.out / "to_mark.csv", "ben", "2")
    made.grade()
    assert made.marks()["ben"]["marks"] == "4"
    assert "4 of 5" in (made.out / "feedback" / "ben.md").read_text(encoding="utf-8")


def test_without_anything_to_mark_by_hand_there_is_no_list(
    tmp_path: Path, make_tiny_course: Callable[[Path], Path], made: Class
) -> None:
    here = Course.find(make_tiny_course(tmp_path))
    rubric = here.rubric("tiny")
    made.grade(course=here, rubric=rubric, pool=StandIn(here, rubric, tmp_path / "scratch"))
    assert not (made.out / "to_mark.csv").exists()
    assert not (made.out / "written").exists()
    assert made.marks()["ada"]["marks"] == "2"


def handed_in(report: Report) -> Report:
    result = report.demand()
    one = HandedIn(source="proof.md", file="sums.proof.md", bytes=5)
    questions = tuple(
        question.model_copy(update={"handed_in": (one,)}) if question.id == "sums.proof" else question
        for question in result.questions
    )
    gathered = GatheredWork("sums.proof", "sums.proof.md", "proof.md", b"proof")
    return replace(report, result=result.model_copy(update={"questions": questions}), written=(gathered,))


def kept(report: Report) -> Report:
    keeping = with_criterion(report, TRIPLE, kept=("plot.png",))
    return replace(keeping, kept=(Kept(TRIPLE, "plot.png", b"picture"),))


@pytest.mark.parametrize(
    ("how", "file"), [(handed_in, "written/ada/sums.proof.md"), (kept, f"kept/ada/{TRIPLE}/plot.png")]
)
def test_what_belongs_to_a_result_is_written_and_made_again_where_it_is_gone(
    made: Class, tmp_path: Path, how: Callable[[Report], Report], file: str
) -> None:
    made.grades.how["ada"] = how
    made.grade()
    content = (made.out / file).read_bytes()
    assert content in (b"proof", b"picture")
    made.grade()
    assert len(made.grades.rounds) == 1  # all is there
    (made.out / file).unlink()
    made.grade()
    assert made.grades.rounds[1:] == [(["ada"], False)]
    assert (made.out / file).read_bytes() == content
    made.grades.how.clear()
    work(tmp_path, "ada", "# other work\n")
    made.grade()
    assert not (made.out / file).exists()


def test_a_part_is_graded_beside_what_an_earlier_run_has_found_of_the_same_work(made: Class, tmp_path: Path) -> None:
    made.grade(only="sums.triple")
    made.grade(only="sums.double")
    assert made.marks()["ada"]["marks"] == "2"
    made.grade()  # a person's question was not looked at yet
    assert made.grades.rounds == [(["ada", "ben"], False)] * 3
    made.grade(only="sums.double")
    assert len(made.grades.rounds) == 3
    work(tmp_path, "ada", "# other work\n")
    with pytest.raises(UsageError, match="a part cannot be graded into this folder") as told:
        made.grade(only="sums.double")
    assert told.value.found == "ada"
    made.grade()
    made.grade(only="sums.double")


def test_another_assignments_results_are_not_written_over(made: Class) -> None:
    made.grade()
    file = made.out / "results" / "ada.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"tiny"', '"other"'), encoding="utf-8")
    with pytest.raises(UsageError, match="another assignment was graded into this folder") as told:
        made.grade()
    assert told.value.found == "results of other"


def test_a_table_that_cannot_be_written_keeps_no_other_from_it(made: Class) -> None:
    (made.out / "class.md").mkdir(parents=True)
    (made.out / "to_mark.csv").mkdir()
    with pytest.raises(UsageError):
        made.grade()
    (made.out / "to_mark.csv").rmdir()
    graded = made.grade()
    (told,) = graded.unwritten
    assert told.startswith("class.md could not be written: ")
    assert graded.is_at_fault
    assert made.marks()["ada"]["marks"] == "2"


def test_staff_are_told_who_is_missing_and_of_extensions_for_nothing(made: Class) -> None:
    made.out.mkdir()
    people = (Person("ada"), Person("cat", extensions=(Extension("hw9", longer=timedelta(hours=1)),)))
    write_roster(made.out, Roster(people))
    graded = made.grade()
    assert (list(graded.missing), [one.name for one in graded.unknown]) == (["cat"], ["ben"])
    assert graded.notes == ["cat has more time for `hw9`, which the course does not have: it has tiny"]


def test_exports_count_in_their_order(made: Class, tmp_path: Path) -> None:
    (tmp_path / "inbox").rename(tmp_path / "mon")
    work(tmp_path, "ada", "# later\n")
    (tmp_path / "inbox").rename(tmp_path / "tue")
    made.grade(inbox=tmp_path / "mon", later=(tmp_path / "tue",))
    assert [*made.marks()] == ["ada", "ben", "ada-2"]


def test_a_class_folder_says_where_things_lie(tmp_path: Path) -> None:
    folder = ClassFolder(tmp_path)
    places: Mapping[str, Path] = {
        "results/ada.json": folder.result("ada"),
        "results/ada.log": folder.log("ada"),
        "feedback/ada.md": folder.feedback("ada"),
        "written/ada": folder.written("ada"),
        "kept/ada": folder.kept("ada"),
        "written/index.html": folder.reading,
        "to_mark.csv": folder.to_mark,
    }
    assert {name: path.relative_to(tmp_path).as_posix() for name, path in places.items()} == {n: n for n in places}


def test_how_a_class_was_graded_is_remembered_for_fifty_states_of_the_course(tmp_path: Path) -> None:
    assert read_class_run(tmp_path) is None
    run = ClassRun(course=tmp_path, assignment="tiny", inboxes=(tmp_path / "inbox",), times=tmp_path / "times.csv")
    for number in range(60):
        run = run.remembering(f"state {number % 55}", {"a.b": str(number)}, run)
    assert [*run.graded_by] == [f"state {number % 55}" for number in range(10, 60)]
    assert run.graded_by["state 4"] == {"a.b": "59"}
    write_class_run(tmp_path, run)
    assert read_class_run(tmp_path) == run
    (tmp_path / "last_run.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="how this class was graded cannot be read"):
        read_class_run(tmp_path)
