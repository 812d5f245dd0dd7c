"""What a notebook's cells show: HTML with folding where a kernel shows it, and the same words in text elsewhere."""

from __future__ import annotations

import html
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.kit import cells

CELLS = "from grader.kit.cells import check, hint\n"
WRONG = "import numpy as np\ndef double(number):\n    return number + np.eye(4)\n"
ASKED = 'assert_close(submission.double(np.eye(4)), 2 * np.ones((4, 4)), what="it")'


class Kernel:
    """A shell that takes down what cells display."""

    def __init__(self) -> None:
        self.kernel = object()
        self.shown: list[dict[str, str]] = []
        self.display_pub = SimpleNamespace(publish=self.shown.append)
        self.compile = SimpleNamespace(format_code_name=lambda _: None)
        self.history_manager = SimpleNamespace(input_hist_raw=[])


@pytest.fixture
def course(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small course, with a check that compares arrays and two hints; cells are run in its folder student/."""
    suite = tiny_course / "tests" / "public" / "test_sums.py"
    words = suite.read_text(encoding="utf-8").replace("import criterion", "import assert_close, criterion")
    words = words.replace("assert submission.double(7) == 2 * 7", ASKED)
    suite.write_text(f"import numpy as np\n\n{words}", encoding="utf-8")
    rubric = tiny_course / "rubrics" / "tiny.yaml"
    hints = "    module: sums\n    hints: [Look at <seven>., A law.]\n"
    rubric.write_text(rubric.read_text(encoding="utf-8").replace("    module: sums\n", hints, 1), encoding="utf-8")
    monkeypatch.chdir(tiny_course / "student")
    monkeypatch.setattr(cells, "_taken", {})
    return tiny_course


def run(*lines: str, kernel: Kernel | None = None) -> None:
    """Run lines as cells."""
    namespace: dict[str, Any] = {"__name__": "__main__"} | ({"get_ipython": lambda: kernel} if kernel else {})
    for line in (CELLS, *lines):
        exec(compile(line, "<cell>", "exec"), namespace)


def plain(text: str) -> str:
    """Return the words of HTML, without tags and pictures."""
    words = re.sub(r"<(style|svg)\b.*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", words)).split())


@pytest.mark.usefixtures("course")
def test_a_kernel_is_shown_html_that_says_all_that_the_text_says() -> None:
    kernel = Kernel()
    run(WRONG, 'check("sums.double")', kernel=kernel)
    [shown] = kernel.shown
    words = plain(shown["text/html"])
    rows = [row.split("  ") for row in shown["text/plain"].splitlines()]
    lines = [part.strip() for row in rows for part in row if part.strip(" ─")]
    titled = [line.strip("─ ").removesuffix(":") for line in lines]
    assert [line for line in titled if " ".join(line.split()) not in words] == []
    assert "it has wrong values" in words
    assert "<svg" in shown["text/html"]
    assert "data:image/png" in shown["text/html"]
    assert "<details open>" in shown["text/html"]
    assert "<script" not in shown["text/html"]
    assert 'for a hint: hint("sums.double")' in words


@pytest.mark.usefixtures("course")
def test_elsewhere_the_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    run(WRONG, 'check("sums.double")')
    printed = capsys.readouterr().out
    assert "by these checks      0 / 1" in printed
    assert "it has wrong values" in printed
    assert "<" not in printed.replace("<cell>", "")


@pytest.mark.usefixtures("course")
def test_all_questions_are_a_table_and_what_their_checks_say() -> None:
    kernel = Kernel()
    run(WRONG, "def triple(number):\n    return 3 * number\n", "check()", kernel=kernel)
    [shown] = kernel.shown
    assert "by these checks" in shown["text/plain"]
    words = plain(shown["text/html"])
    assert "(a) Twice a number" in words
    assert "0 / 1" in words


@pytest.mark.usefixtures("course")
def test_right_work_is_told_so_and_offered_no_hint() -> None:
    kernel = Kernel()
    run("import numpy as np\ndef double(number):\n    return 2 * np.ones((4, 4))\n", 'check("sums.*")', kernel=kernel)
    words = plain(kernel.shown[0]["text/html"])
    assert "All of these pass; the hidden checks try more cases." in words
    assert "hint" not in words


@pytest.mark.usefixtures("course")
def test_hints_come_one_by_one_in_a_notebook_too(capsys: pytest.CaptureFixture[str]) -> None:
    run(WRONG, *['hint("sums.double")'] * 4)
    told = capsys.readouterr().out.split("(a) Twice a number (sums.double)")[1:]
    assert [len(re.findall(r"hint \d of 3", part)) for part in told] == [1, 2, 3, 3]
    assert "hint 1 of 3: Look at <seven>." in told[0]
    assert 'one more: hint("sums.double")' in told[0]
    assert "Your wrong answers do not match any known mistake." in told[2]
    assert "There are no more hints." in told[3]


@pytest.mark.usefixtures("course")
def test_hints_are_html_where_a_kernel_shows_it() -> None:
    kernel = Kernel()
    run(WRONG, 'hint("sums.double")', kernel=kernel)
    [shown] = kernel.shown
    assert "Look at &lt;seven&gt;." in shown["text/html"]
    assert plain(shown["text/html"]) == " ".join(shown["text/plain"].split())


@pytest.mark.usefixtures("course")
def test_what_is_wrong_with_a_call_is_shown_and_not_raised(capsys: pytest.CaptureFixture[str]) -> None:
    run('hint("sums.duoble")')
    assert "did you mean `sums.double`?" in capsys.readouterr().out
