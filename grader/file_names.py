"""Names for files and folders of ours, made from names that strangers chose."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

# What written/ holds besides the folders of submissions.
_OURS = frozenset({"index.html"})
# Windows takes these for devices, whatever ending follows.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# What some file system refuses, a name that is hidden, and an end that Windows drops.
_UNFIT = re.compile(r'[<>:"/\\|?*]|^\.+|[. ]$')


def file_names(submissions: Iterable[str]) -> dict[str, str]:
    """Return for each submission, all of other names, the name of its files: its own where that is an ordinary name.

    Other names get a part of their SHA-256 behind them: those of ours or of devices, those with characters that some
    file system refuses, and those that are one name where case, or how an accent is written, does not count. So no two
    share a file on any system, and the same inbox gives the same names.
    """
    plain = {name: _plain(name) for name in submissions}
    count = Counter(map(_folded, plain.values()))
    named = {name: short for name, short in plain.items() if short == name and count[_folded(short)] == 1}
    taken = set(map(_folded, named.values()))
    for name, short in plain.items():
        if name not in named:
            named[name] = _with_digest(short, name, taken)
            taken.add(_folded(named[name]))
    return {name: named[name] for name in plain}


def _plain(name: str) -> str:
    short = "".join(c if c.isprintable() else "_" for c in _UNFIT.sub("_", name)) or "_"
    return f"_{short}" if short.casefold() in _OURS or _DEVICES.fullmatch(short) else short


def _folded(name: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def _with_digest(short: str, name: str, taken: set[str]) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    # Whoever names their work after another's digest is told apart by more of it.
    lengths = (length for length in range(8, 65, 8) if _folded(f"{short}-{digest[:length]}") not in taken)
    return f"{short}-{digest[: next(lengths)]}"
