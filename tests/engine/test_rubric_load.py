"""Rubrics: what a right one says, and in what words a wrong one is refused."""

from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest

from grader.core.errors import RubricError
from grader.course.rubric.load import MAX_BYTES, load_rubric
from grader.course.rubric.model import Rubric

RIGHT = """\
assignment: demo
title: A demonstration
marks: 4.5
quantum: 0.25
suites:
  public: [tests/public/test_a.py]
limits: {cpu_seconds: 2.5, memory_mb: 256}
questions:
  - id: part.one
    title: One
    marks: 3
    module: part
    names: [f, G]
    packages: [numpy]
    criteria:
      - {id: part.one.first, title: first, marks: 0.1}
      - {id: part.one.second, title: second, marks: "2.9", requires: [part.one.first], partial: true}
  - id: part.two
    title: Two
    criteria:
      - {id: part.two.picture, title: a picture, marks: 1.5, manual: true}
    handed_in: [picture.png, "notes*.md"]
"""


def load(tmp_path: Path, text: str, name: str = "demo") -> Rubric:
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return load_rubric(path)


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(RubricError) as raised:
        load(tmp_path, text)
    return str(raised.value)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_right_rubric_is_read_with_all_its_parts(tmp_path: Path) -> None:
    rubric = load(tmp_path, RIGHT)
    one, two = rubric.questions
    assert (rubric.assignment, rubric.title, rubric.suites.public) == (
        "demo",
        "A demonstration",
        ("tests/public/test_a.py",),
    )
    assert (one.module, one.names, one.packages) == ("part", ("f", "G"), ("numpy",))
    assert one.criteria[1].requires == ("part.one.first",)
    assert one.criteria[1].partial
    assert two.criteria[0].manual
    assert two.handed_in == ("picture.png", "notes*.md")
    assert (rubric.limits.cpu_seconds, rubric.limits.memory_mb) == (2.5, 256)


def test_marks_are_read_from_their_text_and_exact(tmp_path: Path) -> None:
    rubric = load(tmp_path, RIGHT)
    assert [c.marks for c in rubric.criteria] == [Fraction(1, 10), Fraction(29, 10), Fraction(3, 2)]
    assert (rubric.marks, rubric.questions[0].marks, rubric.questions[1].marks) == (
        Fraction(9, 2),
        Fraction(3),
        Fraction(3, 2),
    )


def test_a_questions_limits_go_before_the_assignments(tmp_path: Path) -> None:
    rubric = load(tmp_path, RIGHT.replace("    module: part\n", "    module: part\n    limits: {cpu_seconds: 9}\n"))
    limits = rubric.limits_for(rubric.questions[0])
    assert (limits.cpu_seconds, limits.memory_mb) == (9, 256)
    assert rubric.limits_for(rubric.questions[1]) == rubric.limits


def test_criteria_are_ordered_after_those_they_require(tmp_path: Path) -> None:
    text = RIGHT.replace("marks: 0.1}", "marks: 0.1, requires: [part.one.second]}")
    text = text.replace("requires: [part.one.first], ", "")
    ids = [c.id for c in load(tmp_path, text).criteria_by_requirement()]
    assert ids == ["part.one.second", "part.one.first", "part.two.picture"]


