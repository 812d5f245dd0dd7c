"""What a question that allows torch can do in a worker, and what code that uses torch cannot do there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import Network, Submission, assert_close, assert_untouched, small_network, tensor
from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.submission import exchange_of
from grader.course.question_spec import QuestionSpec
from grader.intake.stage import stage
from grader.sandbox.jailed import JailedQuestion
from grader.sandbox.limits import Budget, Limits
from grader.sandbox.probe import lock_problem, room_problem
from grader.sandbox.sandbox import Isolation, Jail

torch = pytest.importorskip("torch")

WORK = '''
import ctypes
import os

import torch
import torchvision
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    """A network of the student's own."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 5)

    def forward(self, x):
        return self.fc(F.relu(self.norm(self.conv(x))).mean(dim=(2, 3)))


def train(net, images, labels):
    optimizer = torch.optim.Adam(net.parameters(), lr=0.1)
    losses = []
    for _ in range(5):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

def saliency(model, images):
    model.eval()
    images = images.clone().requires_grad_()
    return torch.autograd.grad(model(images).max(1).values.sum(), images)[0]

def draw(): return torch.rand(3)
def threads(): return torch.get_num_threads(), torch.get_num_interop_threads()
def photographs(): return len(torchvision.models.resnet18(weights=None).layer1), torchvision.transforms.functional.hflip
def batches(workers):
    data = torch.utils.data.TensorDataset(torch.arange(8))
    return [batch for batch, in torch.utils.data.DataLoader(data, batch_size=4, num_workers=workers)]

def too_much(): return torch.zeros(10**10).sum()
def too_much_by_and_by(): return [torch.ones(10**7) for _ in range(100)]
def endless_view(): return torch.ones(1).expand(10**15)

class Pickled:
    def __reduce__(self): return os.getpid, ()
def unpickle():
    torch.save(Pickled(), "it.pt")
    return torch.load("it.pt", weights_only=False) == os.getpid()
def compile_extension():
    from torch.utils.cpp_extension import load_inline
    load_inline("x", "int f() { return 1; }", functions=["f"])
def download(): torch.hub.load("pytorch/vision", "resnet18", trust_repo=True)
def fetch_weights(): torchvision.models.resnet18(weights="DEFAULT")
def share(): torch.ones(3).share_memory_()
def spawn(): torch.multiprocessing.spawn(print, nprocs=1)
def distribute():
    torch.distributed.init_process_group("gloo", init_method="tcp://127.0.0.1:29500", rank=0, world_size=1)
def read_home(): torch.load("/etc/hostname")
def write_out(): torch.save(torch.ones(1), "/tmp/escaped.pt")

