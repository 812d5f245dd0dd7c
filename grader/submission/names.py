"""Which names matter in a submission, and names that every program can take."""

from __future__ import annotations

SOURCES = frozenset({".py", ".ipynb"})
ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar"})
IGNORED = frozenset(
    {"__pycache__", ".git", ".ipynb_checkpoints", "__MACOSX", ".DS_Store", ".venv", "venv", "node_modules"}
)


def is_ignored(name: str) -> bool:
    """Tell whether a file or folder is what tools leave behind; `._x` is macOS's shadow of `x`."""
    return name in IGNORED or name.startswith("._")


def clean_name(name: str) -> str:
    """Return the name with `_` for every character that cannot be printed or is no text."""
    return "".join(c if c.isprintable() else "_" for c in name)
