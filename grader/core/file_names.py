"""Safe names for our files and folders, made from names that strangers chose."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from grader.core.text import clean_name

# What written/ contains besides the folders of submissions.
_OURS = frozenset({"index.html"})
# Windows treats these as devices, whatever their suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# Characters that some file system rejects, a hidden name, and an ending that Windows drops.
_UNFIT = re.compile(r'[<>:"/\\|?*]|^\.+|[. ]$')


def file_names(submissions: Iterable[str]) -> dict[str, str]:
    """Return the name of each submission's files, which is the submission's own name if that is safe.

    Other names get a part of their SHA-256 as a suffix: names that we or devices use, names with characters that some
    file system rejects, and names that are equal except for case or the encoding of accents. So no two share a file on
    any system, and the same inbox gives the same names.
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
    short = clean_name(_UNFIT.sub("_", name)) or "_"
    return f"_{short}" if short.casefold() in _OURS or _DEVICES.fullmatch(short) else short


def _folded(name: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def _with_digest(short: str, name: str, taken: set[str]) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    # A name that imitates another's digest gets a longer part of its own.
    lengths = (length for length in range(8, 65, 8) if _folded(f"{short}-{digest[:length]}") not in taken)
    return f"{short}-{digest[: next(lengths)]}"
