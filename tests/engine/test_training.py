"""What checks hand over to train with, as it is made on the student's side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from grader.checks import Layer, Network  # noqa: E402  after it is known that torch is there
from grader.worker.running.loading import dataset, doubling, loops  # noqa: E402
from grader.worker.running.models import Watch  # noqa: E402
from grader.worker.running.training import adopt, gradients, leave_gradients, make, scatter, seed_torch, seen  # noqa: E402

LINEAR = Layer("Linear", {"in_features": 2, "out_features": 3}, {"weight": np.ones((3, 2)), "bias": np.zeros(3)})


def described(*layers: Layer) -> object:
    return Network({str(number): layer for number, layer in enumerate(layers)}).as_data()


def test_weights_go_to_layers_by_kind_and_shape_whatever_their_names_and_nesting() -> None:
    inner = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU())
    model = torch.nn.ModuleDict({"second": inner, "first": torch.nn.Linear(2, 3)})
    other = Layer("Linear", {"in_features": 3, "out_features": 2}, {"weight": np.full((2, 3), 5.0), "bias": np.ones(2)})
    assert adopt(model, described(LINEAR, other)) == ""
    assert model["first"].weight.tolist() == np.ones((3, 2)).tolist()
    assert inner[0].bias.tolist() == [1.0, 1.0]


def own_layers(spare: int = 0) -> Any:
    """A convolution and a dense layer of one's own: kernels flattened, weights transposed, biases as columns."""
    model, shapes = torch.nn.Module(), {"kernels": (2, 1 * 3 * 3), "shifts": (2, 1, 1)}
    for name, shape in {**shapes, **{f"spare{number}": (2,) for number in range(spare)}}.items():
        model.register_parameter(name, torch.nn.Parameter(torch.zeros(shape)))
    model.dense = torch.nn.ParameterDict({"matrix": torch.zeros(2, 3), "shift": torch.zeros(3)})
    return model


def test_parameters_of_ones_own_take_the_place_of_layers() -> None:
    kernels, weight = np.arange(18.0).reshape(2, 1, 3, 3), np.arange(6.0).reshape(3, 2)
    arguments = {"in_channels": 1, "out_channels": 2, "kernel_size": 3}
    layers = described(
        Layer("Conv2d", arguments, {"weight": kernels, "bias": np.array([7.0, 8.0])}),
        Layer("Linear", {"in_features": 2, "out_features": 3}, {"weight": weight, "bias": np.ones(3)}),
    )
    model = own_layers()
    assert adopt(model, layers) == ""
    assert model.kernels.tolist() == kernels.reshape(2, 9).tolist()
    assert model.shifts.ravel().tolist() == [7.0, 8.0]
    assert model.dense["matrix"].tolist() == weight.T.tolist()
    assert model.dense["shift"].tolist() == [1.0, 1.0, 1.0]
    assert "too few" in adopt(own_layers(spare=1), layers)


def test_a_bias_that_is_left_out_is_as_good_as_one_of_zeros_and_no_other() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(2, 3, bias=False))
    assert adopt(model, described(LINEAR)) == ""
    biased = Layer("Linear", LINEAR.arguments, {**LINEAR.weights, "bias": np.ones(3)})
    assert "no bias" in adopt(model, described(biased))


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (lambda: torch.nn.Linear(3, 2), "too few"),
        (lambda: torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Linear(2, 3)), "additional"),
        (lambda: torch.ones(2), "not a torch.nn.Module"),
    ],
)
def test_layers_that_do_not_correspond_are_told(model, words) -> None:  # type: ignore[no-untyped-def]
    assert words in adopt(model(), described(LINEAR))


@pytest.mark.parametrize("keep", [list, lambda layers: dict(enumerate(layers))])
def test_layers_in_a_plain_list_or_dict_are_told_to_belong_to_no_model(keep: Callable[[object], object]) -> None:
    model = torch.nn.Module()
    model.add_module("other", torch.nn.ReLU())
    assert "nn.ModuleList" not in adopt(model, described(LINEAR))
    model.layers = keep([torch.nn.Linear(2, 3)])
    assert adopt(model, described(LINEAR)).endswith("use nn.ModuleList or nn.ModuleDict")


