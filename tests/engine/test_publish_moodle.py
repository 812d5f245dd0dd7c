"""Marks for Moodle, read back by an importer that behaves as Moodle's: what it skips is told, the rest arrives."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.book.final_mark import CriterionMark, FinalMark, Status
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.publish.moodle import ForMoodle
from grader.publish.outgoing import OPEN, Reason, Student, Wishes
from grader.publish.worksheet import Worksheet
from grader.roster.people import Person

sys.path.insert(0, str(Path(__file__).parent))
try:
    from lms import MOODLE_HEADER, MoodleAssignment, Participant
finally:
    sys.path.pop(0)

DAY = datetime(2026, 10, 5, 10, 15)
PAGE = "feedback-tiny.html"
NONE = Wishes()


def student(
    number: int, total: str | None, *, status: Status = Status.FINAL, seen: str | None = None, **of: str
) -> Student:
    """A student whom the roster knows by Moodle's number, who did not get all of two marks for a criterion."""
    person = Person(
        f"s{number}", of.get("name", f"Name {number}"), f"s{number}@example.org", lms={"moodle": str(number)}
    )
    lost = CriterionMark(
        "sums.triple", 'it is "three" times \\', Fraction(1), Fraction(2), Outcome.FAILED, of.get("note", "")
    )
    mark = FinalMark(
        person.id, f"hand-in {number}", (lost,), None if total is None else Fraction(total), Fraction(3), status,
        rules=("1 day late: −10 %.",),
    )  # fmt: skip
    return Student(person, mark, () if seen is None else (Fraction(seen),))


def moodle(*numbers: int, **changes: Participant) -> MoodleAssignment:
    people = {number: Participant(f"Name {number}", f"s{number}@example.org") for number in numbers}
    return MoodleAssignment({**people, **{int(name[1:]): one for name, one in changes.items()}})


def graded(number: int, grade: str, *, locked: bool = False, comment: str = "") -> Participant:
    return Participant(f"Name {number}", f"s{number}@example.org", Decimal(grade), DAY, comment, locked)


def published(
    site: MoodleAssignment, students: list[Student], folder: Path, wishes: Wishes = NONE, line_end: str = "\r\n"
) -> ForMoodle:
    """Publish and import."""
    path = folder / "Grades.csv"
    path.write_bytes(site.worksheet(line_end))
    given = ForMoodle(students, Worksheet.read(path, {}), wishes)
    site.import_worksheet(given.worksheet(PAGE))
    site.import_feedback(given.feedback_zip(PAGE, {one.person.id: one.person.id.encode() for one in given.told}))
    return given


def left(given: ForMoodle) -> dict[str, Reason]:
    return {one.student.person.id: one.reason for one in given.outgoing.left}


def test_marks_comments_and_pages_arrive(tmp_path: Path) -> None:
    site = moodle(11, 12)
    given = published(site, [student(11, "2.5"), student(12, "3")], tmp_path)
    assert [one.grade for one in site.people.values()] == [Decimal("2.5"), Decimal(3)]
    assert [one.files for one in site.people.values()] == [{PAGE: b"s11"}, {PAGE: b"s12"}]
    assert "<p>2.5 of 3 marks.</p>" in site.people[11].comment
    assert "it is &quot;three&quot; times &#92;: 1 of 2 (failed)." in site.people[11].comment
    assert "1 day late: −10 %." in site.people[11].comment
    assert (site.skipped, site.ignored, left(given)) == ({}, [], {})
    assert given.outgoing.is_whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    names=st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=2, max_size=3),
    comment=st.text(alphabet='ab"\\<>,;\n=é', max_size=12),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
@example(names=["", "\r"], comment="", line_end="\n")
def test_all_cells_but_grades_and_comments_stay_byte_for_byte(
    tmp_path: Path, names: list[str], comment: str, line_end: str
) -> None:
    people = {number: Participant(name, f"s{number}@example.org") for number, name in enumerate(names, start=11)}
    people[12].comment = comment
    site = MoodleAssignment(people)
    (tmp_path / "Grades.csv").write_bytes(site.worksheet(line_end))
    given = ForMoodle([student(11, "2.5")], Worksheet.read(tmp_path / "Grades.csv", {}), Wishes())
    before, after = (
        list(csv.reader(io.StringIO(content.decode(), newline="")))
        for content in (site.worksheet(line_end), given.worksheet(PAGE))
    )
    changed = {(1, MOODLE_HEADER.index("Grade")), (1, MOODLE_HEADER.index("Feedback comments"))}
    assert {
        (number, place)
        for number, (old, new) in enumerate(zip(before, after, strict=True))
        for place, (one, other) in enumerate(zip(old, new, strict=True))
        if one != other
    } == changed
    untouched = given.worksheet(PAGE).partition(b",2.5,")
    assert untouched[0] == site.worksheet(line_end)[: len(untouched[0])]
    assert site.worksheet(line_end).endswith(untouched[2].partition(b"says more.</p>")[2].removeprefix(b'"'))