# What is changed in the right rubric; in which line and field the error is; what it must say.
WRONG = [
    ("title: One", "titel: One", "titel: One", "question part.one, titel", "did you mean `title`?"),
    ("    title: One\n", "", "- id: part.one", "question part.one, title", "`title` is missing"),
    ("title: A demonstration", "title: 2023", "title: 2023", "title", "put it in quotes"),
    ("title: Two", "title: ''", "title: ''", "question part.two, title", "must not be empty"),
    ("marks: 3\n", "marks: 2.5\n", "marks: 2.5", "question part.one, marks", "expected: 3, the sum"),
    ("marks: 4.5", "marks: 5", "marks: 5", "marks", "expected: 4.5, the sum"),
    ("marks: 0.1}", "marks: 1/10}", "1/10", "criterion part.one.first, marks", "plain decimal number"),
    ("marks: 0.1}", "marks: 0.1234567}", "0.1234567", "criterion part.one.first, marks", "plain decimal number"),
    ("marks: 0.1}", "marks: 1.0e+3}", "e+3", "criterion part.one.first, marks", "plain decimal number"),
    ("marks: 0.1}", "marks: .inf}", ".inf", "criterion part.one.first, marks", "plain decimal number"),
    ("marks: 0.1}", "marks: 0.0000001}", "0001}", "criterion part.one.first, marks", "plain decimal number"),
    ("marks: 0.1}", "marks: 010}", "010}", "criterion part.one.first, marks", "not read as a number"),
    ("marks: 0.1}", "marks: yes}", "yes}", "criterion part.one.first, marks", "the yes/no value true"),
    ("marks: 0.1}", "marks: }", "first, marks: }", "criterion part.one.first, marks", "found: nothing"),
    ("quantum: 0.25", "quantum: 0", "quantum: 0", "quantum", "more than 0"),
    ("cpu_seconds: 2.5", "cpu_seconds: 0", "cpu_seconds", "limits, cpu_seconds", "more than 0"),
    ("memory_mb: 256", "memory_mb: -5", "memory_mb", "limits, memory_mb", "from 16"),
    ("memory_mb: 256", "memory: 256", "memory", "limits, memory", "did you mean `memory_mb`?"),
    ("id: part.one.first", "id: part.uno.first", "part.uno", "criterion part.uno.first, id", "part.one.first"),
    ("id: part.one.first", "id: part.one.a.b", "part.one.a.b", "criterion part.one.a.b, id", "by one word"),
    ("id: part.one.first", "id: part.one.second", "second, title: second", "part.one.second, id", "used twice"),
    ("id: part.two\n", "id: Part.Two\n", "Part.Two", "question Part.Two, id", "lower case"),
    ("[part.one.first]", "[part.one.frist]", "frist", "requires, entry 1", "did you mean `part.one.first`?"),
    ("[part.one.first]", "[part.one.second]", "requires", "requires", "in a circle"),
    ("[part.one.first]", "[part.two.picture]", "requires", "requires, entry 1", "a person marks"),
    ("[part.one.first]", "part.one.first", "requires", "criterion part.one.second, requires", "must be a list"),
    ("manual: true}", "manual: true, partial: true}", "manual", "part.two.picture, partial", "no checks"),
    (
        "names: [f, G]",
        "names: [f, G]\n    handed_in: [a.md]",
        "handed_in: [a.md]",
        "part.one, handed_in",
        "nobody reads",
    ),
    ("picture.png", "../picture.png", "../picture.png", "part.two, handed_in, entry 1", "that a person can read"),
    ("picture.png", "page.html", "page.html", "part.two, handed_in, entry 1", "that end in md, txt"),
    ("manual: true}", "manual: maybe}", "manual", "part.two.picture, manual", "true or false"),
    ("    module: part\n", "", "- id: part.one", "question part.one, module", "`module` is missing"),
    ("    names: [f, G]\n", "", "- id: part.one", "question part.one, names", "`names` is missing"),
    ("names: [f, G]", "names: [f, f]", "names", "names, entry 2", "used twice"),
    ("names: [f, G]", "names: [f, _g]", "names", "names, entry 2", "public Python name"),
    ("[numpy]", "[numpy.linalg]", "numpy.linalg", "packages, entry 1", "top-level name"),
    ("[numpy]", "[grader]", "grader", "packages, entry 1", "never open"),
    ("tests/public/test_a.py", "../test_a.py", "../test_a.py", "suites, public, entry 1", "below the course folder"),
    ("tests/public/test_a.py", "/etc/a.py", "/etc/a.py", "suites, public, entry 1", "below the course folder"),
    ("tests/public/test_a.py]", "t/a.py]\n  hidden: [t/a.py]", "hidden", "suites, hidden, entry 1", "used twice"),
    (
        "    title: Two\n",
        "    title: Two\n    title: Due\n",
        "title: Two",
        "question part.two, title",
        "again in line 20",
    ),
    ("assignment: demo", "assignment: other", "assignment", "assignment", "rename the file to other.yaml"),
    ("title: Two", "title: !!python/name:os.system x", "python/name", "question part.two, title", "remove the tag"),
    ("title: Two", "title: [", "manual: true", "", "this is not YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "words"), WRONG)
def test_a_wrong_rubric_is_refused_with_line_and_field(
    tmp_path: Path, old: str, new: str, line: str, field: str, words: str
) -> None:
    assert RIGHT.count(old) == 1
    text = RIGHT.replace(old, new)
    said = refusal(tmp_path, text)
    where = next(where for where in said.splitlines() if field in where)
    number = where.partition("demo.yaml:")[2].partition(":")[0]
    assert words in said
    assert line in text.splitlines()[int(number) - 1]


def test_several_problems_are_told_at_once_in_the_files_order(tmp_path: Path) -> None:
    text = RIGHT.replace("marks: 3\n", "marks: 2\n").replace("title: Two", "titel: Two").replace("0.25", "none")
    said = refusal(tmp_path, text)
    assert [line.split(": ")[1] for line in said.splitlines() if not line.startswith(" ")] == [
        "quantum",
        "question part.one, marks",
        "question part.two, titel",
    ]


def test_an_empty_list_of_questions_is_said_to_be_empty_but_one_of_wrong_questions_is_not(tmp_path: Path) -> None:
    head = RIGHT.partition("questions:")[0]
    assert "must not be empty" in refusal(tmp_path, head + "questions: []\n")
    assert "must not be empty" not in refusal(tmp_path, head + "questions: [3]\n")


@pytest.mark.parametrize(
    "text", ["", "just words", "[1, 2]", "--- 1\n--- 2\n", "? [a]\n: b\n", "a: \x00", "a: &a [*a]"]
)
def test_what_is_no_rubric_at_all_is_refused(tmp_path: Path, text: str) -> None:
    assert "demo.yaml" in refusal(tmp_path, text)


def test_anchors_may_be_used(tmp_path: Path) -> None:
    text = RIGHT.replace("title: One", "title: &same One").replace("title: Two", "title: *same")
    assert load(tmp_path, text).questions[1].title == "One"


def test_aliases_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert "expands to more" in refusal(tmp_path, "\n".join(lines))


@pytest.mark.parametrize("depth", [30, 5_000])
def test_fields_nested_too_deeply_are_refused(tmp_path: Path, depth: int) -> None:
    assert "demo.yaml" in refusal(tmp_path, "a: " + "[" * depth + "]" * depth)


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    assert "too large" in refusal(tmp_path, RIGHT + "#" * MAX_BYTES)


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    path.write_bytes(RIGHT.replace("One", "Größe").encode("latin-1"))
    with pytest.raises(RubricError, match=rf"demo.yaml:{line_of(RIGHT, 'One')}: the rubric is not UTF-8"):
        load_rubric(path)


def test_a_missing_file_is_a_rubric_error(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        load_rubric(tmp_path / "missing.yaml")


def test_dates_and_numbers_in_quotes_are_text(tmp_path: Path) -> None:
    text = RIGHT.replace("title: One", "title: 2023-04-01").replace("title: Two", "title: '2'")
    assert [q.title for q in load(tmp_path, text).questions] == ["2023-04-01", "2"]


def test_a_rubric_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text(dedent(RIGHT), encoding="utf-8-sig")
    assert load_rubric(tmp_path / "demo.yaml").assignment == "demo"


def test_a_misspelt_field_is_one_problem_and_not_also_a_missing_one(tmp_path: Path) -> None:
    said = refusal(tmp_path, RIGHT.replace("title: One", "titel: One"))
    assert said.count("demo.yaml:") == 1
    assert "did you mean `title`?" in said
    both = refusal(tmp_path, RIGHT.replace("title: One", "colour: One"))
    assert both.count("demo.yaml:") == 2


def named(pattern: str) -> str:
    return RIGHT.replace("limits:", f"submissions: {{name: '{pattern}'}}\nlimits:")


def test_the_form_of_a_hand_ins_name_is_a_regular_expression(tmp_path: Path) -> None:
    assert load(tmp_path, RIGHT).submissions.name is None
    assert load(tmp_path, named("(?P<roll>[a-z]+)_PA1")).submissions.name == "(?P<roll>[a-z]+)_PA1"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("(?P<roll>x", "unterminated"), ("[a-z]+_PA1", "(?P<roll>…)"), ("(?P<roll>" + "x" * 500 + ")", "500")],
)
def test_a_wrong_form_of_names_is_told_with_its_line(tmp_path: Path, pattern: str, said: str) -> None:
    text = named(pattern)
    told = refusal(tmp_path, text)
    assert f"demo.yaml:{line_of(text, 'submissions')}: submissions, name: " in told
    assert said in told


def test_text_that_a_comma_has_ended_is_told_to_be_put_in_quotes(tmp_path: Path) -> None:
    said = refusal(tmp_path, RIGHT.replace("title: first,", "title: first, then second,"))
    assert "`then second` is not a field here" in said
    assert "put the text before it in quotes" in said
