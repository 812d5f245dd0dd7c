"""Torch tensors between a check and a student's code, and models that a check describes."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import pytest

from grader.checks import (
    CheckFailed,
    Network,
    Submission,
    assert_close,
    assert_repeated,
    assert_untouched,
    reproduce_torch,
    small_network,
    tensor,
)
from grader.checks.asking.submission import exchange_of
from grader.checks.comparing.alike import alike
from grader.checks.networks.small_networks import STYLES
from grader.checks.numeric.gradients import numeric_gradient
from grader.course.question_spec import QuestionSpec
from grader.pytest_side import snippet
from grader.pytest_side.inprocess import InProcess
from grader.worker.running import models
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.program import Program
from grader.worker.wire import codec as wire
from grader.worker.wire.codec import Handle, WireError
from grader.worker.wire.tensors import DTYPES, Tensor

torch = pytest.importorskip("torch")

CROSS: dict[str, Callable[[], Any]] = {
    **{name: lambda name=name: torch.tensor([0, 1, 1]).to(getattr(torch, name)) for name in DTYPES},  # type: ignore[misc]
    "no dimension": lambda: torch.tensor(2.5, dtype=torch.float64),
    "nothing": lambda: torch.zeros(2, 0, 3),
    "turned": lambda: torch.arange(12.0).reshape(3, 4).t()[::2],
    "conjugate": lambda: torch.tensor([1 + 2j, 3j]).conj(),
    "negative view": lambda: torch.tensor([1 + 2j, 3j]).conj().imag,
    "expanded": lambda: torch.tensor([3.0]).expand(4, 5),
    "nan and infinity": lambda: torch.tensor([float("nan"), float("-inf"), -0.0]),
    "trainable": lambda: torch.ones(2, requires_grad=True),
    "parameter": lambda: torch.nn.Parameter(torch.ones(2)),
    "frozen parameter": lambda: torch.nn.Parameter(torch.ones(2), requires_grad=False),
    "buffer": lambda: torch.nn.Buffer(torch.ones(2)),
    "of a graph": lambda: torch.ones(2, requires_grad=True) * 3,
    "in inference mode": torch.inference_mode()(lambda: torch.ones(3) * 2),
}


class Own(torch.Tensor):  # type: ignore[misc, name-defined]
    """A tensor with a mind of its own."""

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return 42


@pytest.mark.parametrize("name", CROSS)
def test_a_tensor_arrives_as_a_fresh_tensor_of_the_same_numbers(name: str) -> None:
    sent = CROSS[name]()
    got: Any = wire.normalise([sent])[0]  # type: ignore[index]
    assert type(got) is torch.Tensor
    assert (got.dtype, got.shape, got.requires_grad) == (sent.dtype, sent.shape, sent.requires_grad)
    assert got.grad_fn is None
    assert torch.equal(torch.nan_to_num(got), torch.nan_to_num(sent))
    assert torch.equal(got.isnan(), sent.isnan())
    with torch.no_grad():
        got.zero_()
    assert sent.numel() == 0 or not torch.equal(torch.nan_to_num(sent), torch.zeros_like(sent)) or name == "bool"


@pytest.mark.filterwarnings("ignore::UserWarning")  # torch's, of layouts that it calls unfinished
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: torch.ones(2).as_subclass(Own), "Own"),
        (lambda: torch.eye(2).to_sparse(), "sparse_coo"),
        (lambda: torch.eye(2).to_sparse_csr(), "sparse_csr"),
        (lambda: torch.ones(2, device="meta"), "meta"),
        (lambda: torch.ones(2).to(torch.float8_e5m2), "float8_e5m2"),
        (lambda: torch.quantize_per_tensor(torch.ones(2), 1.0, 0, torch.quint8), "quint8"),
        (lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]), "Tensor"),
    ],
)
def test_other_tensors_stay_where_they_are_under_a_name_that_says_why(make: Callable[[], Any], words: str) -> None:
    value = make()
    with pytest.raises(WireError):
        wire.normalise(value)
    handle = Dispatcher(Program(), lambda *call: None).refer(value)
    assert isinstance(handle, Handle)
    assert words in handle.type_name


def test_a_view_that_repeats_few_numbers_without_end_is_refused_before_it_is_written_out() -> None:
    with pytest.raises(WireError, match="more than 64 MiB"):
        wire.encode(torch.ones(1).expand(10**15))


def test_shapes_arrive_as_tuples_and_state_dicts_as_dicts() -> None:
    got = wire.normalise([torch.ones(2, 3).shape, torch.nn.Linear(1, 1).state_dict()])
    assert isinstance(got, list)
    assert type(got[0]) is tuple
    assert got[0] == (2, 3)
    assert type(got[1]) is dict
    assert list(got[1]) == ["weight", "bias"]


def frame(*tokens: object, buffers: bytes = b"") -> tuple[bytes, bytes]:
    return b"".join(msgpack.packb(token) for token in tokens), buffers


@pytest.mark.parametrize(
    ("tokens", "buffers"),
    [
        (("T", "float64", False, "a", "<f4", 1, 1), bytes(4)),
        (("T", "float32", 1, "a", "<f4", 1, 1), bytes(4)),
        (("T", "float32", False, "l", 0), b""),
        (("T", "int64", True, "a", "<i8", 1, 1), bytes(8)),
        (("T", "nn", False, "a", "<f4", 1, 1), bytes(4)),
        (("T", "quint8", False, "a", "<u1", 1, 1), bytes(1)),
        (("T", "float32", False, "a", "<f4", 2, 0, 2**62), b""),
        (("T", "float32", False, "a", "<f4", 3, 2**40, 2**40, 0), b""),
        (("T", "float32", False, "a", "<f4", 1, 2**40), bytes(4)),
        (("T", "float32", False, "a", "<f4", 65, *[1] * 65), bytes(4)),
        (("T", "float32", False, "T", "float32", False, "a", "<f4", 1, 1), bytes(4)),
    ],
)
def test_a_forged_tensor_is_refused_or_harmless(tokens: tuple[object, ...], buffers: bytes) -> None:
    try:
        got: Any = wire.decode(*frame(*tokens, buffers=buffers))
    except WireError:
        return
    assert type(got) is torch.Tensor
    assert got.numel() == 0


def test_nothing_of_the_engine_imports_torch_and_a_tensor_is_data_until_a_suite_does() -> None:
    program = """
