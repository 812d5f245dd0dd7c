"""The answer sheet in a rubric: the network to calculate by hand, and how to answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Activation = Literal["sigmoid", "tanh", "relu", "linear"]
Loss = Literal["squared_error", "half_squared_error"]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.txt$")]
Module = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,99}$")]


class _SheetPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SheetLayer(_SheetPart):
    """One layer of the network. At most nine units, because a person computes each of them."""

    units: int = Field(ge=1, le=9, description="how many units: a whole number from 1 to 9")
    activation: Activation = Field(description="one of sigmoid, tanh, relu, linear")
    biases: bool = Field(default=True, description="true if its units have biases, or false")


class SheetSpec(_SheetPart):
    """An answer sheet: a network of layers, one example, one step of gradient descent."""

    file: FileName = Field(description="the name of the file that students fill in and hand in, such as backprop.txt")
    solution: Module = Field(description="the module of reference/sheets/ that solves it")
    inputs: int = Field(ge=1, le=9, description="how many inputs: a whole number from 1 to 9")
    layers: tuple[SheetLayer, ...] = Field(
        min_length=1, max_length=5, description="a list of one to five layers, from the inputs to the output"
    )
    loss: Loss = Field(description="squared_error, the sum of the squares of the errors, or half_squared_error")
    learning_rate: float = Field(
        gt=0, le=10, allow_inf_nan=False, description="the step of gradient descent: more than 0, at most 10"
    )
    digits: int = Field(default=4, ge=3, le=8, description="significant digits of each answer: from 3 to 8")
    decimals: int = Field(default=1, ge=1, le=3, description="decimals of the values that are allotted: from 1 to 3")
    largest: float = Field(
        default=0.9, ge=0.5, le=10, allow_inf_nan=False, description="the largest weight or input allotted: 0.5 to 10"
    )
