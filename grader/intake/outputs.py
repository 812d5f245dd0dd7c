"""Makes a large notebook smaller. Runs as a process of its own: `python -m grader.intake.outputs MOST`.

Standard input is the notebook, a file; the working directory is an empty folder, which receives the file `notebook`, of
at most MOST bytes. Standard output receives one JSON object: `left_out` (what that lacks, in words) and `refused` (why
there is no such notebook, or "").

The notebook is not parsed: only the beginning and end of a cell's `outputs` and `attachments` are located. Everything
else stays as it is, byte for byte, even if it is not JSON, which whoever reads the notebook will report.
"""

from __future__ import annotations

import json
import mmap
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.core.text import listed
from grader.intake.bounds import MAX_FILE_BYTES, MAX_NOTEBOOK_BYTES, UNPACKING_MEMORY_BYTES, mib
from grader.intake.limited import confine
from grader.intake.members import RefusedMember

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKEN = re.compile(_STRING + rb"|[\[\]{},:]", re.DOTALL)
_BRACKET = re.compile(_STRING + rb"|[\[\]{}]", re.DOTALL)
_NOT_A_NOTEBOOK = "it is not a notebook that can be read"
# What may be left out, the last first: pictures pasted into a cell are work, outputs of code are not.
_KINDS = {
    b'"attachments"': "pictures of cells",
    b'"outputs"': "outputs of cells",
    b'"widgets"': "the state of widgets",
}


@dataclass(frozen=True)
class Span:
    """A part that the code does not need: what it is, where it begins and where it ends."""

    kind: str
    start: int
    end: int

    @property
    def saved(self) -> int:
        """How many bytes leaving it out saves: an empty list or object replaces it."""
        return self.end - self.start - 2


def spans(data: bytes | mmap.mmap) -> Iterator[Span]:
    """Yield what can be left out of a notebook, in order. Raises RefusedMember if its brackets do not match."""
    stack: list[tuple[bytes, bytes]] = []  # of each open bracket, itself and the name that it belongs to
    name, at, has_cells = b"", 0, False
    while token := _TOKEN.search(data, at):
        at, said = token.end(), token[0]
        if said in b"[{":
            kind = _kind(stack, name)
            if kind:
                at = _end(data, token.start())
                yield Span(kind, token.start(), at)
            else:
                stack.append((said, name))
                has_cells |= name == b'"cells"'
            name = b""
        elif said in b"]}":
            if not stack:
                raise RefusedMember(_NOT_A_NOTEBOOK)
            stack.pop()
        elif said == b",":
            name = b""
        elif said != b":":
            name = said
    if stack or not has_cells:
        raise RefusedMember(_NOT_A_NOTEBOOK)


def _kind(stack: list[tuple[bytes, bytes]], name: bytes) -> str:
    """Return what begins here, if it is a part of a cell or of the notebook that the code does not need."""
    in_a_cell = len(stack) > 1 and stack[-1][0] == b"{" and stack[-2] == (b"[", b'"cells"')
    of_the_whole = len(stack) == 2 and stack[-1] == (b"{", b'"metadata"')
    return _KINDS.get(name, "") if (of_the_whole if name == b'"widgets"' else in_a_cell) else ""


def _end(data: bytes | mmap.mmap, start: int) -> int:
    """Return where the bracket that opens at `start` is closed."""
    depth = 0
    for token in _BRACKET.finditer(data, start):
        said = token[0]
        depth += (said in b"[{") - (said in b"]}")
        if depth == 0:
            return token.end()
    raise RefusedMember(_NOT_A_NOTEBOOK)


def made_small(data: bytes | mmap.mmap, most: int) -> tuple[bytes, str]:
    """Return a notebook of at most `most` bytes, and what it lacks. Raises RefusedMember if that is impossible."""
    found = [*spans(data)]
    size = len(data) - sum(span.saved for span in found)
    if size > min(most, MAX_FILE_BYTES):
        raise RefusedMember(f"its code and text alone are larger than {mib(min(most, MAX_FILE_BYTES))}")
    kept = set()
    for span in sorted(found, key=lambda span: [*_KINDS.values()].index(span.kind)):
        if size + span.saved <= most:
            size += span.saved
            kept.add(span)
    parts, at = [], 0
    for span in found:
        if span not in kept:
            parts += [data[at : span.start], b"[]" if data[span.start : span.start + 1] == b"[" else b"{}"]
            at = span.end
    left_out = Counter(span.kind for span in found if span not in kept)
    words = [f"{kind} ({number})" for kind, number in sorted(left_out.items())]
    return b"".join([*parts, data[at:]]), listed(words)


def main() -> None:
    """Write the notebook from standard input, made small enough, to the working directory; report what it lacks."""
    confine()
    left_out, refused = "", ""
    try:
        with mmap.mmap(sys.stdin.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if len(data) > MAX_NOTEBOOK_BYTES:
                raise RefusedMember(f"it is larger than {mib(MAX_NOTEBOOK_BYTES)}")
            small, left_out = made_small(data, int(sys.argv[1]) if len(sys.argv) > 1 else MAX_FILE_BYTES)
        Path("notebook").write_bytes(small)
    except RefusedMember as reason:
        refused = str(reason)
    except MemoryError:
        refused = f"reading it takes more than {mib(UNPACKING_MEMORY_BYTES)} of memory"
    sys.stdout.write(json.dumps({"left_out": left_out, "refused": refused}))


if __name__ == "__main__":
    main()