@pytest.mark.parametrize(
    ("one", "participant", "reason"),
    [
        (student(11, "-1"), Participant("Name 11", "s11@example.org"), Reason.NEGATIVE),
        (student(11, "3.5"), Participant("Name 11", "s11@example.org"), Reason.TOO_MUCH),
        (student(11, "2"), graded(11, "1", locked=True), Reason.LOCKED),
        (student(11, "2"), graded(11, "1"), Reason.CHANGED),
        (student(11, "2", seen="2"), graded(11, "1"), Reason.CHANGED),
        (student(11, "2", seen="1"), graded(11, "1"), Reason.SEEN),
        (student(99, "2"), Participant("Name 11", "s11@example.org"), Reason.NOT_THERE),
        (student(11, "2"), Participant("Somebody else", "else@example.org"), Reason.NOT_THERE),
    ],
)
def test_a_mark_that_cannot_or_must_not_go_out_is_told_and_its_row_stays(
    tmp_path: Path, one: Student, participant: Participant, reason: Reason
) -> None:
    site = MoodleAssignment({11: participant})
    before = site.worksheet()
    given = published(site, [one], tmp_path)
    assert left(given) == {one.person.id: reason}
    assert site.worksheet() == before
    assert given.worksheet(PAGE) == before
    assert participant.files == {}
    assert not given.outgoing.is_whole


@pytest.mark.parametrize("status", [Status.TO_MARK, Status.UNDECIDED, Status.REFUSED, Status.MISSING, Status.CONFLICT])
def test_who_has_no_mark_yet_is_told_why_and_gets_none(tmp_path: Path, status: Status) -> None:
    site = moodle(11)
    given = published(site, [student(11, "0" if status is Status.MISSING else None, status=status)], tmp_path)
    assert site.people[11].grade is None
    assert site.people[11].files == {PAGE: b"s11"}
    assert site.people[11].comment
    assert {*left(given).values()} <= OPEN
    assert given.outgoing.is_whole


def test_who_handed_in_nothing_gets_0_where_that_is_wished(tmp_path: Path) -> None:
    site = moodle(11)
    published(site, [student(11, "0", status=Status.MISSING)], tmp_path, Wishes(zero_missing=True))
    assert site.people[11].grade == 0


@pytest.mark.parametrize("wish", [Wishes(overwrite=True), Wishes(changed=True)])
def test_a_grade_that_somebody_gave_in_moodle_is_replaced_only_on_demand(tmp_path: Path, wish: Wishes) -> None:
    site = moodle(_11=graded(11, "1"))
    published(site, [student(11, "2")], tmp_path, wish)
    assert site.people[11].grade == (2 if wish.overwrite else 1)


def test_a_mark_that_has_changed_since_students_saw_it_goes_out_only_on_demand(tmp_path: Path) -> None:
    site = moodle(_11=graded(11, "1"))
    published(site, [student(11, "2", seen="1")], tmp_path, Wishes(changed=True))
    assert site.people[11].grade == 2


def test_an_equal_grade_stays_as_it_is_written(tmp_path: Path) -> None:
    site = moodle(_11=graded(11, "2.50"))
    given = published(site, [student(11, "2.5")], tmp_path)
    assert site.skipped == {11: "equal"}
    assert b",2.50,3.00,Yes," in given.worksheet(PAGE)
    assert (left(given), [one.is_new for one in given.outgoing.sent]) == ({}, [False])


def test_what_moodle_would_skip_in_silence_is_all_that_is_told(tmp_path: Path) -> None:
    site = moodle(
        11, 12, _13=graded(13, "1", locked=True), _14=graded(14, "1"), _15=graded(15, "2"), _16=graded(16, "1")
    )
    marks = {11: "-0.5", 12: "4", 13: "2", 14: "2", 15: "2", 16: "2"}
    students = [student(number, total, seen="1" if number == 14 else None) for number, total in marks.items()]
    given = published(site, students, tmp_path, Wishes(changed=True))
    taken = {f"s{number}" for number in site.people if number not in site.skipped}
    assert {one.student.person.id for one in given.outgoing.sent if one.is_new} == taken == {"s14"}
    assert {*left(given)} == {"s11", "s12", "s13", "s16"}