def test_a_batch_from_elsewhere_can_only_be_moved() -> None:
    inputs, targets = torch.rand(5, 2), torch.arange(5)
    loader = make("DataLoader", {"batch_size": 2, "elsewhere": True}, inputs, targets)
    x, y = next(iter(loader))
    assert x.shape == (2, 2)
    assert len(y) == y.size(0) == 2
    with pytest.raises(RuntimeError, match="same device"):
        torch.nn.Linear(2, 3)(x)
    with pytest.raises(RuntimeError, match="same device"):
        y == torch.zeros(2)  # noqa: B015  what it raises is looked at
    assert torch.equal(x.to("cpu"), inputs[:2])
    assert type(y.to(torch.device("cpu"))) is torch.Tensor


def test_a_watch_notes_mode_gradients_samples_and_mean_of_each_call() -> None:
    model = torch.nn.Sequential(Watch(), torch.nn.Linear(2, 3))
    model(torch.ones(4, 2))
    with torch.no_grad():
        model.eval()(torch.zeros(1, 2))
    assert seen(model) == [[True, True, 4, 1.0], [False, False, 1, 0.0]]
    assert seen(model) == []


def test_scattered_numbers_are_of_either_sign_and_away_from_zero_and_gradients_come_by_name() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(20, 5), torch.nn.BatchNorm1d(5)).double()
    scatter(model, 3)
    weight = model[0].weight.detach()
    assert 0.3 <= float(weight.abs().min()) <= float(weight.abs().max()) <= 1
    assert bool((weight > 0).any())
    assert bool((weight < 0).any())
    assert bool((model[1].running_var > 0).all())
    found = gradients(model.eval(), torch.ones(2, 20).double(), torch.ones(2, 5).double())
    assert found.keys() == {"0.weight", "0.bias", "1.weight", "1.bias"}
    scatter(model, None)
    assert not any(bool(each.any()) for each in model.parameters())


def test_a_list_of_batches_is_what_the_loader_gives() -> None:
    inputs, targets = torch.rand(5, 2), torch.arange(5)
    listed = make("DataLoader", {"batch_size": 2, "listed": True, "drop_last": True}, inputs, targets)
    assert type(listed) is list
    assert [y.tolist() for _, y in listed] == [[0, 1], [2, 3]]
    assert torch.equal(listed[1][0], inputs[2:4])


def test_a_loader_without_a_length_gives_its_batches_again_and_again() -> None:
    unsized = make("DataLoader", {"batch_size": 2, "unsized": True}, torch.rand(3, 2), torch.arange(3))
    with pytest.raises(TypeError):
        len(unsized)
    assert [[y.tolist() for _, y in unsized] for _ in range(2)] == [[[0, 1], [2]]] * 2


def test_loops_run_one_after_the_other_or_at_once() -> None:
    class OfOnePlace:
        def __iter__(self) -> Any:
            self.at = 0
            while self.at < 3:
                self.at += 1
                yield self.at

    assert loops(OfOnePlace(), 2, 9) == [[1, 2, 3], [1, 2, 3]]
    assert loops(OfOnePlace(), 2, 9, True) != [[1, 2, 3], [1, 2, 3]]
    assert loops([1, 2, 3], 3, 2, True) == [[1, 2]] * 3


def test_an_optimizers_last_parameter_can_have_settings_of_its_own() -> None:
    model = torch.nn.Linear(2, 3)
    first, second = make("SGD", {"lr": 0.5, "last": {"lr": 0.1}}, model).param_groups
    assert (first["lr"], first["params"]) == (0.5, [model.weight])
    assert (second["lr"], second["params"]) == (0.1, [model.bias])


def test_gradients_are_left_and_random_numbers_seeded() -> None:
    model = torch.nn.Linear(2, 3)
    leave_gradients(model, 1)
    assert model.weight.grad.shape == (3, 2)
    assert (model.bias.grad != 0).all()
    seed_torch(3)
    drawn = torch.rand(2)
    seed_torch(3)
    assert torch.equal(torch.rand(2), drawn)


def test_a_dataset_that_is_no_list_shows_how_often_it_was_asked() -> None:
    given = dataset([(torch.zeros(1), 4), (torch.ones(1), 5)])
    assert len(given) == 2
    assert [given[0][0].item(), given[0][0].item(), given[1][0].item()] == [0, 1, 1]
    wrong: list[tuple[Any, type[Exception]]] = [(slice(0, 1), TypeError), (2, IndexError), (-1, IndexError)]
    for key, error in wrong:
        with pytest.raises(error):
            given[key]
    with pytest.raises(TypeError):
        loops(given, 1, 1)


def test_a_lent_transform_doubles_tensors_and_arrays_in_place() -> None:
    for image in (torch.ones(2), np.ones(2)):
        assert doubling()(image) is image
        assert image.tolist() == [2, 2]