import sys
import numpy as np
import grader.audit, grader.cohort.batch, grader.checks, grader.pytest_side.entry, grader.grading.session
from grader.checks import assert_close, small_network, tensor
from grader.checks.comparing.alike import alike
from grader.worker.wire import codec as wire
one = wire.normalise(tensor(np.arange(3.0), requires_grad=True))
assert type(one) is wire.Tensor and one.requires_grad and alike(one, tensor(np.arange(3.0)))
assert_close(one, tensor([0.0, 1.0, 2.0]), what="it")
small_network("residual").as_data()
assert "torch" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (torch.ones(2), np.ones(2), "is a torch tensor, expected an array"),
        (tensor(np.ones(2)), [1.0, 1.0], "is a torch tensor, expected an array"),
        (np.ones(2), torch.ones(2), "is an array, expected a torch tensor"),
        ([1.0, 1.0], torch.ones(2), "is not a tensor, expected a torch tensor"),
        (None, torch.ones(2), "nothing was returned"),
        (torch.ones(2, 1), torch.ones(2), "the wrong shape"),
        (torch.tensor([1.0, 2.0]), torch.ones(2), "wrong values"),
        (torch.tensor([1.0, float("nan")]), torch.ones(2), "nan or infinity"),
        (torch.tensor([True, True]), torch.ones(2), "does not consist of numbers"),
        (3.0, torch.ones(2), "the wrong shape"),
    ],
)
def test_a_tensor_for_an_array_and_the_other_way_round_are_named(got: object, expected: Any, words: str) -> None:
    with pytest.raises(CheckFailed, match=words):
        assert_close(got, expected, what="the map")


