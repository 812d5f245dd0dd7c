"""The outputs of a notebook's cells, for a person to read: text, and pictures. Runs where this is safe.

Nothing is opened: a picture is the bytes in the notebook, HTML becomes the text in it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

Picture = tuple[str, bytes]

# What is shown as a picture or a page of its own, and the suffix of its file.
PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
}
# The names of output kinds in nbformat 3.
_OLD_KINDS = {
    "png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml", "pdf": "application/pdf",
    "latex": "text/latex", "html": "text/html", "text": "text/plain",
}  # fmt: skip
_TEXTS = ("text/markdown", "text/latex", "text/plain")
_NOTHING = re.compile(r"<(IPython\.|Figure size )")
_DATA = re.compile(r"data:(image/(?:png|jpeg|gif|svg\+xml)|video/mp4);base64,([A-Za-z0-9+/=]+)")
# A frame of an animation as matplotlib writes it into a script, over several lines.
_FRAME = re.compile(r'= "(data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\\\s]+)"')
# Bounded, so that hostile input cannot make each match attempt scan all that follows.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]{0,99}[ -/]{0,9}[@-~]|\][^\x07\x1b\n]{0,999}(?:\x07|\x1b\\))")
_LONGEST = 12_000
_LONGEST_HTML = 8_000_000  # a picture may be embedded in it
_IN_THE_TEXT = "(a picture, shown by itself)"


def shown(cell: dict[str, Any]) -> tuple[str, list[Picture]]:
    """Return the text of a code cell's outputs, and the pictures in them."""
    texts: list[str] = []
    pictures: list[Picture] = []
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if isinstance(output, dict):
            text, found = _output(output)
            texts += [text] if text.strip() else []
            pictures += found
    return clipped("\n".join(texts)), pictures


def pasted(cell: dict[str, Any]) -> list[Picture]:
    """Return the pictures that were pasted into a text cell, as its attachments."""
    attached = cell.get("attachments")
    kinds = (one for one in attached.values() if isinstance(one, dict)) if isinstance(attached, dict) else ()
    return [picture for one in kinds for kind, data in one.items() for picture in _picture(kind, data)]


def without_data(text: str) -> tuple[str, list[Picture]]:
    """Return a text without the pictures embedded in it, as Colab does, and these pictures."""
    pictures = [picture for kind, data in _DATA.findall(text) for picture in _picture(kind, data)]
    return _DATA.sub(_IN_THE_TEXT, text), pictures


def clipped(text: str) -> str:
    """Return a text without its middle if it is long: how training ended is at its end."""
    left = len(text) - _LONGEST
    half = _LONGEST // 2
    return text if left <= 0 else f"{text[:half]}\n… {left} characters are left out …\n{text[-half:]}"


def _output(output: dict[str, Any]) -> tuple[str, list[Picture]]:
    kind = output.get("output_type")
    if kind == "stream":
        return _plain(joined(output.get("text"))), []
    if kind in ("error", "pyerr"):
        return _plain(f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}"), []
    data = output.get("data")
    if not isinstance(data, dict):
        data = {_OLD_KINDS[key]: value for key, value in output.items() if key in _OLD_KINDS}
    return _displayed(data)


def _displayed(data: dict[str, Any]) -> tuple[str, list[Picture]]:
    """Return what one display shows; it contains the same thing in several kinds."""
    for kind in PICTURES:
        if found := [*_picture(kind, data.get(kind))]:
            return "", found
    html, pictures = _read(joined(data.get("text/html")))
    if pictures:
        return html, pictures
    texts = [text for kind in _TEXTS if (text := _plain(joined(data.get(kind)))).strip()]
    plain = [text for text in texts if not _NOTHING.match(text)]
    if plain or html.strip() or not data:
        return (plain or [html])[0], []
    others = [kind for kind in data if isinstance(kind, str) and kind != "text/plain"]
    return f"(something of the kind {others[0][:100]}, which only the notebook shows)" if others else "", []


def _picture(kind: object, data: object) -> Iterator[Picture]:
    """Yield the picture that some data is, if it is one."""
    ending, text = PICTURES.get(kind) if isinstance(kind, str) else None, joined(data)
    if ending == "svg" and text.lstrip().startswith("<"):
        yield ending, text.encode("utf-8", "replace")
    elif ending and text:
        try:
            yield ending, base64.b64decode("".join(text.split()), validate=True)
        except ValueError:
            return


def joined(text: object) -> str:
    """Return a text that a notebook stores whole or as a list of lines, "" if it is neither."""
    if isinstance(text, list):
        return "".join(line for line in text if isinstance(line, str))
    return text if isinstance(text, str) else ""


def _plain(text: str) -> str:
    """Return a text as a terminal shows it: without colours, and for each line the last thing written over it."""
    lines = _ESCAPES.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(next((part for part in reversed(line.split("\r")) if part), "") for line in lines)


def _read(html: str) -> tuple[str, list[Picture]]:
    """Return the text of some HTML, a line for each row of a table, and the pictures embedded in it."""
    if not html:
        return "", []
    reader = _CellReader()
    reader.feed(html[:_LONGEST_HTML])
    reader.close()
    lines = (re.sub(r" *\t *", "\t", line.strip(" ")).removeprefix("\t") for line in "".join(reader.parts).split("\n"))
    sources = [*reader.sources, *_some_frames("".join(reader.scripts))]
    pictures = [picture for source in sources for picture in without_data(source)[1]]
    return "\n".join(line for line in lines if line.strip()), pictures


def _some_frames(script: str) -> list[str]:
    """Return the first frame of an animation, one in the middle, and the last."""
    frames = _FRAME.findall(script)
    some = frames if len(frames) < 4 else [frames[0], frames[len(frames) // 2], frames[-1]]
    return ["".join(frame.replace("\\", "").split()) for frame in some]


class _CellReader(HTMLParser):
    """Extracts text, the addresses of pictures, and scripts from HTML."""

    _BREAKS = frozenset({"br", "div", "h1", "h2", "h3", "h4", "li", "p", "pre", "table", "tr"})
    _SHOWN = frozenset({"img", "source", "video"})
    _KEPT = frozenset({"pre", "script", "style"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.sources: list[str] = []
        self.scripts: list[str] = []
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag if tag in self._KEPT else self._within
        self.parts.append("\n" if tag in self._BREAKS else "\t" if tag in {"td", "th"} else "")
        self.sources += [value for name, value in attrs if tag in self._SHOWN and name == "src" and value]

    def handle_endtag(self, tag: str) -> None:
        self._within = "" if tag == self._within else self._within
        self.parts.append("\n" if tag in self._BREAKS else "")

    def handle_data(self, data: str) -> None:
        if self._within in {"", "pre"}:
            self.parts.append(data if self._within else re.sub(r"\s+", " ", data))
        elif self._within == "script":
            self.scripts.append(data)
