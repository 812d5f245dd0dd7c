"""What of a course is needed to grade one assignment, as bytes, and laid out again on another machine."""

from __future__ import annotations

import hashlib
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import msgpack

from grader.core.errors import CourseError, GraderFault
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.intake.bounds import LeftOut, mib
from grader.intake.members import safe_path

MOST_BYTES = 256 * 1024**2


@dataclass(frozen=True)
class CourseCopy:
    """A part of a course as `data`, and the SHA-256 that names it."""

    digest: str
    data: bytes

    @classmethod
    def of(cls, course: Course, rubric: Rubric) -> CourseCopy:
        """Return what grading the assignment needs. Raises CourseError where that is too much to be sent.

        This is the rubric, the folders that its suites lie in, the reference, the bank's part about its questions,
        the packages that the course provides, and the course's secret, which examples are drawn by.
        """
        suites = {path.parent for path, _ in course.suite_files(rubric)}
        bank = {folder for question in rubric.questions for folder in course.bank.glob(f"*/{question.id}")}
        files = {course.root / "rubrics" / f"{rubric.assignment}.yaml"}
        for folder in {*suites, *bank, course.reference, course.provided}:
            files |= {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        files |= {course.secret_file} if course.secret_file.is_file() else set()
        contents = {path.relative_to(course.root).as_posix(): path.read_bytes() for path in sorted(files)}
        if sum(map(len, contents.values())) > MOST_BYTES:
            found = f"suites, reference, bank and provided packages hold more than {mib(MOST_BYTES)}"
            raise CourseError("this course is too large to be sent to a cluster", where=course.root, found=found)
        data = zlib.compress(msgpack.packb(contents), level=1)
        return cls(hashlib.sha256(data).hexdigest(), data)

    def lay_out(self, folder: Path) -> None:
        """Write the files into a folder, which is made; raises GraderFault where they are not those that were sent.

        Only this user can read them, but for the provided packages: workers may have a user id of their own.
        """
        if hashlib.sha256(self.data).hexdigest() != self.digest:
            raise GraderFault("the course did not arrive as it was sent")
        folder.mkdir(mode=0o711)
        folder.chmod(0o711)
        for name, content in msgpack.unpackb(zlib.decompress(self.data)).items():
            try:
                path = safe_path(name)
            except LeftOut as reason:
                raise GraderFault("the course did not arrive as it was sent", where=name, found=str(reason)) from reason
            open_to_all = path.parts[0] in {"provided", "lent"}
            for parent in reversed(path.parents[:-1]):
                (folder / parent).mkdir(exist_ok=True)
                (folder / parent).chmod(0o755 if open_to_all else 0o700)
            with open(folder / path, "xb", opener=lambda file, flags: os.open(file, flags, 0o600)) as file:
                file.write(content)
            (folder / path).chmod(0o644 if open_to_all else 0o600)