def test_of_a_comment_what_a_person_wrote_stays_below_ours_however_often_it_is_published(tmp_path: Path) -> None:
    site = moodle(_11=graded(11, "2", comment='<p>See "me" \\ <a href="x">here</a>,\nplease.</p>'))
    own = site.people[11].comment.replace("\\", "&#92;")
    published(site, [student(11, "2")], tmp_path)
    first = site.people[11].comment
    assert first.endswith(f"says more.</p>{own}")
    published(site, [student(11, "2", note="You were right.")], tmp_path)
    assert "You were right." in site.people[11].comment
    assert site.people[11].comment.endswith(f"says more.</p>{own}")
    assert site.people[11].comment.count("says more.") == 1


@pytest.mark.parametrize(
    "header",
    [
        'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden",'
        '"Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)","Feedback als Kommentar"',
        'Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,"Calificación máxima",'
        '"La calificación puede ser cambiada","Última modificación (entrega)","Última modificación (calificación)",'
        '"Comentarios de retroalimentación"',
        'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale","La note peut être modifiée",'
        '"Dernière modification (travail remis)","Dernière modification (note)","Feedback par commentaires"',
    ],
)
def test_a_worksheet_in_another_language_is_read_with_its_numbers_and_locks(tmp_path: Path, header: str) -> None:
    no = {"ID": "Nein", "Identificador": "No", "Identifiant": "Non"}[header.partition(",")[0]]
    rows = [
        'Teilnehmer/in11,"Name 11",s11@example.org,x,"1,50","3,00",Ja,-,-,',
        f'Teilnehmer/in12,"Name 12",s12@example.org,x,,"3,00",{no},-,-,',
        'Teilnehmer/in13,"Name 13",s13@example.org,x,"1,00","3,00",Ja,-,"Montag, 5. Oktober 2026, 10:15",',
    ]
    path = tmp_path / "Bewertungen.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    students = [student(11, "1.5"), student(12, "2"), student(13, "2", seen="1")]
    given = ForMoodle(students, Worksheet.read(path, {}), Wishes(changed=True))
    assert left(given) == {"s12": Reason.LOCKED, "s13": Reason.STALE}
    given = ForMoodle(students, Worksheet.read(path, {}), Wishes(changed=True, stale=True))
    assert [(one.text, one.is_new) for one in given.outgoing.sent] == [("1.5", False), ("2", True)]


def test_columns_in_a_language_that_is_not_known_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Tunniste,Arvosana,Muokattu\nOsallistuja11,,-\n", encoding="utf-8")
    with pytest.raises(UsageError, match="not a grading worksheet") as error:
        Worksheet.read(path, {})
    assert "Tunniste, Arvosana, Muokattu" in str(error.value)
    assert "--column identifier=HEADER" in str(error.value)
    named = {"identifier": "Tunniste", "grade": "Arvosana", "graded_at": "Muokattu"}
    given = ForMoodle([student(11, "2")], Worksheet.read(path, named), Wishes())
    assert given.worksheet(PAGE).decode().endswith("\nOsallistuja11,2,-\n")
    assert "no column for comments" in given.outgoing.warnings[0]


def test_grades_in_words_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('Identifier,Grade,Scale,"Last modified (grade)"\nParticipant 11,,"bad\ngood",-\n')
    with pytest.raises(UsageError, match="graded by words"):
        Worksheet.read(path, {})


def test_another_maximum_in_moodle_is_told(tmp_path: Path) -> None:
    site = moodle(11)
    site.maximum = Decimal(100)
    given = published(site, [student(11, "2")], tmp_path)
    assert "Moodle's maximum grade is 100, the assignment's is 3" in given.outgoing.warnings[0]


def test_a_number_of_another_assignment_is_nobodys(tmp_path: Path) -> None:
    """Moodle numbers participants anew: 11 is somebody else here, and the e-mail address tells who is meant."""
    site = MoodleAssignment(
        {11: Participant("Else", "else@example.org"), 21: Participant("Name 11", "s11@example.org")}
    )
    given = published(site, [student(11, "2")], tmp_path)
    assert [one.grade for one in site.people.values()] == [None, Decimal(2)]
    assert given.outgoing.others == ("Else",)


def handed_in(number: int, *accounts: str) -> Student:
    return replace(student(number, "2"), accounts=frozenset(("moodle", account) for account in accounts))


