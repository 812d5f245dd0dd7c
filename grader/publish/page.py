"""A student's feedback as one HTML file that opens from wherever it was saved: no script, nothing is fetched."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markdown_it import MarkdownIt

from grader.core.file_names import file_names
from grader.core.outcome import Outcome
from grader.handmarking.kinds import PICTURES, ending_of, is_picture
from grader.publish.comment import html_text, standing
from grader.publish.outgoing import Student

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_CELL = re.compile("<td>(?P<words>[a-z ]+)</td>")
_OPEN = (Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED, Outcome.TO_BE_MARKED, Outcome.MARKED, Outcome.BROKEN)
_KINDS: Mapping[str, str] = {Outcome.PASSED: "won", **dict.fromkeys(_OPEN, "open")}
_MOST_PICTURES = 8 * 1024**2
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2126; --soft: #5c6670; --line: #dde1e5; --page: #fff; --box: #f5f6f7;
  --won: #1a7f37; --lost: #c0362c }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ea; --soft: #a2abb3; --line: #3a4147; --page: #16191c; --box: #1f2428;
  --won: #4ac26b; --lost: #ff8078 } }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 50rem; padding: 1.5rem 1rem 4rem;
  color: var(--ink); background: var(--page) }
header { margin-bottom: 1.5rem }
h1 { font-size: 1.3rem; margin: 0 } header p { margin: .25rem 0; color: var(--soft) }
header .standing { font-size: 1.6rem; font-weight: 600; color: var(--ink); margin: .75rem 0 .25rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem }
table { border-collapse: collapse; width: 100% } thead { display: none }
td { border-top: 1px solid var(--line); padding: .35rem .75rem .35rem 0; vertical-align: top }
td:first-child:not(:has(strong)) { padding-left: .9rem } tr:has(strong) td { padding-top: .9rem }
td:nth-child(2) { color: var(--soft) }
td.won:nth-child(2) { color: var(--won) } td.lost:nth-child(2) { color: var(--lost) }
td:last-child { text-align: right; white-space: nowrap; padding-right: 0;
  font-variant-numeric: tabular-nums }
pre { background: var(--box); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; line-height: 1.45 }
pre, code { font-family: ui-monospace, monospace; font-size: .875rem } ul { padding-left: 1.25rem }
li { margin: .25rem 0 } figure { margin: 1rem 0 } figcaption { color: var(--soft); font-size: .875rem }
img { max-width: 100%; background: #fff; border: 1px solid var(--line); border-radius: 4px }
"""


def feedback_file(assignment: str) -> str:
    """Return the file name of the page, which distinguishes it from those of other assignments wherever it is saved."""
    return f"feedback-{assignment}.html"


def page(student: Student, title: str, pictures: Path | None = None) -> bytes:
    """Return the page; `title` is the assignment's, `pictures` the folder with what checks kept of the submission."""
    drawn = "".join(_pictures(pictures)) if pictures else ""
    parts = [
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{html_text(title)}</title><style>{_STYLE}</style>'
        f"</head>\n<body><header><h1>{html_text(title)}</h1><p>{html_text(student.name)}</p>"
        f'<p class="standing">{html_text(standing(student).rstrip("."))}</p>',
        _rendered(student.mark.closing),
        "</header>\n",
        _rendered(_found(student.mark.feedback)),
        f"<h2>What your code drew</h2>\n{drawn}" * bool(drawn),
        "</body></html>\n",
    ]
    return "".join(parts).encode()


def in_folders(name: str, pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pages by paths: a folder for each person, if no platform accepts them all in one file."""
    folders = file_names(pages)
    return {f"feedback/{folders[person]}/{name}": content for person, content in pages.items()}


def _found(markdown: str) -> str:
    """Return what was found, without title and total: the header of the page shows them better."""
    blocks = markdown.split("\n\n")
    if blocks[0].startswith("# "):
        blocks = blocks[2 if blocks[1:] and blocks[1].startswith("**") else 1 :]
    return "\n\n".join(blocks)


def _rendered(markdown: str) -> str:
    known = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])
    return _CELL.sub(_coloured, str(known.render(markdown)))


def _coloured(cell: re.Match[str]) -> str:
    """Return a cell of the table that says how a criterion ended, coloured by how good that is."""
    outcome = cell["words"].replace(" ", "_")
    return f'<td class="{_KINDS.get(outcome, "lost")}">{cell["words"]}</td>' if outcome in [*Outcome] else cell[0]


def _pictures(folder: Path) -> Iterator[str]:
    """Yield the pictures that checks kept, as far as they fit, without files that only have the name of a picture."""
    room = _MOST_PICTURES
    for path in sorted(folder.glob("*/*")):
        kind = ending_of(path.name)
        if kind not in PICTURES or path.stat().st_size > room:
            continue
        content = path.read_bytes()
        if is_picture(kind, content):
            room -= len(content)
            form, data = kind.replace("jpg", "jpeg"), base64.b64encode(content).decode()
            picture = f'<img alt="" src="data:image/{form};base64,{data}">'
            yield f"<figure>{picture}<figcaption>{html_text(path.parent.name)}</figcaption></figure>\n"
