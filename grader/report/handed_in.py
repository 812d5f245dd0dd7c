"""What was handed in for a person to mark, as HTML: text, pictures, and links to everything else.

None of it is interpreted as markup, and none of it runs: a file with a picture's name is shown as one only if its bytes
are a picture, and drawings (SVG) are shown as images, in which browsers run no code and fetch nothing.
"""

from __future__ import annotations

import base64
import codecs
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from grader.core.text import counted, printable
from grader.handmarking.kinds import PICTURES, ending_of, is_drawing, is_picture
from grader.report.text import size_words
from grader.results.result import HandedIn

_SHOWN_CHARACTERS = 60_000
_HEAD = 256 * 1024
_TEXTS = (".md", ".txt", ".tex")
_DRAWING = ".svg.txt"


def parts_of(files: str, one: HandedIn, folder: Path) -> Iterator[str]:
    """Yield a link to what was handed in, and as much of it as can be shown; `files` is its folder below `folder`."""
    link = escape(quote(f"{files}/{one.file}"))
    yield f'<p><a href="./{link}">{shown(one.source)}</a> <span class="size">{size_words(one.bytes)}</span></p>'
    path = folder / files / one.file
    if ending_of(one.file) in PICTURES:
        yield _picture(f"./{link}", path)
    elif one.file.endswith(_DRAWING) and is_drawing(path.read_bytes()):
        drawing = base64.b64encode(path.read_bytes()).decode()
        yield f'<img loading="lazy" alt="" src="data:image/svg+xml;base64,{drawing}">'
    elif one.file.endswith(_TEXTS):
        yield from _text(path)


def kept_part(files: str, criterion: str, name: str, folder: Path) -> str:
    """Return a link to a file that a check kept, and the picture if it is one; kept/ is beside `folder`."""
    link = escape(quote(f"kept/{files}/{criterion}/{name}"))
    path = folder.parent / "kept" / files / criterion / name
    picture = _picture(f"../{link}", path) if ending_of(name) in PICTURES else ""
    return f'<p><a href="../{link}">{shown(name)}</a> <span class="size">drawn by the code</span></p>{picture}'


def shown(text: str) -> str:
    """Return a text as one line of HTML in which nothing is markup."""
    return escape(printable(" ".join(text.split()), limit=5_000))


def _picture(link: str, path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if is_picture(ending_of(path.name), head):
        return f'<img loading="lazy" alt="" src="{link}">'
    return '<p class="none">This is not a picture of the kind that its name says, or it is too large to be shown.</p>'


def _text(path: Path) -> Iterator[str]:
    """Yield the beginning of a text of unknown encoding, and how much more there is."""
    with path.open("rb") as file:
        content = file.read(2 * _SHOWN_CHARACTERS)
        left = path.stat().st_size - len(content)
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf16 else "utf-8-sig", "replace").replace("\r\n", "\n")
    left += max(0, len(text) - _SHOWN_CHARACTERS)
    yield f"<pre>{escape(printable(text, keep=chr(10) + chr(9), limit=_SHOWN_CHARACTERS))}</pre>"
    if left:
        yield f'<p class="none">… {counted(left, "byte")} or more are not shown: open the file.</p>'
