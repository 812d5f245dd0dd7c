"""What is said where several files define the same names: which counts, for what, and how much of that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.rubric.load import load_rubric
from grader.intake.which import chosen_files
from grader.worker.reading.overview import overview


@pytest.mark.parametrize(
    ("files", "functions", "told"),
    [
        (2, 1, "0.py counts for `f0`, which 1.py defines too"),
        (3, 2, "0.py counts for `f0` and `f1`, which 1.py and 2.py define too"),
        (2, 6, "0.py counts for `f0`, `f1`, `f2`, `f3`, `f4` and `f5`, which 1.py defines too"),
        (2, 8, "0.py counts for `f0`, `f1`, `f2`, `f3`, `f4`, `f5` and 2 more, which 1.py defines too"),
    ],
)
def test_a_choice_between_files_names_the_files_and_at_most_six_functions(
    tiny_course: Path, tmp_path: Path, files: int, functions: int, told: str
) -> None:
    names = [f"f{number}" for number in range(functions)]
    rubric = load_rubric(tiny_course / "rubrics" / "tiny.yaml")
    question = rubric.questions[0].model_copy(update={"names": tuple(names)})
    labels = [f"{number}.py" for number in range(files)]
    for number, label in enumerate(labels):
        longer = " + 1" * (files - number)  # so that the first counts
        text = "".join(f"def {name}(x):\n    return x{longer}\n\n\n" for name in names)
        (tmp_path / label).write_text(text, encoding="utf-8")
    found = chosen_files(
        rubric.model_copy(update={"questions": (question,)}), labels, overview(tmp_path, labels, frozenset(names))
    )
    assert [note.partition(":")[0] for note in found] == [told]
