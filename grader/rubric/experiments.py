"""What students need for the experiments of an assignment besides what its checks need."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _distribution(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?", name):
        raise ValueError("is not the name of a package as pip knows it")
    return name


def _file(path: str) -> str:
    if not re.fullmatch(r"[^/\\:\x00]+(/[^/\\:\x00]+)*", path) or ".." in path.split("/"):
        raise ValueError("is not a path to a file below the course folder")
    return path


Distribution = Annotated[str, AfterValidator(_distribution)]
FilePath = Annotated[str, AfterValidator(_file)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Call = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """Data or a trained network: what it is, where its files belong, and the lines that load it."""

    name: Words = Field(description="text for students: what it is, such as CIFAR-10")
    place: Words = Field(description="text for students: where it comes from and where its files belong")
    load: Call = Field(description="lines of Python that load it, run in the kit's folder")


class Experiments(_Part):
    """Packages, files, data and networks for what students try out; no check needs them."""

    packages: tuple[Distribution, ...] = Field(
        default=(), description="a list of packages as pip knows them, such as [torchvision, scikit-image]"
    )
    files: tuple[FilePath, ...] = Field(
        default=(),
        description="a list of files of the course that kits hold in lent/, such as [examples/photographs.py]",
    )
    sources: tuple[Source, ...] = Field(
        default=(), description="a list of data and networks, each with the fields name, place and load"
    )
