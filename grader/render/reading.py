"""A page on which a person reads what was handed in to be marked: by question, each student's work beside the task.

Nothing of a submission is markup here, and the page runs no script and fetches nothing.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from grader.class_list import Row
from grader.outcome import Outcome
from grader.render.text import counted, size_words
from grader.result import HandedIn, QuestionResult
from grader.rubric.decimals import decimal_text
from grader.rubric.model import Question, Rubric
from grader.text import printable

_SHOWN_CHARACTERS = 60_000
_TEXTS = (".md", ".txt", ".tex")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif")
_POLICY = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"
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
  background: #f6f6f4; padding: .75rem 1rem; border-radius: 4px; max-height: 48rem; overflow-y: auto }
img { max-width: 100%; display: block; margin: .5rem 0 } p { margin: .4rem 0 }
@media (max-width: 50rem) { .question { grid-template-columns: 1fr } .asked { position: static } }
"""


def reading_page(rubric: Rubric, rows: Sequence[Row], folder: Path, answers: Mapping[str, str] | None = None) -> str:
    """Return the page as HTML. It belongs into `folder`, where each submission's folder with its files lies.

    What checks kept of a submission lies in a folder kept/ beside it. `answers` are model answers, by question.
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
        f"<body><h1>{title}</h1>\n<p>Marks and remarks are entered in to_mark.csv.</p>\n{sections}</body></html>\n"
    )


def _manual(question: Question) -> bool:
    return any(criterion.manual for criterion in question.criteria)


def _section(question: Question, rows: Sequence[Row], folder: Path, answer: str) -> str:
    waiting = [(row, found) for row in rows if (found := _waiting(row, question)) is not None]
    works = "".join(_article(row, found, folder) for row, found in waiting if _readable(found))
    none = [_name(row) for row, found in waiting if not _readable(found)]
    silent = "Nothing was handed in by" if question.handed_in else "To be marked from the code or its results:"
    listed = f'<p class="none">{silent} {", ".join(none)}.</p>' if none else ""
    columns = f'<div class="asked">{_asked(question)}{_answer(question, answer)}</div>\n<div>{works}{listed}</div>'
    return f'<section><h2>{_shown(question.title)}</h2>\n<div class="question">{columns}</div></section>\n'


def _waiting(row: Row, question: Question) -> QuestionResult | None:
    """Return a submission's result in a question of which a person is still to mark something."""
    for found in row.result.questions if row.result else ():
        if found.id == question.id and any(c.outcome is Outcome.TO_BE_MARKED for c in found.criteria):
            return found
    return None


def _asked(question: Question) -> str:
    cells = "".join(
        f"<tr><td>{decimal_text(c.marks)}</td><td>{_shown(c.title)}<br><code>{escape(c.id)}</code></td></tr>"
        for c in question.criteria
        if c.manual
    )
    return f"<p>{_shown(question.task or '')}</p><table>{cells}</table>"


def _answer(question: Question, text: str) -> str:
    summary = f"Model answer and marking key <code>solutions/answers/{escape(question.id)}.md</code>"
    return f"<details><summary>{summary}</summary><pre>{escape(text)}</pre></details>" * bool(text)


def _readable(question: QuestionResult) -> bool:
    return bool(question.handed_in) or any(criterion.kept for criterion in question.criteria)


def _article(row: Row, question: QuestionResult, folder: Path) -> str:
    parts = "".join(part for one in question.handed_in or () for part in _parts(row.files, one, folder))
    parts += "".join(_kept(row.files, c.id, name) for c in question.criteria for name in c.kept)
    return f"<article><h3>{_name(row)}</h3>{parts}</article>\n"


def _kept(files: str, criterion: str, name: str) -> str:
    link = escape(quote(f"kept/{files}/{criterion}/{name}"))
    shown = f'<img loading="lazy" alt="" src="../{link}">' if name.lower().endswith(_PICTURES) else ""
    return f'<p><a href="../{link}">{_shown(name)}</a> <span class="size">drawn by the code</span></p>{shown}'


def _parts(files: str, one: HandedIn, folder: Path) -> Iterator[str]:
    """Yield the link to what was handed in, and what of it can be shown."""
    link = escape(quote(f"{files}/{one.file}"))
    yield f'<p><a href="./{link}">{_shown(one.source)}</a> <span class="size">{size_words(one.bytes)}</span></p>'
    if one.file.endswith(_PICTURES):
        yield f'<img loading="lazy" alt="" src="./{link}">'
    elif one.file.endswith(_TEXTS):
        text, left = _text(folder / files / one.file)
        yield f"<pre>{escape(text)}</pre>"
        if left:
            yield f'<p class="none">… {counted(left, "byte")} or more are left out here: open the file.</p>'


def _text(path: Path) -> tuple[str, int]:
    """Return the beginning of a text of whatever encoding, and how much more there is."""
    with path.open("rb") as file:
        content = file.read(2 * _SHOWN_CHARACTERS)
        left = path.stat().st_size - len(content)
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf16 else "utf-8-sig", "replace").replace("\r\n", "\n")
    return printable(text, keep="\n\t", limit=_SHOWN_CHARACTERS), left + max(0, len(text) - _SHOWN_CHARACTERS)


def _name(row: Row) -> str:
    student = f" <span>{_shown(row.student)}</span>" if row.student else ""
    return f"{_shown(row.name)}{student}"


def _shown(text: str) -> str:
    return escape(printable(" ".join(text.split()), limit=5_000))
