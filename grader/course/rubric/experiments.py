"""What students need for the experiments of an assignment, in addition to what its checks need."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _distribution(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?", name):
        raise ValueError("is not the name of a package on the package index")
    return name


def _file(path: str) -> str:
    if not re.fullmatch(r"[^/\\:\x00]+(/[^/\\:\x00]+)*", path) or ".." in path.split("/"):
        raise ValueError("is not a path to a file below the course folder")
    return path


Distribution = Annotated[str, AfterValidator(_distribution)]
FilePath = Annotated[str, AfterValidator(_file)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Call = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]


class _ExperimentPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(_ExperimentPart):
    """Data or a trained network: what it is, where its files belong, and the lines that load it."""

    name: Words = Field(description="text for students: what it is, such as CIFAR-10")
    place: Words = Field(description="text for students: where it comes from and where its files belong")
    load: Call = Field(description="lines of Python that load it, run in the kit's folder")


class Experiments(_ExperimentPart):
    """Packages, files, data and networks for students' experiments; no check needs them."""

    packages: tuple[Distribution, ...] = Field(
        default=(), description="a list of names of packages for pip, such as [torchvision, scikit-image]"
    )
    files: tuple[FilePath, ...] = Field(
        default=(),
        description="a list of files of the course that kits contain in provided/, such as [examples/photographs.py]",
    )
    recording: Call | None = Field(
        default=None,
        description="lines of Python, run in the kit's folder, that write the record of training which is handed in",
    )
    sources: tuple[Source, ...] = Field(
        default=(), description="a list of data and networks, each with the fields name, place and load"
    )
