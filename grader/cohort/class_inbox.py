"""The inbox of a class: exports are opened, everything in them is examined, and owners are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cohort.class_folder import ClassFolder
from grader.core.text import printable
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.intake.export import Export
from grader.intake.lists import Times, read_list, read_times
from grader.intake.opening import opened
from grader.intake.owners import Owners
from grader.intake.remembered import Memory
from grader.intake.stage import Joined
from grader.intake.survey import HandIn, ReadRoll, Wanted, survey
from grader.roster.assigned import read_assigned
from grader.roster.attempts import Attempt
from grader.roster.people import Person, Roster
from grader.roster.written import read_roster
from grader.worker.reading.versions import taken_apart


@dataclass(frozen=True)
class Sources:
    """The sources of hand-ins: exports, the oldest first, and tables that somebody wrote about them.

    `list` says whose each file is (`file,student[,time]`), `times` when hand-ins came (`submission,time` or
    `student,time`).
    """

    inboxes: Sequence[Path]
    list: Path | None = None
    times: Path | None = None


@dataclass(frozen=True)
class ClassInbox:
    """Everything that a class handed in, after examination."""

    exports: Sequence[Export]
    hand_ins: Sequence[HandIn]
    roster: Roster
    times: Times
    memory: Memory

    @classmethod
    def of(cls, sources: Sources, course: Course, rubric: Rubric, folder: ClassFolder) -> ClassInbox:
        """Examine the exports. Raises UsageError for what is not an export, roster or table about them."""
        exports = opened(sources.inboxes, folder.exports)
        if sources.list is not None:
            names = {one.name for export in exports for one in export.folder.iterdir()}
            told = read_list(sources.list, names)
            exports = [export.listed(told) for export in exports]
        roster = read_roster(folder.root)
        about = f"{course.rubric_sha256(rubric)} {course.suites_sha256(rubric)}"
        memory = Memory(folder.memory, about)
        owners = Owners(roster, read_assigned(folder.root, roster))
        wanted = Wanted(rubric.submissions.name, rubric.work_files, _roll_reader(course, rubric), owners, memory)
        found = survey(exports, wanted)
        times = read_times(sources.times, [one.name for one in found], roster) if sources.times else Times()
        return cls(exports, found, roster, times, memory)

    def attempts(self) -> list[Attempt]:
        """Return who handed in what and when, for attempts.csv."""
        numbers = _numbers(self.hand_ins, by_names=not len(self.roster))
        return [self._attempt(one, numbers.get(one.name)) for one in self.hand_ins]

    def missing(self) -> list[Person]:
        """Return those on the roster who have handed in nothing."""
        came = {person for one in self.hand_ins for person in one.owner.people}
        return [person for person in self.roster if person.id not in came]

    def unknown(self) -> list[HandIn]:
        """Return the hand-ins of nobody known on the roster; none if there is no roster."""
        return [one for one in self.hand_ins if len(self.roster) and not one.owner.people]

    def _attempt(self, one: HandIn, number: int | None) -> Attempt:
        upload, owner = one.upload, one.owner
        told = self.times.of(one.name, owner.people)
        by_platform = upload.time if upload else None
        source = self.times.source if told else (upload.platform if upload and by_platform else "")
        return Attempt(
            one.name, owner.people, told or by_platform, upload.late if upload else None,
            (upload.attempt if upload and upload.attempt else number), upload.platform if upload else "",
            printable(upload.account) if upload else "", owner.group, source, owner.why,
        )  # fmt: skip


def _roll_reader(course: Course, rubric: Rubric) -> ReadRoll:
    """Return a function that finds whose answer sheet is in a hand-in; without sheets, it avoids slow imports."""
    if not any(question.sheet for question in rubric.questions):
        return lambda folder, staged: ""
    from grader.grading.answer_sheets import roll_reader

    return roll_reader(course, rubric)


def _numbers(hand_ins: Sequence[HandIn], *, by_names: bool) -> dict[str, int]:
    """Return the attempt number of each hand-in if there are several of the same people.

    Names that students chose identify people only if there is no roster.
    """
    counted: dict[tuple[str, ...], list[HandIn]] = {}
    for one in hand_ins:
        if whose := one.owner.people or ((one.student,) if by_names and one.student else ()):
            counted.setdefault(whose, []).append(one)
    return {name: number for several in counted.values() for name, number in _in_order(several)}


def _in_order(several: Sequence[HandIn]) -> Iterator[tuple[str, int]]:
    """Yield the numbers of hand-ins of the same people, by exports and by names: `hw (1).py` follows `hw.py`.

    Yields nothing if the order of all of them is not known.
    """
    places, families = dict[str, tuple[int, int]](), dict[int, set[tuple[str, str]]]()
    for one in several:
        first, version, ending = taken_apart(_called(one))
        places[one.name] = one.export, version
        families.setdefault(one.export, set()).add((first, ending))
    apart = len(set(places.values())) == len(several) and all(len(one) == 1 for one in families.values())
    if apart and len(several) > 1:
        ordered = sorted(several, key=lambda one: places[one.name])
        yield from ((one.name, number) for number, one in enumerate(ordered, start=1))


def _called(one: HandIn) -> str:
    return (one.path.paths[0] if isinstance(one.path, Joined) else one.path).name
