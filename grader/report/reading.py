"""A page for marking what was handed in: by question, with each student's work beside the task.

Nothing in a submission is interpreted as markup, and the page runs no script and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from grader.core.decimals import decimal_text
from grader.core.outcome import Outcome
from grader.course.rubric.model import Question, Rubric
from grader.report.handed_in import kept_part, parts_of, shown
from grader.results.class_list import Row
from grader.results.result import QuestionResult

# A drawing (SVG) is embedded in the page, so that there is no file that would run if someone clicks on it.
_POLICY = "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'"
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 82rem; padding: 0 1.5rem; color: #1c1c1c }
h1 { font-size: 1.5rem } h2 { font-size: 1.25rem; border-top: 1px solid #bbb; padding-top: 1.5rem }
h3 { font-size: 1rem; margin: 0 0 .5rem } h3 span, .size, .none { color: #666; font-weight: normal }
.question { display: grid; grid-template-columns: minmax(14rem, 20rem) 1fr; gap: 2.5rem; align-items: start }
.asked { position: sticky; top: 1rem; font-size: .9rem } table { border-collapse: collapse; width: 100% }
td { border-top: 1px solid #ddd; padding: .3rem .6rem .3rem 0; vertical-align: top }
td:first-child { text-align: right } details { margin-top: 1rem } summary { cursor: pointer }
details[open] { width: min(52rem, 90vw); position: relative; z-index: 1 }
article { margin-bottom: 1.25rem; padding: 1rem 1.25rem; border: 1px solid #ddd; border-radius: 6px }
pre { font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0;
  tab-size: 16; background: #f6f6f4; padding: .75rem 1rem; border-radius: 4px; max-height: 48rem; overflow-y: auto }
img { max-width: 100%; max-height: 60rem; display: block; margin: .5rem 0; background: #fff;
  border: 1px solid #e4e4e0 } p { margin: .4rem 0 }
@media (max-width: 50rem) { .question { grid-template-columns: 1fr } .asked { position: static } }
"""


def reading_page(rubric: Rubric, rows: Sequence[Row], folder: Path, answers: Mapping[str, str] | None = None) -> str:
    """Return the page as HTML. It belongs in `folder`, which contains each submission's folder with its files.

    What checks kept of a submission is in a folder kept/ beside it. `answers` are model answers, by question.
    """
    known = answers or {}
    sections = "".join(
        _section(question, rows, folder, known.get(question.id, ""))
        for question in rubric.questions
        if _manual(question)
    )
    title = f"{escape(rubric.title)}: to be marked"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1>\n<p>Marks and remarks are entered in to_mark.csv.</p>\n"
        f"{sections}{_for_all(rows, folder)}</body></html>\n"
    )


def _manual(question: Question) -> bool:
    return any(criterion.manual for criterion in question.criteria)


def _section(question: Question, rows: Sequence[Row], folder: Path, answer: str) -> str:
    waiting = [
        (number, row, found) for number, row in enumerate(rows) if (found := _waiting(row, question)) is not None
    ]
    works = "".join(_article(number, row, found, folder) for number, row, found in waiting if _readable(found))
    others = [(number, row, found) for number, row, found in waiting if not _readable(found)]
    silent = "Nothing was handed in by" if question.handed_in else "To be marked from the code or its results:"
    none = [_name(row) for _, row, _ in others if not _offered(row)]
    works += f'<p class="none">{silent} {", ".join(none)}.</p>' if none else ""
    unnamed = [f"{_name(row)} ({_to_all(number)})" for number, row, _ in others if _offered(row)]
    works += f'<p class="none">Nothing under the name of this question: {", ".join(unnamed)}.</p>' if unnamed else ""
    columns = f'<div class="asked">{_asked(question)}{_answer(question, answer)}</div>\n<div>{works}</div>'
    return f'<section><h2>{shown(question.title)}</h2>\n<div class="question">{columns}</div></section>\n'


def _waiting(row: Row, question: Question) -> QuestionResult | None:
    """Return a submission's result in a question if a person has yet to mark any of it."""
    for found in row.result.questions if row.result else ():
        if found.id == question.id and any(c.outcome is Outcome.TO_BE_MARKED for c in found.criteria):
            return found
    return None


def _asked(question: Question) -> str:
    cells = "".join(
        f"<tr><td>{decimal_text(c.marks)}</td><td>{shown(c.title)}<br><code>{escape(c.id)}</code></td></tr>"
        for c in question.criteria
        if c.manual
    )
    return f"<p>{shown(question.task or '')}</p><table>{cells}</table>"


def _answer(question: Question, text: str) -> str:
    summary = f"Model answer and marking key <code>solutions/answers/{escape(question.id)}.md</code>"
    return f"<details><summary>{summary}</summary><pre>{escape(text)}</pre></details>" * bool(text)


def _readable(question: QuestionResult) -> bool:
    return bool(question.handed_in) or any(criterion.kept for criterion in question.criteria)


def _offered(row: Row) -> bool:
    """Return whether something was handed in for no question in particular, and may answer any."""
    return bool(row.result and row.result.handed_in)


def _to_all(number: int) -> str:
    return f'<a href="#all-{number}">what was handed in for no question in particular</a>'


def _article(number: int, row: Row, question: QuestionResult, folder: Path) -> str:
    parts = "".join(part for one in question.handed_in or () for part in parts_of(row.files, one, folder))
    parts += "".join(kept_part(row.files, c.id, name, folder) for c in question.criteria for name in c.kept)
    more = f'<p class="none">And {_to_all(number)}.</p>' if _offered(row) else ""
    return f"<article><h3>{_name(row)}</h3>{parts}{more}</article>\n"


def _for_all(rows: Sequence[Row], folder: Path) -> str:
    """Return what was handed in for no question in particular, once for each submission."""
    works = "".join(
        f'<article id="all-{number}"><h3>{_name(row)}</h3>'
        f"{''.join(part for one in row.result.handed_in for part in parts_of(row.files, one, folder))}</article>\n"
        for number, row in enumerate(rows)
        if row.result and row.result.handed_in and any(c.outcome is Outcome.TO_BE_MARKED for c in row.result.criteria)
    )
    title = "Handed in for no question in particular"
    return f"<section><h2>{title}</h2>\n<div>{works}</div></section>\n" if works else ""


def _name(row: Row) -> str:
    student = f" <span>{shown(row.student)}</span>" if row.student else ""
    return f"{shown(row.name)}{student}"
