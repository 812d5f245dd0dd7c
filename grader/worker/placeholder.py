"""What stands in for a package that a question does not allow: importing it is free, using it is not.

One notebook serves NumPy and PyTorch questions, so a top-level ``import torch`` must not cost the
NumPy questions their marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NoReturn


class ForbiddenImport(ModuleNotFoundError):
    """An import of something that is neither allowed here nor part of the submission."""


class ForbiddenUse(BaseException):
    """A placeholder was used. A BaseException, so that an `except Exception` does not hide it."""


class Refuser:
    """Last on `sys.meta_path`: whatever nothing else could find is not to be had here."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if path is not None:  # a missing submodule of an allowed package is an ordinary error
            return None
        raise ForbiddenImport(
            f"the package {name!r} is not allowed in this question and is no file of the submission", name=name
        )


class Placeholder:
    """Bound in place of a package that is not allowed; its attributes are placeholders too."""

    def __init__(self, name: str) -> None:
        self.__dict__["_name"] = name

    def __getattr__(self, attribute: str) -> Placeholder:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return Placeholder(f"{self._name}.{attribute}")

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise ForbiddenUse(f"{self._name} is not allowed in this question")

    # isinstance(x, torch.Tensor) is a question, not a use: NumPy values are no tensors.
    def __instancecheck__(self, instance: object) -> bool:
        return False

    __call__ = __mro_entries__ = __iter__ = __enter__ = __bool__ = __getitem__ = _refuse
    __add__ = __radd__ = __mul__ = __rmul__ = __sub__ = __rsub__ = __truediv__ = __matmul__ = _refuse
