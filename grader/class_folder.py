"""The folder that a class is graded into: where everything of a submission lies, under names that are ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderFault
from grader.file_names import file_names
from grader.files import remove_whole
from grader.result import Result


@dataclass(frozen=True)
class ClassFolder:
    """A folder `--out`; submissions are named by what their files are called there (`Row.files`)."""

    root: Path

    @property
    def results(self) -> Path:
        """The results of all submissions."""
        return self.root / "results"

    @property
    def to_mark(self) -> Path:
        """Where what a person is to mark is listed, if the assignment has such criteria."""
        return self.root / "to_mark.csv"

    @property
    def reading(self) -> Path:
        """Where what a person is to mark can be read."""
        return self.root / "written" / "index.html"

    def result(self, files: str) -> Path:
        """The result of a submission."""
        return self.results / f"{files}.json"

    def log(self, files: str) -> Path:
        """What staff are told of a fault that was not the submission's."""
        return self.results / f"{files}.log"

    def feedback(self, files: str) -> Path:
        """What the student reads."""
        return self.root / "feedback" / f"{files}.md"

    def written(self, files: str) -> Path:
        """What was handed in for a person to mark."""
        return self.root / "written" / files

    def kept(self, files: str) -> Path:
        """What checks kept for whoever marks by hand."""
        return self.root / "kept" / files

    def forget(self, files: str) -> None:
        """Take away what an earlier run has left: it must not pass for one of what was handed in now."""
        for left in (
            self.result(files), self.log(files), self.feedback(files), self.written(files), self.kept(files),
        ):  # fmt: skip
            remove_whole(left)

    def read_result(self, files: str) -> Result | None:
        """Return the result of a submission, if there is one that can be read."""
        return _read(self.result(files))

    def graded_assignments(self) -> set[str]:
        """Return the ids of the assignments whose results lie here."""
        read = (_read(file) for file in sorted(self.results.glob("*.json")))
        return {result.assignment for result in read if result is not None}


def named(submissions: Iterable[str], folder: ClassFolder) -> dict[str, str]:
    """Return what the files of submissions are called, by their names.

    Where a name has met one that only case tells apart, what lies under it from before is removed: on a system without
    case nobody can tell whose it was.
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