class Exits(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 1
    @staticmethod
    def backward(ctx, g): os._exit(0)
def exits_in_backward(): Exits.apply(torch.ones(1, requires_grad=True)).sum().backward()
def crashes(): ctypes.memset(torch.ones(1).data_ptr(), 0, 10**9)

class Own(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return torch.ones(2)
def own(): return torch.zeros(2).as_subclass(Own)
def sparse(): return torch.eye(2).to_sparse()
def faked():
    torch.Tensor.detach = lambda self: torch.ones(2)
    return torch.zeros(2)
'''
NAMES = tuple(re.findall(r"^(?:def|class) (\w+)", WORK, re.MULTILINE))
IMAGES = np.random.default_rng(0).normal(size=(4, 3, 8, 6))
REFUSED = (
    "compile_extension", "download", "fetch_weights", "share", "spawn", "distribute", "read_home", "write_out",
)  # fmt: skip


class Opened:
    """A jail with the work above in it; `afresh` gives a new worker."""

    def __init__(self, jail: Jail, work: Path) -> None:
        self.isolation = jail.isolation
        self._jail = jail
        self._files = stage(work, jail.staging).files
        self.question = self.open(("torch", "torchvision"))

    def open(self, packages: tuple[str, ...]) -> JailedQuestion:
        limits = Limits(cpu_seconds=10, memory_mb=512)
        return self._jail.open(self._files, QuestionSpec("work", NAMES, packages), limits, Budget(cpu_seconds=200))

    def afresh(self) -> Submission:
        self.question.close()
        submission = Submission()
        exchange_of(submission).begin(self.question)
        return submission


@pytest.fixture(scope="module", params=["room", "lock", "process"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    isolation: Isolation = request.param
    problem = {"room": room_problem(), "lock": lock_problem()}.get(isolation)
    if problem:
        pytest.skip(problem)
    work = tmp_path_factory.mktemp("work")
    (work / "work.py").write_text(WORK, encoding="utf-8")
    with Jail(isolation) as jail:
        opened = Opened(jail, work)
        yield opened
        opened.question.close()


def test_models_of_both_sides_are_trained_and_differentiated_in_a_worker(opened: Opened) -> None:
    submission = opened.afresh()
    # What is drawn without a seed, and how much of the machine is used, are the same in every isolation.
    torch.manual_seed(0)
    assert torch.equal(submission.draw(), torch.rand(3))
    assert submission.threads() == (1, 1)
    net = submission.Net()
    images, labels = tensor(IMAGES.astype(np.float32)), tensor(np.array([0, 1, 2, 3]))
    before = net.state_dict()
    losses = submission.train(net, images, labels)
    assert losses == sorted(losses, reverse=True)
    assert before.keys() == net.state_dict().keys()
    assert not torch.equal(before["conv.weight"], net.state_dict()["conv.weight"])
    assert submission.read(net, "training") is True
    network = small_network("residual", 1)
    model = network.on(submission)
    before = Network.state_of(model)
    got = submission.saliency(model, tensor(IMAGES))
    ours = torch.from_numpy(IMAGES).requires_grad_()
    network.module().eval()(ours).max(1).values.sum().backward()
    assert_close(got, ours.grad, what="the map")
    model.train()
    assert_untouched(before, Network.state_of(model))
    assert submission.photographs()[0] == 2
    assert [batch.tolist() for batch in submission.batches(0)] == [[0, 1, 2, 3], [4, 5, 6, 7]]


@pytest.fixture
def locked(opened: Opened) -> Opened:
    if opened.isolation == "process":
        pytest.skip("confines nothing, and takes seconds for each worker")
    return opened


@pytest.fixture
def submission(locked: Opened) -> Submission:
    return locked.afresh()


@pytest.mark.parametrize("name", ["too_much", "too_much_by_and_by"])
def test_a_tensor_that_there_is_no_room_for_is_out_of_memory(name: str, submission: Submission) -> None:
    with pytest.raises(StudentStopped) as stopped:
        getattr(submission, name)()
    assert stopped.value.outcome == "out_of_memory"


def test_what_cannot_cross_is_told_and_costs_the_call_only(submission: Submission) -> None:
    with pytest.raises(Exception, match="more than 64 MiB"):
        submission.endless_view()
    assert repr(submission.own()) == "<Own of the submission>"
    assert repr(submission.sparse()) == "<Tensor of torch.float32, torch.sparse_coo on cpu of the submission>"
    assert submission.unpickle() is True  # by then it is its own code that runs there
    assert submission.faked().tolist() == [1.0, 1.0]  # it deceives nobody but itself


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_of_torch_leads_out_of_a_worker(name: str, locked: Opened) -> None:
    submission = locked.afresh()
    with pytest.raises(Exception) as refused:  # noqa: PT011  each library has its own words for it
        getattr(submission, name)()
    assert getattr(refused.value, "raised_by_student", False), refused.value
    assert not Path("/tmp/escaped.pt").exists()


def test_a_loader_with_processes_says_what_to_do(locked: Opened) -> None:
    with pytest.raises(OSError, match="num_workers=0"):
        locked.afresh().batches(2)


@pytest.mark.parametrize("name", ["exits_in_backward", "crashes"])
def test_a_worker_that_dies_in_torch_has_crashed(name: str, locked: Opened) -> None:
    with pytest.raises(StudentStopped) as stopped:
        getattr(locked.afresh(), name)()
    assert stopped.value.outcome == "crashed"


def test_a_question_without_torch_has_none_to_import(locked: Opened, tmp_path: Path) -> None:
    submission = Submission()
    question: Any = locked.open(("numpy",))
    exchange_of(submission).begin(question)
    with pytest.raises(StudentStopped) as stopped:
        submission.draw()
    assert stopped.value.outcome == "forbidden"
    question.close()
