"""An export of a learning platform: where its hand-ins are, and what the platform says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.intake.platforms.table import listing, looks_like_one, of_several_accounts
from grader.intake.platforms.upload import Upload

_DEEPEST = 5


@dataclass(frozen=True)
class Export:
    """A folder of hand-ins: those directly in `folder`, which is `root` or the only thing in it.

    `uploads` contains what a platform says about them, by their names, and `own` which of them are the platform's own
    files. `left_out` gives the reasons for members of the archive that were not unpacked into the folder, and `called`
    is put before paths in tables if there are several exports.
    """

    root: Path
    folder: Path
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict)
    called: str = ""

    @classmethod
    def of(cls, root: Path, *, unpacked: bool = False) -> Export:
        """Return what is known about the export in a folder.

        Many archives contain a single folder with everything inside. It is the export if the archive was `unpacked` by
        us, or if most names in it are in a platform's form, for at least two accounts. Otherwise it is somebody's
        hand-in, and a student's own file name, list or `.git` inside it says nothing about the inbox.
        """
        folder = root
        for depth in range(_DEEPEST):
            names = _names(folder)
            only = folder / names[0] if len(names) == 1 else folder
            if only == folder or only.is_symlink() or not only.is_dir() or looks_like_one(folder, names):
                break
            if not (unpacked and depth == 0) and not of_several_accounts(_names(only)):
                break
            folder = only
        said = listing(folder, _names(folder))
        return cls(root, folder, said.uploads, said.own)

    def listed(self, uploads: Mapping[str, Upload]) -> Export:
        """Return the export with the contents of a table that somebody wrote, which take precedence."""
        return replace(self, uploads={**self.uploads, **uploads})


def _names(folder: Path) -> list[str]:
    try:
        return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
    except OSError:  # reported when hand-ins are looked for in it
        return []
