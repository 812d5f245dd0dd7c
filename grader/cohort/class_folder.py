"""The folder with the results of a class: the place of everything about a submission, under safe names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import GraderFault
from grader.core.file_names import file_names
from grader.core.files import remove_whole
from grader.results.result import Result
from grader.results.sharing import SharedParts


@dataclass(frozen=True)
class ClassFolder:
    """A folder `--out`; submissions are identified by the names of their files there (`Row.files`)."""

    root: Path

    @property
    def results(self) -> Path:
        """The results of all submissions."""
        return self.root / "results"

    @property
    def to_mark(self) -> Path:
        """The list of what a person marks, if the assignment has such criteria."""
        return self.root / "to_mark.csv"

    @property
    def reading(self) -> Path:
        """The page for reading what a person marks."""
        return self.root / "written" / "index.html"

    @property
    def exports(self) -> Path:
        """The folder in which archives of learning platforms are unpacked, each into a folder of its own."""
        return self.root / "exports"

    @property
    def memory(self) -> Path:
        """What was found in the inbox, for the next run."""
        return self.root / ".inbox.json"

    @property
    def published(self) -> Path:
        """The files for platforms, which can be generated again."""
        return self.root / "publish"

    def result(self, files: str) -> Path:
        """The result of a submission."""
        return self.results / f"{files}.json"

    def log(self, files: str) -> Path:
        """The log for staff about a fault that was not the submission's."""
        return self.results / f"{files}.log"

    def feedback(self, files: str) -> Path:
        """What the student reads."""
        return self.root / "feedback" / f"{files}.md"

    def written(self, files: str) -> Path:
        """What was handed in for a person to mark."""
        return self.root / "written" / files

    def kept(self, files: str) -> Path:
        """What checks kept for the person who marks by hand."""
        return self.root / "kept" / files

    def forget(self, files: str) -> None:
        """Remove what an earlier run has left, so that it is not mistaken for what was handed in now."""
        for left in (
            self.result(files), self.log(files), self.feedback(files), self.written(files), self.kept(files),
        ):  # fmt: skip
            remove_whole(left)

    def read_result(self, files: str) -> Result | None:
        """Return the result of a submission, if there is one that can be read."""
        return _read(self.result(files))

    def read_results(self) -> dict[str, Result]:
        """Return the results here that can be read, by the names of their submissions' files."""
        read = ((file, _read(file)) for file in sorted(self.results.glob("*.json")))
        shared = SharedParts()
        return {file.stem: shared.of(result) for file, result in read if result is not None}


def named(submissions: Iterable[str], folder: ClassFolder) -> dict[str, str]:
    """Return the names of submissions' files, by the names of the submissions.

    If a name now has a counterpart that differs only in case, older files under it are removed: on a system that
    ignores case nobody could tell whose they were.
    """
    files = file_names(submissions)
    for name in (name for name, other in files.items() if other.startswith(f"{name}-")):
        folder.forget(name)
    return files


def _read(file: Path) -> Result | None:
    try:
        return Result.from_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, GraderFault):
        return None