def test_numbers_in_a_list_may_be_tensors_of_which_a_gradient_is_asked() -> None:
    losses = [torch.tensor(2.0, requires_grad=True) * 3, torch.tensor(0.5), 1.0]
    assert_close(losses, [6.0, 0.5, 1.0], what="the losses")
    assert_close([tensor(6.0), tensor(0.5)], [6.0, 0.5], what="the losses")
    with pytest.raises(CheckFailed, match="wrong values"):
        assert_close(losses, [6.0, 0.5, 1.5], what="the losses")


def test_tensors_are_compared_by_the_precision_of_the_coarser() -> None:
    third = torch.full((2,), 1 / 3, dtype=torch.float64)
    assert_close(third.float(), third, what="single")
    assert_close(third.clone().requires_grad_() * 1, third, what="with a graph")
    assert_close(third.bfloat16(), third.bfloat16(), what="brain")
    assert_close(1 / 3, third[0], what="a number")
    with pytest.raises(CheckFailed, match="twice"):
        assert_close(2 * third, third, what="it", confusions={"it is twice": lambda: third + third})


def test_two_tensors_answer_alike_and_a_tensor_is_unlike_an_array() -> None:
    assert alike({"a": torch.ones(2)}, {"a": torch.ones(2)})
    assert not alike(torch.ones(2), torch.zeros(2))
    assert alike((torch.ones(2, requires_grad=True), ()), (torch.ones(2, requires_grad=True), ()))
    assert not alike((torch.ones(2, requires_grad=True), ()), (torch.zeros(2, requires_grad=True), ()))
    assert not alike(torch.ones(2), np.ones(2))
    assert not alike(torch.ones(2), None)


def test_a_gradient_can_be_taken_of_what_computes_in_tensors() -> None:
    point = torch.tensor([1.0, -2.0], dtype=torch.float64)
    slope = numeric_gradient(lambda at: (torch.from_numpy(at) ** 2).sum(), point)
    assert_close(slope, [2.0, -4.0], what="the gradient", rtol=1e-6)


# ── models by description ─────────────────────────────────────────────────────────────────────────

WORK = """
import torch

def scores(model, x): return model(x)
def spoil(model, how):
    if type(how) is not str: return
    if how == "values":
        with torch.no_grad(): next(model.parameters()).add_(1)
    if how == "gradients": model.eval()(torch.zeros(1, 3, 6, 6).double()).sum().backward(); model.train()
    if how == "modes": model.eval()
    if how == "trainable": next(model.parameters()).requires_grad_(False)
    if how == "hooks": model.relu1.register_forward_hook(lambda *a: None)
    if how == "layers": model.relu1.inplace = True
    if how == "nothing": scores(model.eval(), torch.zeros(1, 3, 6, 6).double()); model.train()
"""


@pytest.fixture
def submission(tmp_path: Path) -> Submission:
    (tmp_path / "work.py").write_text(WORK, encoding="utf-8")
    submission = Submission()
    exchange_of(submission).begin(
        InProcess(tmp_path, ["work.py"], QuestionSpec("work", ("scores", "spoil"), ("torch",)))
    )
    return submission


@pytest.mark.parametrize("style", STYLES)
def test_a_described_network_is_the_same_on_both_sides(style: str, submission: Submission) -> None:
    network, images = small_network(style, 3), np.random.default_rng(0).normal(size=(2, 3, 8, 6))
    theirs = network.on(submission)
    theirs.eval()
    ours = network.module().eval()
    expected = ours(torch.from_numpy(images))
    assert_close(theirs(tensor(images)), expected, what="the scores")
    assert_close(submission.scores(theirs, tensor(images)), expected, what="the scores")
    assert torch.equal(copy.deepcopy(ours)(torch.from_numpy(images)), expected)
    assert torch.equal(network.module().eval()(torch.from_numpy(images)), expected)


def test_a_network_is_built_without_drawing_a_random_number(submission: Submission) -> None:
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    small_network("residual").module()
    assert torch.equal(torch.rand(1), expected)


