"""What trains a model, created beside a student's code by the names of torch's classes; and models given weights.

Optimizers, schedulers, losses and loaders are objects that a check passes in and a student's function uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn, optim
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader, Sampler, TensorDataset

from .models import LAYERS, Watch, build

OPTIMIZERS = {each.__name__: each for each in (optim.SGD, optim.Adam, optim.RMSprop, optim.Adagrad)}
OTHERS: dict[str, Callable[..., Any]] = {
    "Generator": lambda seed: torch.Generator().manual_seed(seed),
    "StepLR": lr_scheduler.StepLR,
    "ExponentialLR": lr_scheduler.ExponentialLR,
    "CosineAnnealingLR": lr_scheduler.CosineAnnealingLR,
    "CrossEntropyLoss": nn.CrossEntropyLoss,
    "MultiMarginLoss": nn.MultiMarginLoss,
}
# What can be asked of a tensor on another device without computing with it.
ASKED = ("__get__", "size", "dim", "__len__", "shape", "numel")


def make(kind: str, arguments: Mapping[str, Any], *first: Any) -> Any:
    """Return an object of the class called `kind`: an optimizer of a model, a scheduler of an optimizer, a loss.

    With ``last`` an optimizer has a second group, of the model's last parameter, with these arguments of its own. A
    ``Generator`` has the argument `seed`. A ``DataLoader`` is made of a tensor of inputs and one of targets, in their
    order. With ``elsewhere`` its batches are as if on another device than the model: until they are moved nothing can
    be computed of them. With ``turning`` each pass over it begins with the batch that was second in the pass before.
    With ``listed`` it is no DataLoader but a list of the same batches, with ``unsized`` one without a length.
    """
    settings = dict(arguments)
    if kind in OPTIMIZERS:
        return OPTIMIZERS[kind](_groups(first[0], settings.pop("last", None)), **settings)
    if kind != "DataLoader":
        return OTHERS[kind](*first, **settings)
    if settings.pop("listed", False):
        return [tuple(batch) for batch in make(kind, settings, *first)]
    if settings.pop("unsized", False):
        return Unsized(make(kind, settings, *first))
    if settings.pop("elsewhere", False):
        settings["collate_fn"] = _elsewhere
    if settings.pop("turning", False):
        settings["sampler"] = Turning(len(first[0]), settings["batch_size"])
    return DataLoader(TensorDataset(*first), **settings)


def _groups(model: nn.Module, last: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    *most, end = model.parameters()
    return [{"params": [*most, end]}] if last is None else [{"params": most}, {"params": [end], **last}]


class Unsized:
    """What can be iterated over again and again, and has no length."""

    def __init__(self, batches: Iterable[Any]) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[Any]:
        return iter(self._batches)


class Turning(Sampler[int]):
    """The indices of samples: in their order in the first pass, starting a batch later in each following one."""

    def __init__(self, count: int, batch: int) -> None:
        self.count, self.batch, self.passes = count, batch, 0

    def __iter__(self) -> Iterator[int]:
        start = self.passes * self.batch
        self.passes += 1
        return iter([(start + place) % self.count for place in range(self.count)])

    def __len__(self) -> int:
        return self.count


def _elsewhere(samples: list[tuple[torch.Tensor, ...]]) -> list[torch.Tensor]:
    return [torch.stack(each).as_subclass(TensorElsewhere) for each in zip(*samples, strict=True)]


class TensorElsewhere(torch.Tensor):
    """A tensor that behaves as if on another device: computing with it fails until ``to`` has moved it."""

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        name = getattr(func, "__name__", "")
        with torch._C.DisableTorchFunctionSubclass():
            if name == "to":
                return func(args[0].as_subclass(torch.Tensor), *args[1:], **(kwargs or {}))
            if name in ASKED:
                return func(*args, **(kwargs or {}))
        raise RuntimeError(
            f"Expected all tensors to be on the same device as the model, but a batch is on another ({name})"
        )


def adopt(model: Any, description: Any) -> str:
    """Give a model the weights of the one described, layer by layer of each kind and shape in order of registration.

    The model has double precision afterwards. Return "", or why the layers do not correspond. Names do not matter. A
    bias that only one of the two has is treated as zeros. In place of a layer of torch's a module of the model's own
    may hold its parameters, also with kernels flattened or weights transposed.
    """
    if not isinstance(model, nn.Module):
        return f"it is a {type(model).__name__}, not a torch.nn.Module"
    model.double()
    waiting: dict[str, list[nn.Module]] = {}
    for layer in _with_state(model):
        waiting.setdefault(_sort(layer), []).append(layer)
    lacking = []
    for layer in _with_state(build(description)):
        sort = _sort(layer)
        if not waiting.get(sort):
            lacking.append(layer)
        elif wrong := _take_over(waiting[sort].pop(0), layer.state_dict()):
            return f"{wrong} in a layer {sort}"
    if lacking and _spread_over([each for layers in waiting.values() for each in layers], lacking):
        return ""
    if lacking:
        return f"it has too few layers {_sort(lacking[0])}{_UNREGISTERED * _keeps_layers_aside(model)}"
    return "".join(f"it has an additional layer {sort}" for sort, layers in waiting.items() if layers)[:200]


_UNREGISTERED = "; layers in a plain list or dict do not belong to a model: use nn.ModuleList or nn.ModuleDict"


def _keeps_layers_aside(model: nn.Module) -> bool:
    """Tell whether a part of a model keeps layers where torch does not see them."""
    own = [value for part in model.modules() for name, value in vars(part).items() if name != "_modules"]
    kept = [value for value in own if type(value) in {list, tuple, dict}]
    entries = (entry for value in kept for entry in (value.values() if isinstance(value, dict) else value))
    return any(isinstance(entry, nn.Module) for entry in entries)


def _with_state(model: nn.Module) -> Iterator[nn.Module]:
    return (each for each in model.modules() if each._parameters or each._buffers)


def _sort(layer: nn.Module) -> str:
    kind, weight = _kind(layer), getattr(layer, "weight", None)
    return f"{kind} with weights {tuple(weight.shape)}" if isinstance(weight, torch.Tensor) else kind


def _kind(layer: nn.Module) -> str:
    names = [each.__name__ for each in type(layer).__mro__]
    return next((name for name in names if name in LAYERS), names[0])


def _take_over(layer: nn.Module, values: Mapping[str, torch.Tensor]) -> str:
    own = layer.state_dict()
    for name, value in own.items():
        value.copy_(values.get(name, torch.zeros(())))
    missing = [name for name, value in values.items() if name not in own and bool(value.any())]
    return f"there is no {missing[0]}" if missing else ""


def _spread_over(own: Sequence[nn.Module], layers: Sequence[nn.Module]) -> bool:
    """Give modules of a model's own the weights of torch's layers; return whether all of them had a place."""
    if any(_kind(each) in LAYERS for each in own):
        return False
    free = [[*filter(torch.is_tensor, (*each._parameters.values(), *each._buffers.values()))] for each in own]
    for layer in layers:
        first, *others = (value for value in layer.state_dict().values() if value.is_floating_point())
        places = next((places for places in free if any(_form(first, place) is not None for place in places)), [])
        for value in (first, *others):
            forms = [(at, _form(value, place)) for at, place in enumerate(places)]
            at, form = next(((at, form) for at, form in forms if form is not None), (0, None))
            if form is not None:
                places.pop(at).detach().copy_(form)
            elif value.any():
                return False
    return not any(free)


def _form(value: torch.Tensor, place: torch.Tensor) -> torch.Tensor | None:
    """Return a layer's weights or biases in the form that a tensor of one's own has: flattened, transposed, or None."""
    if value.dim() < 2:
        return value.reshape(place.shape) if max(place.shape, default=1) == value.numel() == place.numel() else None
    flat = value.flatten(1)
    return next((form for form in (value, flat, flat.T) if form.shape == place.shape), None)


def seen(model: nn.Module) -> list[list[Any]]:
    """Return what the layers ``Watch`` of a model noted, and forget it."""
    noted: list[list[Any]] = []
    for each in model.modules():
        if isinstance(each, Watch):
            noted += each.noted
            each.noted = []
    return noted


def scatter(model: nn.Module, seed: int | None) -> None:
    """Set all parameters and running statistics of a model to numbers drawn by `seed`; with None, parameters to 0."""
    numbers = np.random.default_rng(seed)
    with torch.no_grad():
        for name, value in model.state_dict(keep_vars=True).items():
            drawn = numbers.uniform(0.3, 1, tuple(value.shape)) * numbers.choice([-1, 1], tuple(value.shape))
            if seed is None and isinstance(value, nn.Parameter):
                value.zero_()
            elif seed is not None and value.is_floating_point():
                value.copy_(torch.from_numpy(np.asarray(abs(drawn) if name.endswith("running_var") else drawn)))


def leave_gradients(model: nn.Module, seed: int) -> None:
    """Leave numbers drawn by `seed` in the ``.grad`` of all parameters of a model, as an earlier backward pass does."""
    numbers = np.random.default_rng(seed)
    for each in model.parameters():
        each.grad = torch.from_numpy(numbers.normal(size=tuple(each.shape))).to(each.dtype)


def seed_torch(seed: int) -> None:
    """Seed PyTorch's global random numbers."""
    torch.manual_seed(seed)


def gradients(model: nn.Module, inputs: torch.Tensor, weights: torch.Tensor) -> dict[str, torch.Tensor | None]:
    """Return the gradient of the weighted sum of a model's outputs for each of its parameters, by name."""
    parameters = dict(model.named_parameters())
    found = torch.autograd.grad((model(inputs) * weights).sum(), list(parameters.values()), allow_unused=True)
    return dict(zip(parameters, found, strict=True))
