"""Feedback as Markdown: it reads well, and what a student's code chose stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from grader.core.outcome import Outcome
from grader.report.markdown import escaped, feedback_page, fenced
from grader.results.result import CriterionResult, Provenance, QuestionResult, Result

PROVENANCE = Provenance.of(rubric_sha256="0" * 64, suites_sha256="1" * 64, submission_sha256="2" * 64)
FEEDBACK = """\
Five steps follow p ← p − η g.
The signs differ in every entry.
expected float64 of shape (2,):
  [1., 2.]
To reproduce:
    import numpy as np

    print(step(1))
Your code printed:
    hello

Another check."""
HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- hidden",
    "![picture](https://example.org/x.png)",
    "[click](javascript:alert(1))",
    "https://example.org and www.example.org",
    "<https://example.org>",
    "# All passed",
    "- 20 / 20 marks",
    "1. first",
    "=====",
    "---",
    "> quoted",
    "| a | b |",
    "``` \n</pre>",
    "`code` and **bold** and _it_ and ~~gone~~",
    "[x]: https://example.org",
    "&lt;b&gt; &amp; &#60;",
    "a\\",
    "$x$",
    "\u202egnp",
]


def result_of(feedback: str, name: str = "cs23b001", outcome: Outcome = Outcome.FAILED) -> Result:
    lost = CriterionResult(
        id="sums.double.value", title="it is twice", outcome=outcome, marks="0", max_marks="2", feedback=feedback
    )
    passed = CriterionResult(id="sums.double.type", title="a number", outcome=Outcome.PASSED, marks="1", max_marks="1")
    question = QuestionResult(id="sums.double", title="(a) Twice", marks="1", max_marks="3", criteria=(lost, passed))
    return Result(
        assignment="tiny", submission=name, marks="1", max_marks="3", complete=True, isolation="room",
        questions=(question,), provenance=PROVENANCE,
    )  # fmt: skip


def rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown))


def tags(html: str) -> set[str]:
    return set(re.findall(r"</?([a-z0-9]+)", html))


def test_the_page_has_the_marks_by_question_and_then_what_was_lost_in_the_order_that_helps() -> None:
    page = feedback_page(result_of(FEEDBACK))
    html = rendered(page)
    assert html.startswith("<h1>cs23b001 · tiny</h1>\n<p><strong>1 of 3 marks</strong></p>\n<table>")
    said = ["it is twice", "Five steps", "The signs differ", "[1., 2.]", "import numpy", "hello", "Another", "Next"]
    places = [page.index(words) for words in said]
    assert places == sorted(places)


def test_a_snippet_is_one_block_of_python_also_over_an_empty_line() -> None:
    html = rendered(feedback_page(result_of(FEEDBACK)))
    assert '<pre><code class="language-python">import numpy as np\n\nprint(step(1))\n</code></pre>' in html
    assert "<pre><code>hello\n</code></pre>" in html
    assert "<p>Another check.</p>" in html


def test_what_passed_or_was_not_begun_is_in_the_table_only() -> None:
    page = feedback_page(result_of("Not implemented yet.", outcome=Outcome.NOT_IMPLEMENTED))
    assert "## What to look at" not in page
    assert "| it is twice | not implemented | 0 / 2 |" in page


def test_one_cause_is_told_once_whatever_it_costs() -> None:
    one = result_of("could not be loaded")
    question = one.questions[0]
    twice = question.criteria[0].model_copy(update={"id": "sums.double.again"})
    both = question.model_copy(update={"criteria": (*question.criteria, twice)})
    page = feedback_page(one.model_copy(update={"questions": (both,)}))
    assert page.count("could not be loaded") == 1
    assert "### One reason for 2 criteria\n\n`sums.double.value`, `sums.double.again`: failed\n" in page


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["as a paragraph", "in a block", "as a name"])
def test_text_of_a_student_is_shown_and_never_obeyed(text: str, form: str) -> None:
    block = "\n".join(f"    {line}" for line in text.split("\n"))
    plain = {"as a paragraph": result_of(text), "in a block": result_of(block), "as a name": result_of("x", text)}[form]
    harmless = {"as a paragraph": result_of("a"), "in a block": result_of("    a"), "as a name": result_of("x", "a")}
    html = rendered(feedback_page(plain))
    assert tags(html) == tags(rendered(feedback_page(harmless[form])))
    assert html.count("<h1>") == 1
    assert html.count("<table>") == 1
    assert not set("\u202e") & set(html)


def test_bare_addresses_are_taken_apart_before_a_platform_makes_links_of_them() -> None:
    said = escaped("https://example.org www.example.org me@example.org @everyone")
    assert said == r"https\://example.org www\.example.org me\@example.org \@everyone"


def test_a_fence_is_longer_than_any_within() -> None:
    block = fenced("```\n`````x")
    assert block.startswith("``````\n")
    assert "<h1>" not in rendered(fenced("```\n# no\n```"))


def test_the_page_is_written_where_it_is_asked_for(grader, tiny_course: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "work.py").write_text("def double(number):\n    return 2 * number\n")
    common = ("run", tmp_path / "work.py", "-a", "tiny", "--course", tiny_course, "--markdown")
    shown = grader(*common, "-")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("# work · tiny\n\n**1 of 3 marks**\n")
    both = grader(*common, tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == shown.stdout
    assert "1 / 3" in both.stdout
    twice = grader(*common, "-", "--json", "-")
    assert twice.returncode == 2
    assert "--markdown -" in twice.stderr


def test_headings_name_the_question_and_what_waits_for_a_person_is_no_zero() -> None:
    one = result_of("wrong")
    waits = CriterionResult(
        id="sums.proof.steps", title="it follows", outcome=Outcome.TO_BE_MARKED, marks="0", max_marks="3"
    )
    by_hand = QuestionResult(
        id="sums.proof", title="(b) A proof", task="Write it *out*.\nHand in proof.pdf.",
        marks="0", max_marks="3", criteria=(waits,),
    )  # fmt: skip
    page = feedback_page(one.model_copy(update={"questions": (*one.questions, by_hand), "complete": False}))
    assert "\n### (a) Twice: it is twice\n" in page
    assert "\n**1 of 3 marked so far**; 3 are to be marked by a person\n" in page
    assert "\n| it follows | to be marked | – / 3 |\n| **Marked so far** | | **1 / 3** |\n" in page
    assert "\n- To be marked by a person: (b) A proof. Write it \\*out\\*. Hand in proof.pdf.\n" in page


def test_skipped_is_explained_with_what_it_waits_for_below_the_table() -> None:
    page = feedback_page(result_of("Not run: this needs sums.single.", outcome=Outcome.SKIPPED))
    below = page.partition("**Total**")[2]
    assert "\n\nSkipped means: not checked" in below
    assert "\n\n- sums.double.value: Not run: this needs sums.single.\n\n" in below
    assert "Skipped means" not in feedback_page(result_of("wrong"))


def test_further_checks_are_a_list_under_their_count() -> None:
    said = "ASKED\n\n2 more checks did not pass:\npublic: one\nhidden: <b>two</b>"
    html = rendered(feedback_page(result_of(said)))
    listed = "<ul>\n<li>public: one</li>\n<li>hidden: &lt;b&gt;two&lt;/b&gt;</li>\n</ul>"
    assert f"<p>2 more checks did not pass:</p>\n{listed}" in html