def test_the_worksheet_of_another_assignment_is_refused(tmp_path: Path) -> None:
    """Names and addresses are the same in each; the numbers that hand-ins came with are this one's."""
    other = MoodleAssignment({n + 400: Participant(f"Name {n}", f"s{n}@example.org") for n in (11, 12, 13)})
    class_ = [handed_in(n, f"Name {n}_{n}") for n in (11, 12)] + [student(13, "2")]
    with pytest.raises(UsageError, match="the worksheet of another assignment") as error:
        published(other, class_, tmp_path)
    assert error.value.found == "411 for Name 11 (s11), whose work came as Name 11_11"
    assert [one.grade for one in other.people.values()] == [None] * 3
    # With some numbers of this assignment it is this one's: somebody may have been enrolled anew.
    site = moodle(11, 12)
    site.people[499] = site.people.pop(12)
    assert published(site, class_[:2], tmp_path).outgoing.is_whole
    assert [one.grade for one in site.people.values()] == [Decimal(2), Decimal(2)]


def test_what_another_platform_calls_somebody_tells_nothing_of_moodles_numbers(tmp_path: Path) -> None:
    site = moodle(11)
    given = published(site, [replace(student(11, "2"), accounts=frozenset({("canvas", "name11_7003")}))], tmp_path)
    assert given.outgoing.is_whole
    assert site.people[11].grade == 2


def test_a_worksheet_that_a_spreadsheet_has_saved_with_semicolons_is_told(tmp_path: Path) -> None:
    path = tmp_path / "Grades.csv"
    path.write_bytes(moodle(11).worksheet().replace(b",", b";"))
    [warning] = ForMoodle([student(11, "2")], Worksheet.read(path, {}), NONE).outgoing.warnings
    assert warning.startswith("the worksheet is not separated by commas")


def test_what_came_too_late_to_count_is_not_called_missing(tmp_path: Path) -> None:
    late = student(11, "0", status=Status.MISSING)
    assert late.mark.came_too_late
    site = moodle(11)
    given = published(site, [late], tmp_path)
    [one] = given.outgoing.left
    assert (one.reason, one.detail) == (Reason.TOO_LATE, "1 day late: −10 %.")
    assert given.outgoing.is_whole
    assert site.people[11].comment.startswith("<p>What was handed in came too late to count.</p>")
    assert [*site.people[11].files] == [PAGE]
    published(site, [late], tmp_path, Wishes(zero_missing=True))
    assert site.people[11].grade == 0


def test_two_of_one_name_without_numbers_get_nothing(tmp_path: Path) -> None:
    site = MoodleAssignment({11: Participant("Ann Lee", ""), 12: Participant("Ann Lee", "")})
    one = Student(Person("ann", "Ann Lee"), student(11, "2").mark)
    given = published(site, [one], tmp_path)
    assert left(given) == {"ann": Reason.SEVERAL}


def test_without_a_roster_the_number_behind_a_hand_ins_name_tells(tmp_path: Path) -> None:
    site = MoodleAssignment({11: Participant("Zoë O'Neil", "z@example.org"), 12: Participant("Bob", "b@example.org")})
    students = [Student(Person(name), student(11, "2").mark) for name in ("Zoë O Neil_11", "cs_12")]
    given = published(site, students, tmp_path)
    assert [one.grade for one in site.people.values()] == [Decimal(2), None]
    assert left(given) == {"cs_12": Reason.NOT_THERE}


def test_without_names_the_number_alone_tells_and_the_folder_is_nobodys(tmp_path: Path) -> None:
    site = MoodleAssignment({11: Participant("", "")})
    given = published(site, [student(11, "2")], tmp_path)
    assert site.people[11].files == {PAGE: b"s11"}
    assert given.feedback_zip(PAGE, {"s11": b""}).count(b"Participant_11_assignsubmission_file/") == 2


@pytest.mark.parametrize("name", ["a_b 7_c", "..", "~x", ".hidden", "a/../b", "x" * 300, "٣٤", "日本 太郎"])
def test_a_page_arrives_whatever_a_student_is_called(tmp_path: Path, name: str) -> None:
    site = MoodleAssignment({11: Participant(name, "s11@example.org")})
    published(site, [student(11, "2", name=name)], tmp_path)
    assert (site.people[11].files, site.ignored) == ({PAGE: b"s11"}, [])


def test_the_same_class_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (published(moodle(11), [student(11, "2")], tmp_path) for _ in range(2))
    pages = {"s11": b"page"}
    assert first.feedback_zip(PAGE, pages) == second.feedback_zip(PAGE, pages)
