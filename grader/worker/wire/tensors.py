"""Torch tensors as data. Torch is never imported here: a process with a tensor has already imported it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Names of torch's dtypes, and the dtype of the array in which their numbers travel: NumPy has no bfloat16, but each of
# its numbers is a float32.
DTYPES = {
    **{name: name for name in ("bool", "uint8", "int8", "int16", "int32", "int64")},
    **{name: name for name in ("float16", "float32", "float64", "complex64", "complex128")},
    "bfloat16": "float32",
}


@dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor as inert data; if torch is loaded, it crosses as the tensor itself.

    A check may pass one in where a tensor is needed, and need not import torch for it. `dtype` is torch's name for it,
    a key of `DTYPES`. Storage, graph, hooks and gradient do not travel; `requires_grad` does.
    """

    array: NDArray[Any]
    dtype: str
    requires_grad: bool = False

    def __post_init__(self) -> None:
        if self.array.dtype.name != DTYPES.get(self.dtype):
            raise ValueError(f"a tensor of {self.dtype} cannot be made of an array of {self.array.dtype}")
        if self.requires_grad and self.array.dtype.kind not in "fc":
            raise ValueError(f"a tensor of {self.dtype} has no gradient")

    def restored(self) -> Any:
        """Return a new torch tensor if this process has imported torch, else itself."""
        torch = _torch()
        if torch is None:
            return self
        tensor = torch.from_numpy(self.array.copy()).to(getattr(torch, self.dtype))
        return tensor.requires_grad_(self.requires_grad)


def tensor(values: object, *, requires_grad: bool = False) -> Tensor:
    """Return an array, or what can become one, as a tensor of its dtype; raise ValueError for one without tensors."""
    array = np.asarray(values)
    return Tensor(array, array.dtype.name, requires_grad)


def is_tensor(value: object) -> bool:
    """Return whether `value` is torch's own tensor, parameter or buffer, with real data that can cross.

    A subclass does not count, nor does one that is sparse, quantised, or without data.
    """
    torch: Any = _torch()
    if torch is None or type(value) not in {torch.Tensor, torch.nn.Parameter, torch.nn.Buffer}:
        return False
    held: Any = value
    dense = held.layout is torch.strided and not held.is_meta and not held.is_nested
    return dense and str(held.dtype).removeprefix("torch.") in DTYPES


def is_shape(value: object) -> bool:
    """Return whether `value` is torch's tuple of sizes."""
    torch: Any = _torch()
    return torch is not None and type(value) is torch.Size


def as_array(value: object) -> NDArray[Any] | None:
    """Return the numbers of a torch tensor, or of what represents one; None for anything else."""
    if type(value) is np.ndarray:
        return None
    if isinstance(value, Tensor):
        return value.array
    return inert(value).array if is_tensor(value) else None


def inert(value: Any) -> Tensor:
    """Return what crosses in place of a tensor, in memory of its own. An expanded view is written out."""
    name = str(value.dtype).removeprefix("torch.")
    plain = value.detach().cpu().resolve_conj().resolve_neg()
    array = (plain.float() if name == "bfloat16" else plain).numpy()
    return Tensor(np.array(array, order="C"), name, bool(value.requires_grad))


def kind_of(value: Any) -> str:
    """Return the name of an object's type, with what keeps it from crossing if it is an array or a tensor."""
    name = type(value).__qualname__
    torch: Any = _torch()
    if isinstance(value, np.ndarray | np.generic):
        return f"{name} of {value.dtype.name}, shape {value.shape}"
    if torch is not None and type(value) in {torch.Tensor, torch.nn.Parameter}:
        return f"{name} of {value.dtype}, {value.layout} on {value.device.type}"
    return name


def _torch() -> ModuleType | None:
    module = sys.modules.get("torch")
    return module if hasattr(module, "nn") else None  # half imported, it has no tensors yet