def test_the_styles_of_relu_are_what_they_say() -> None:
    reused, functional = small_network("reused").module(), small_network("functional").module()
    assert sum(isinstance(each, torch.nn.ReLU) for each in reused.modules()) == 1
    assert not any(isinstance(each, torch.nn.ReLU) for each in functional.modules())
    images = torch.randn(2, 3, 8, 8, dtype=torch.float64)
    seen: list[Any] = []

    def relu6(x: Any) -> Any:
        seen.append(x)
        return x.clamp(0, 6)

    clipped = small_network("relu6").module({"ReLU6": relu6}).eval()
    clipped(images)
    assert all(((x > 6).any() and (x < 0).any()) for x in seen)
    assert len(seen) == 3
    chain = [small_network(style).module().eval()(images) for style in ("modules", "in_place", "reused", "functional")]
    assert all(torch.allclose(scores, chain[0]) for scores in chain)


def test_a_function_can_stand_for_every_relu_of_a_network() -> None:
    images = torch.randn(2, 3, 8, 8, dtype=torch.float64)
    calls: list[Any] = []

    def counted(x: Any) -> Any:
        calls.append(x)
        return x

    stand_ins = dict.fromkeys(("ReLU", "ReLU6", "relu", "relu6"), counted)
    for style in STYLES:
        calls.clear()
        small_network(style).module(stand_ins)(images)
        assert len(calls) == {"linear": 0, "residual": 5, "preactivated": 4, "classifier": 4}.get(style, 3), style


@pytest.mark.parametrize("how", [*models.state(torch.nn.ReLU()), "nothing"])
def test_whatever_is_left_on_a_borrowed_model_is_told(how: str, submission: Submission) -> None:
    model = small_network("modules").on(submission)
    before = Network.state_of(model)
    submission.spoil(model, how)
    after = Network.state_of(model)
    if how == "nothing":
        assert_untouched(before, after)
        return
    with pytest.raises(CheckFailed, match="not left as it was") as failure:
        assert_untouched(before, after)
    assert ("conv1" in failure.value.detail) or ("relu1" in failure.value.detail) or how == "modes"


def test_all_that_lines_to_copy_may_name_can_be_imported() -> None:
    assert set(reproduce_torch.__all__) == snippet.WORK


def test_the_lines_that_reproduce_a_failure_build_the_network(submission: Submission) -> None:
    model = small_network("modules", 4).on(submission)
    submission.spoil(model, tensor(np.zeros(2, np.float32)))
    assert exchange_of(submission).log.snippet().splitlines() == [
        "sequential = small_network('modules', 4).module()",
        "spoil(sequential, torch.tensor(np.array([0., 0.], dtype=np.float32), dtype=torch.float32))",
    ]


def test_a_tensor_of_an_impossible_dtype_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be made"):
        Tensor(np.ones(2), "float32")
    with pytest.raises(ValueError, match="no gradient"):
        tensor([1, 2], requires_grad=True)


def test_tensors_with_a_gradient_answer_alike_in_a_pair_as_by_themselves() -> None:
    one, other = (torch.full((2,), number, requires_grad=True) for number in (1.0, 2.0))
    assert alike((one, [one]), (one.detach(), [one.detach()]))
    assert alike((one, one), [one, one])
    assert not alike((one, one), (one, other))


def test_an_answer_that_is_repeated_may_be_wrong_but_not_made_without_the_model() -> None:
    answer, other, shape = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, 2.0]]), (1, 2)
    assert_repeated(answer, answer.clone(), other, shape=shape, what="the map")
    for again, elsewhere, words in [
        (other, other, "wrong values"),
        (answer, answer, "does not depend on the model"),
    ]:
        with pytest.raises(CheckFailed, match=words):
            assert_repeated(answer, again, elsewhere, shape=shape, what="the map")
    for given, words in [(answer[0], "shape"), (answer * float("nan"), "nan"), (torch.ones(1, 2), "does not depend")]:
        with pytest.raises(CheckFailed, match=words):
            assert_repeated(given, given, other, shape=shape, what="the map")
