"""Requests to a worker before there is a program to call: one class for each verb, shared by both ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..reading.markdown import notebook_cells
from ..reading.overview import definitions, overview, to_data
from .forbidden import Forbidden
from .program import Plan, draw, load
from .requests import Request
from .statements import Allowance

if TYPE_CHECKING:
    from .serve import Server


@dataclass(frozen=True)
class Preparation(Request[Any]):
    """A request about files; the sender checks the reply. `root` is the submission's folder."""

    root: str
    files: list[str]

    def prepare(self, server: Server) -> object:
        """Do what is requested, in the worker."""
        raise NotImplementedError


@dataclass(frozen=True)
class Draw(Preparation, verb="plan"):
    """Read and compile the files in which `names` will be found: returns what `plan` lacks of them, as bytes."""

    module: str
    names: list[str]
    plan: Plan

    def prepare(self, server: Server) -> object:
        """Return what the plan lacks; none of the files is run."""
        return draw(Path(self.root), self.files, self.module, self.names, self.plan)


@dataclass(frozen=True)
class Load(Preparation, verb="load"):
    """Load what `names` depend on, by a plan.

    `forbidden` are names of packages that may not be used. For the `whole` program it includes the seconds that this
    may take, and the statements that are known to take too long.
    """

    module: str
    names: list[str]
    plan: Plan
    forbidden: list[str]
    whole: list[Any] | None

    def prepare(self, server: Server) -> object:
        """Return whether more could be run, the files of the names, and which statements take too long."""
        server.expect(self.root, self.files)
        Forbidden(self.forbidden).withhold()
        seconds, slow = self.whole or (0.0, [])
        allowance = Allowance(seconds, map(tuple, slow)) if self.whole else None
        program = load(Path(self.root), self.files, self.module, self.names, plan=self.plan, whole=allowance)
        server.begin(program)
        return [program.differs, program.homes, list(allowance.slow) if allowance else []]


@dataclass(frozen=True)
class Cells(Preparation, verb="cells"):
    """Read the cells of notebooks."""

    def prepare(self, server: Server) -> object:
        """Return the cells as data."""
        return notebook_cells(Path(self.root), self.files)


@dataclass(frozen=True)
class LookThrough(Preparation, verb="overview"):
    """Find what the files define of `names`; `in_short` that is all, else also what is wrong and what is missing."""

    names: list[str]
    in_short: bool

    def prepare(self, server: Server) -> object:
        """Return the overview as data."""
        look = definitions if self.in_short else overview
        return to_data(look(Path(self.root), self.files, self.names))
