"""The jail of one grading process: warm processes by package set, and questions opened in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal

from grader.channel import Elsewhere
from grader.errors import GraderFault
from grader.jail.folder import JobFolder
from grader.jail.jailed import JailedQuestion, Plan, Program
from grader.jail.limits import Budget, Limits
from grader.jail.notebooks import NotebookCell, notebook_cells, overview_of
from grader.jail.packages import PackageSet, package_set
from grader.jail.sample import FILE, NAMES, SOURCE, problem_of
from grader.jail.spawned import spawn
from grader.jail.warm import WarmProcess, WorkerProcess
from grader.worker.overview import Overview

Isolation = Literal["room", "lock", "process"]
ISOLATIONS: tuple[Isolation, ...] = ("room", "lock", "process")


class Jail:
    """Opens questions of whatever lies in `staging`, isolated as asked.

    ``room``: bubblewrap around the inner lock; ``lock``: the inner lock alone; ``process``: only a
    process of its own, which confines nothing. `lent` is the folder of packages that the course lends.
    """

    def __init__(self, isolation: Isolation, lent: Path = Path()) -> None:
        self.isolation = isolation
        self._lent = lent
        self._folder = JobFolder()
        self._warm: dict[tuple[tuple[Path, ...], bool], WarmProcess] = {}
        self._sample_plan = Plan()
        (self._folder.sample / FILE).write_text(SOURCE, encoding="utf-8")

    @property
    def staging(self) -> Path:
        """The folder into which a submission is staged before its questions are opened."""
        return self._folder.staging

    def open(
        self, files: tuple[str, ...], module: str, names: tuple[str, ...], packages: tuple[str, ...],
        limits: Limits, budget: Budget, plan: Plan | None = None, *, lent: tuple[str, ...] = (),
        forbidden: tuple[str, ...] = (), whole: bool = False,
    ) -> JailedQuestion:  # fmt: skip
        """Return the channel to one question of the submission that lies in `staging`.

        `plan` is what questions of one submission share of their reading; `lent` are the packages that it
        gets from the course, `forbidden` names of packages that it may not use. A `whole` program runs all of its
        statements.
        """
        allowed = package_set(packages, tuple(self._lent / name for name in lent))
        program = Program(str(self.staging), files, module, names, forbidden, whole)
        return JailedQuestion(
            lambda how: self._worker(allowed, limits, how), program, limits, budget, plan,
            lambda: self._sample_problem(allowed, limits),
        )  # fmt: skip

    def problem(self, packages: tuple[str, ...], limits: Limits, lent: tuple[str, ...] = ()) -> str:
        """Return why a worker with these packages does not work here, or is not held; '' if it does and is.

        Raises MissingPackage where they are not installed, or cannot be imported.
        """
        allowed = package_set(packages, tuple(self._lent / name for name in lent))
        return self._sample_problem(allowed, limits, at_first=True)

    def cells(self, files: tuple[str, ...], packages: tuple[str, ...]) -> tuple[NotebookCell, ...]:
        """Return the cells of those of `files` that are notebooks, read in a worker that runs none of them.

        `packages` are those of a question, whose warm process then serves. Raises StudentStopped where they cannot
        be read within bounds.
        """
        notebooks = [file for file in files if file.endswith(".ipynb")]
        if not notebooks:
            return ()
        limits = Limits()
        return notebook_cells(self._worker(package_set(packages), limits), str(self.staging), notebooks, limits)

    def overview(
        self, files: tuple[str, ...], names: Iterable[str], packages: tuple[str, ...], *, in_short: bool = False
    ) -> Overview:
        """Return what `files` define of `names`, read in a worker that runs none of them.

        `in_short` that is all; else also what is wrong with files, and where names stand that none defines.
        `packages` are as for `cells`. Raises StudentStopped where they cannot be read within bounds.
        """
        limits = Limits()
        worker = self._worker(package_set(packages), limits)
        return overview_of(worker, str(self.staging), list(files), sorted(names), limits, in_short=in_short)

    @property
    def writes(self) -> bool:
        """Whether workers may write files: they may not where nothing bounds what they write."""
        return all(warm.writes for warm in self._warm.values())

    def close(self) -> None:
        """End all processes and remove the job's folder."""
        for warm in self._warm.values():
            warm.close()
        self._warm.clear()
        self._folder.close()

    def _sample_problem(self, packages: PackageSet, limits: Limits, *, at_first: bool = False) -> str:
        if self.isolation == "process":
            return ""  # which confines nothing, and takes a new interpreter each time
        program = Program(str(self._folder.sample), (FILE,), FILE.removesuffix(".py"), NAMES)
        fork = partial(self._worker, packages, limits)
        return problem_of(JailedQuestion(fork, program, limits, Budget(), self._sample_plan), limits, at_first=at_first)

    def _worker(self, packages: PackageSet, limits: Limits, how: Elsewhere | None = None) -> WorkerProcess:
        plain, variables = (how.plain, how.variables()) if how else (False, {})
        if self.isolation == "process":
            return spawn(self._folder, packages, limits, plain=plain, variables=variables)
        try:
            return self._warm_process(packages, limits, plain).fork(limits, variables)
        except GraderFault:  # it has died, which must not cost whoever comes next: one try with another
            if (dead := self._warm.pop((packages.entries, plain), None)) is not None:
                dead.close()
            return self._warm_process(packages, limits, plain).fork(limits, variables)

    def _warm_process(self, packages: PackageSet, limits: Limits, plain: bool) -> WarmProcess:
        key = packages.entries, plain
        if key not in self._warm:
            self._warm[key] = WarmProcess(
                self._folder, packages, in_room=self.isolation == "room", limits=limits, plain=plain
            )
        return self._warm[key]

    def __enter__(self) -> Jail:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
