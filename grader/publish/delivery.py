"""Publishes a class: makes the pages and writes the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from grader.cohort.class_folder import ClassFolder
from grader.core.files import remove_whole, write_whole
from grader.publish.class_of import pictures_of
from grader.publish.class_page import class_page
from grader.publish.left_out import left_out_csv
from grader.publish.outgoing import Outgoing, Student
from grader.publish.page import feedback_file, page


class ForPlatform(Protocol):
    """A class as one platform gets it."""

    platform: str
    students: Sequence[Student]
    outgoing: Outgoing

    @property
    def told(self) -> list[Student]:
        """Who gets a page."""

    def files(self, page: str, pages: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the files by their paths, the table first; `pages` has each person's, with the file name `page`."""


_LEFT_OUT = "left_out.csv"


@dataclass(frozen=True)
class Delivery:
    """The folder with the results of a class, and of which assignment they are."""

    folder: Path
    assignment: str
    title: str

    def write(self, platform: ForPlatform) -> list[Path]:
        """Write the files into ``publish/PLATFORM/``, and a page for staff beside that folder.

        Files for other groups, from other worksheets, stay there.

        Returns the paths of the page and of what lies directly in the folder. Raises UsageError where one cannot be
        written.
        """
        out = ClassFolder(self.folder).published / platform.platform
        pictures = pictures_of(self.folder)
        pages = {
            student.person.id: page(student, self.title, pictures.get((student.mark.submission, student.mark.work)))
            for student in platform.told
        }
        files = platform.files(feedback_file(self.assignment), pages)
        files[_name_of_list(out, files)] = left_out_csv(platform.outgoing.left).encode()
        remove_whole(out / "feedback")
        for name, content in files.items():
            write_whole(out / name, content)
        whole = out.parent / "class.html"
        write_whole(whole, class_page(self.title, platform.students, platform.outgoing))
        return [*sorted({out / name.partition("/")[0] for name in files}), whole]


def _name_of_list(out: Path, files: Mapping[str, bytes]) -> str:
    """Return the name of the list of those left out: if several tables are published, each has its own list.

    A list that was written while there was one table is renamed after it.
    """
    own = PurePath(next(iter(files)))
    tables = [path for path in sorted(out.glob("*")) if path.suffix == own.suffix and path.is_file()]
    others = [path for path in tables if path.name != own.name and not path.name.endswith(_LEFT_OUT)]
    if not others:
        return _LEFT_OUT
    if len(others) == 1 and (out / _LEFT_OUT).exists():
        (out / _LEFT_OUT).replace(out / f"{others[0].stem}-{_LEFT_OUT}")
    return f"{own.stem}-{_LEFT_OUT}"
