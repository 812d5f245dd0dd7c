"""How a check uses a student's code, wherever that code runs.

A check uses the fixture `submission` and calls the student's functions as attributes: `submission.bowl(point)`. The
result is an inert value, or a `StudentObject` for anything that must stay with the student's code (an optimizer, a
model). Arguments may be inert values, student objects, and callables of the check's own, which are called back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from grader.checks.asking.channel import Channel, Elsewhere
from grader.checks.asking.exchange import Exchange, RemotePath
from grader.checks.asking.failing import CheckFailed
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.objects import Callee, StudentObject, engine_work
from grader.checks.asking.told import Told
from grader.sheets import Marked, Sheet
from grader.sheets.allotment import EXAMPLE
from grader.worker.running.requests import ListFolder, MakePath, Read, ReadFile
from grader.worker.running.written_files import FILE_LIMIT, NAMES_LIMIT

KEPT_LIMIT = 16 * 1024 * 1024
EXAMPLE_SHEET = (
    "this is the sheet of the example, as its roll number says, and nobody is marked by it: ask for the sheet that was "
    "made for your roll number, and fill that in"
)
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,50}(\.[A-Za-z0-9]{1,8})?")


class Submission:
    """The student's work as a check sees it: their functions as attributes, and the members defined here.

    The members defined here hide student functions with these names, so a rubric may not use them. What the engine does
    with the fixture is in an object of its own, `exchange_of` a submission.
    """

    def __init__(self, channel: Channel | None = None, handed_in: SubmittedFiles | None = None) -> None:
        self._exchange = Exchange(channel, handed_in)
        self._paths: dict[str, str] = {}

    def __getattr__(self, name: str) -> Callee:
        if name.startswith("_"):
            raise AttributeError(name)
        self._exchange.asked_for.add(name)
        return Callee(self._exchange, (name,), name)

    def engine_work(self, name: str) -> Callee:
        """Return the engine's own function `name` from `worker.running.props` or `lending`, on the student's side."""
        return engine_work(self._exchange, name)

    def __repr__(self) -> str:
        return "<submission>"

    def handed_in(self, name: str) -> str:
        """Return the text of a file of the submission, wherever in it the file is.

        If there is none the check ends as not implemented. Bytes that are not text are replaced.
        """
        __tracebackhide__ = True
        return self._exchange.files.text(name)

    def files_holding(self, texts: Collection[str]) -> tuple[str, ...]:
        """Return the names of those files of the submission, except sources, that contain one of `texts`."""
        return self._exchange.files.holding(texts)

    @contextmanager
    def elsewhere(
        self, *names: str, without: Collection[str] = (), plain: bool = False, samples: str = ""
    ) -> Iterator[Submission]:
        """Yield the same work in a new process, in which only `names` may be requested.

        See `grader.checks.asking.channel.Elsewhere`. Calls there are not part of the lines that reproduce a failure.
        Objects of the submission that the check holds may no longer exist afterwards.
        """
        with self._exchange.elsewhere(Elsewhere(names, tuple(without), plain, samples)) as channel:
            yield Submission(channel, self._exchange.handed_in)

    @property
    def roll(self) -> str | None:
        """The student's roll number, from the name of what was handed in or from an answer sheet in it, else None."""
        return files.roll if (files := self._exchange.handed_in) else None

    @property
    def lot(self) -> bytes:
        """The key for drawing what to examine if that is not everything: a digest of the roll number, or b""."""
        return files.lot if (files := self._exchange.handed_in) else b""

    @property
    def sheet(self) -> Sheet:
        """The answer sheet of the question; for `grader` a `Marked` one. If none was handed in: not implemented."""
        __tracebackhide__ = True
        sheet = self._exchange.files.sheet
        if sheet.reading.roll == EXAMPLE and not isinstance(sheet, Marked):  # staff are told by the mark
            self.told.to_student(EXAMPLE_SHEET)
        return sheet

    @property
    def told(self) -> Told:
        """What the check reports besides its outcome, e.g. ``submission.told.to_staff("a remark")``."""
        return self._exchange.told

    def read(self, student_object: StudentObject, attribute: str) -> Any:
        """Return an attribute of a student's object, e.g. ``submission.read(optimizer, "t")``."""
        __tracebackhide__ = True
        value = self._exchange.ask(Read(student_object._handle.number, attribute))
        return self._exchange.take(value, f"{student_object._name}.{attribute}")

    def path(self, name: str) -> str:
        """Return the path to which the student's function should write a file; `file` reads it by the same name.

        The path is in a private folder with nothing else in it. Each call returns a different one, even for the same
        name.
        """
        __tracebackhide__ = True
        path = RemotePath(self._exchange.ask(MakePath(_demand_plain(name))))
        path.name = name
        self._paths[name] = path
        return path

    def file(self, name: str) -> bytes:
        """Return what the student's function wrote to ``path(name)``; CheckFailed if it wrote no file, or a huge one.

        The bytes are untrusted: no check decodes them in its own process (`grader.checks.figures.gifs` does not).
        """
        __tracebackhide__ = True
        content = self._exchange.ask(ReadFile(str(self._paths[name])))
        if content is None:
            raise CheckFailed("no file was written to the given path")
        if len(content) > FILE_LIMIT:
            raise CheckFailed(f"the file is larger than {FILE_LIMIT >> 20} MiB")
        return content

    def beside(self, name: str = "") -> dict[str, int]:
        """Return what is beside ``path(name)``, or without a name in the working folder, and when it was changed.

        Names that begin with a dot are included. Raises CheckFailed if there are too many.
        """
        __tracebackhide__ = True
        found = self._exchange.ask(ListFolder(os.path.dirname(self._paths[name]) if name else "."))
        if len(found) > NAMES_LIMIT:
            raise CheckFailed(f"more than {NAMES_LIMIT} files are {'beside the file' if name else 'in its folder'}")
        return {other: time for other, time in found.items() if other != name}

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file for the person who marks by hand; `grader run` and `grader batch` write it below ``kept/``."""
        kept = self._exchange.kept
        if sum(map(len, [*kept.values(), data])) > KEPT_LIMIT or len(data) > FILE_LIMIT:
            raise ValueError(f"a check can keep files of {KEPT_LIMIT >> 20} MiB in all, none above {FILE_LIMIT >> 20}")
        kept[_demand_plain(name)] = data


def exchange_of(submission: Submission) -> Exchange:
    """Return the engine's side of a submission: it begins checks, takes what they kept, and shows their calls."""
    return submission._exchange


def _demand_plain(name: str) -> str:
    """Return the name of a file; ValueError for one that could lead elsewhere or confuse a program."""
    if not PLAIN_NAME.fullmatch(name):
        raise ValueError(f"{name!r:.80} is not a plain file name, such as paths.gif")
    return name
