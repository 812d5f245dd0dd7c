"""What replaces a package that a question does not allow: importing it is allowed, using it is not.

One notebook serves NumPy and PyTorch questions, so a top-level ``import torch`` must not cost marks in the NumPy
questions.
"""

from __future__ import annotations

import difflib
import sys
from typing import NoReturn

# What is most often misspelt, besides Python's own modules.
_COMMON = ("numpy", "matplotlib", "torch", "torchvision")


class ForbiddenImport(ModuleNotFoundError):
    """An import of something that is neither allowed here nor part of the submission."""

    def __init__(self, name: str) -> None:
        message = f"the package {name!r} is not allowed in this question and is not a file of the submission"
        super().__init__(message, name=name)

    def __str__(self) -> str:
        return f"{self.msg}{_meant(str(self.name))}"


class ForbiddenUse(BaseException):
    """A placeholder was used. A BaseException, so that an `except Exception` does not hide it."""


class Placeholder:
    """Bound in place of a package that is not allowed; its attributes are placeholders too.

    Mentioning it is allowed: in a hint, in `isinstance`, as a default, or assigning a setting of it. Computing with it
    is not. `rest` says what the question allows of the package.
    """

    _name: str
    _rest: str

    def __init__(self, name: str, rest: str = "") -> None:
        self.__dict__.update(_name=name, _rest=rest)

    def __getattr__(self, attribute: str) -> Placeholder:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return Placeholder(f"{self._name}.{attribute}", self._rest)

    def __setattr__(self, attribute: str, value: object) -> None:
        """Accept ``torch.backends.cudnn.benchmark = True``: there is nothing to set."""

    def __setitem__(self, key: object, value: object) -> None:
        """Accept ``plt.rcParams["figure.figsize"] = (8, 6)``."""

    def __repr__(self) -> str:
        return f"<{self._name}, which is not allowed in this question>"

    # isinstance(x, torch.Tensor) is a question, not a use: NumPy values are not tensors.
    def __instancecheck__(self, instance: object) -> bool:
        return False

    def __subclasscheck__(self, subclass: type) -> bool:
        return False

    def __or__(self, other: object) -> Placeholder:
        return self

    __ror__ = __or__

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise ForbiddenUse(f"{self._name} is not allowed in this question{self._rest}{_meant(self._name)}")

    __call__ = __mro_entries__ = __iter__ = __enter__ = __exit__ = __bool__ = __getitem__ = __contains__ = _refuse
    __len__ = __index__ = __int__ = __float__ = __array__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __matmul__ = __rmatmul__ = __pow__ = __rpow__ = _refuse


def _meant(name: str) -> str:
    """Return what may have been meant by the name of a package that nobody has."""
    package = name.partition(".")[0]
    near = difflib.get_close_matches(package, [*_COMMON, *sys.stdlib_module_names], n=1, cutoff=0.8)
    return f"; did you mean {near[0]}?" if near and near[0] != package else ""
