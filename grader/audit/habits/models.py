"""Saboteurs that leave a PyTorch model in a different state than the right function does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.audit.habits.habit import Fired, Function, Saboteur
from grader.audit.values import copied, is_model, same, torch


def _after_a_model(seen: Callable[[Any], Any], change: Callable[[Any], None]) -> Saboteur:
    """Return a saboteur that changes what is `seen` of a model, if the right function leaves that as it was."""

    def saboteur(solved: Function, fired: Fired) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            models = [value for value in (*args, *kwargs.values()) if is_model(value)]
            before = [copied(seen(model)) for model in models]
            result = solved(*args, **kwargs)
            for model, was in zip(models, before, strict=True):
                if same(seen(model), was):
                    change(model)
                    if not same(seen(model), was):
                        fired()
            return result

        return answer

    return saboteur


def _modes(model: Any) -> list[bool]:
    return [part.training for part in model.modules()]


def _gradients(model: Any) -> list[Any]:
    return [each.grad for each in model.parameters()]


def _trainable(model: Any) -> list[bool]:
    return [each.requires_grad for each in model.parameters()]


def _hooks(model: Any) -> int:
    return len(model._forward_hooks)


def _twice(model: Any, inputs: tuple[Any, ...], output: Any) -> Any:
    return 2 * output


def _without_gradients(model: Any) -> None:
    for parameter in model.parameters():
        parameter.grad = None


def _more_gradients(model: Any) -> None:
    for parameter in model.parameters():
        parameter.grad = torch().ones_like(parameter) + (0 if parameter.grad is None else parameter.grad)


MODELS: dict[str, Saboteur] = {
    "puts all parts of a model into the mode of the whole": _after_a_model(_modes, lambda m: m.train(m.training)),
    "leaves a model in training mode": _after_a_model(_modes, lambda m: m.train()),
    "leaves a model in evaluation mode": _after_a_model(_modes, lambda m: m.eval()),
    "deletes the gradients of a model": _after_a_model(_gradients, _without_gradients),
    "adds to the gradients of a model": _after_a_model(_gradients, _more_gradients),
    "freezes the parameters of a model": _after_a_model(_trainable, lambda m: m.requires_grad_(False)),
    "leaves a hook on a model": _after_a_model(_hooks, lambda m: m.register_forward_hook(_twice)),
}
