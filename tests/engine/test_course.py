"""A course folder: found, and read in its parts."""

from pathlib import Path

import pytest

from grader.core.errors import CourseError
from grader.course.folder import Course

RUBRIC = """\
assignment: {id}
title: Demo
marks: 1
suites: {{public: [tests/public/test_a.py], hidden: [tests/hidden/test_a.py]}}
questions:
  - id: a.b
    title: B
    module: a
    names: [f]
    criteria: [{{id: a.b.c, title: C, marks: 1}}]
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "rubrics").mkdir()
    for name in ("demo-one", "demo-two"):
        (tmp_path / "rubrics" / f"{name}.yaml").write_text(RUBRIC.format(id=name))
    for kind in ("public", "hidden"):
        (tmp_path / "tests" / kind).mkdir(parents=True)
        (tmp_path / "tests" / kind / "test_a.py").write_text(f"# {kind}\n")
    return Course.find(tmp_path)


def test_the_nearest_folder_above_that_holds_rubrics_is_the_course(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.root / "tests" / "public")
    assert Course.find(None) == course
    (course.root / "tests" / "rubrics").mkdir()
    assert Course.find(None).root == course.root / "tests"


def test_a_folder_named_by_hand_is_taken_as_it_is(course: Course) -> None:
    assert Course.find(course.root).root == course.root.resolve()
    with pytest.raises(CourseError, match="not a course"):
        Course.find(course.root / "tests")


@pytest.mark.parametrize("work", [".", "tests/public", "..", "inbox/link", "not/there"])
def test_a_course_that_was_only_found_does_not_grade_what_shares_its_tree(
    course: Course, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    """Catches: rubric and suites that a student handed in give the marks."""
    (course.root / "inbox").mkdir()
    (course.root / "inbox" / "link").symlink_to(course.root / "tests")
    monkeypatch.chdir(course.root)
    with pytest.raises(CourseError, match="--course"):
        Course.find(None, to_grade=Path(work))
    assert Course.find(Path(), to_grade=Path(work)) == course


def test_a_course_that_was_found_grades_what_lies_elsewhere(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(course.root / "tests")
    assert Course.find(None, to_grade=tmp_path_factory.mktemp("inbox")) == course


def test_without_a_course_the_error_says_how_to_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match="--course"):
        Course.find(None)


def test_assignments_are_listed_by_id(course: Course) -> None:
    assert course.assignments() == ["demo-one", "demo-two"]
    assert course.rubric("demo-two").assignment == "demo-two"


@pytest.mark.parametrize("name", ["demo-oen", "../rubrics/demo-one", "demo-one.yaml", ""])
def test_an_unknown_assignment_is_refused_with_those_that_are_known(course: Course, name: str) -> None:
    with pytest.raises(CourseError, match="one of demo-one, demo-two"):
        course.rubric(name)


def test_a_mistyped_assignment_is_guessed(course: Course) -> None:
    with pytest.raises(CourseError, match="did you mean `demo-one`"):
        course.rubric("demo-oen")


def test_suites_are_given_with_who_may_see_them(course: Course) -> None:
    assert course.suite_files(course.rubric("demo-one")) == [
        (course.root / "tests/public/test_a.py", "public"),
        (course.root / "tests/hidden/test_a.py", "hidden"),
    ]


def test_all_missing_suites_are_named_with_their_rubric(course: Course) -> None:
    for kind in ("public", "hidden"):
        (course.root / "tests" / kind / "test_a.py").unlink()
    with pytest.raises(CourseError) as raised:
        course.suite_files(course.rubric("demo-one"))
    assert "tests/public/test_a.py, tests/hidden/test_a.py" in str(raised.value)
    assert "demo-one.yaml" in str(raised.value)


def test_the_hash_of_the_suites_changes_with_any_of_them(course: Course) -> None:
    rubric = course.rubric("demo-one")
    before = course.suites_sha256(rubric)
    assert course.suites_sha256(rubric) == before
    (course.root / "tests/hidden/test_a.py").write_text("# other\n")
    assert course.suites_sha256(rubric) != before


def test_the_hash_of_the_suites_changes_with_the_misconceptions_that_feedback_names(course: Course) -> None:
    rubric = course.rubric("demo-one")
    before = course.suites_sha256(rubric)
    file = course.bank / "misconceptions" / rubric.questions[0].id / "slip.py"
    file.parent.mkdir(parents=True)
    file.write_text('"""A slip."""\n')
    assert course.suites_sha256(rubric) != before


def test_the_hash_of_a_rubric_is_that_of_its_file(course: Course) -> None:
    one, two = (course.rubric_sha256(course.rubric(name)) for name in course.assignments())
    assert one != two
