"""What there is to see of a model that a check lends, and laws of residual blocks, on models of this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from grader.checks.comparing.alike import alike  # noqa: E402  after it is known that torch is there
from grader.worker.running.models import put_in_use, slope, state  # noqa: E402

nn = torch.nn


def model() -> Any:
    return nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Linear(12, 2)).double()


def take_gradients(used: Any) -> None:
    used.zero_grad()


def freeze(used: Any) -> None:
    used.requires_grad_(False)


def thaw(used: Any) -> None:
    used.requires_grad_(True)


def drop_hooks(used: Any) -> None:
    used._forward_hooks.clear()


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(
    ("sort", "careless"),
    [
        ("modes", lambda used: used.train(used.training)),
        ("gradients", take_gradients),
        ("trainable", thaw),
        ("hooks", drop_hooks),
    ],
)
def test_a_model_in_use_shows_what_a_careless_function_leaves(
    training: bool, sort: str, careless: Callable[[Any], object]
) -> None:
    used = model()
    put_in_use(used, training)
    assert all(len(module._forward_hooks) == 1 for module in used.modules())
    before = state(used)
    careless(used)
    after = state(used)
    assert used.training == training
    assert [each for each in before if not alike(before[each], after[each])] == [sort]


def test_frozen_parameters_show_only_where_some_were_not() -> None:
    used = model()
    put_in_use(used, True)
    before = state(used)["trainable"]
    freeze(used)
    assert state(used)["trainable"] != before


def test_a_hook_for_all_modules_is_counted() -> None:
    used = model()
    before = state(used)["hooks"]
    hook = nn.modules.module.register_module_forward_hook(lambda module, inputs, output: None)
    try:
        assert state(used)["hooks"] != before
    finally:
        hook.remove()
    assert state(used)["hooks"] == before


def test_a_slope_is_the_gradient_by_the_inputs_even_of_a_model_that_works_in_place() -> None:
    inputs = torch.tensor([[1.0, -2.0]], dtype=torch.double)
    weights = torch.tensor([[3.0, 5.0]], dtype=torch.double)
    assert torch.equal(slope(nn.ReLU(inplace=True), inputs, weights), torch.tensor([[3.0, 0.0]]).double())
    assert torch.equal(inputs, torch.tensor([[1.0, -2.0]]).double())


def test_there_is_no_slope_where_the_input_is_detached() -> None:
    class Detached(nn.Module):  # type: ignore[misc, name-defined]
        def forward(self, x: Any) -> Any:
            return x.detach() * 2

    assert slope(Detached(), torch.ones(1, 2), torch.ones(1, 2)) is None
