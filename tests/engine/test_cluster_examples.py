"""examples/cluster: what Slurm and Kubernetes would be given, and the job script run with a program for `sbatch`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parents[2] / "examples" / "cluster"
# What stands for Slurm: the script of a job is run at once, on this machine.
SBATCH = '#!/bin/sh\nsetsid sh -c "$(tail -n +2 "$1")" </dev/null >"$0.log" 2>&1 &\necho "Submitted batch job 17"\n'
SCANCEL = '#!/bin/sh\necho "$@" >> "$0.log"\n'


def slurm(*words: str, folder: Path, path: Path | None = None) -> subprocess.Popen[str]:
    """Start slurm.py in a folder, with programs of `path` before all others."""
    variables = {**os.environ, "PATH": os.pathsep.join([*([str(path)] if path else []), os.environ["PATH"]])}
    return subprocess.Popen(
        [sys.executable, str(EXAMPLES / "slurm.py"), *words], cwd=folder, text=True, env=variables,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_the_job_of_slurm_starts_one_worker_with_as_many_threads_as_it_has_cpus(tmp_path: Path) -> None:
    script, errors = slurm("--show", folder=tmp_path).communicate()
    assert "#SBATCH --cpus-per-task=8" in script, errors
    assert "#SBATCH -p teaching" in script
    assert "#SBATCH -t 04:00:00" in script
    command = next(line for line in script.splitlines() if "dask_worker" in line)
    assert command.startswith("/shared/gradproof/.venv/bin/python -m distributed.cli.dask_worker tcp://")
    assert "--nthreads 8" in command
    assert "--nworkers" not in command
    assert "--local-directory /tmp" in command
    assert script.index("unset PYTHONPATH") < script.index(command)


def test_a_class_is_graded_by_the_job_that_the_example_submits(
    grader: Callable[..., subprocess.CompletedProcess[str]], tiny_course: Path, tmp_path: Path
) -> None:
    programs, inbox = tmp_path / "programs", tmp_path / "inbox"
    programs.mkdir()
    inbox.mkdir()
    for name, text in (("sbatch", SBATCH), ("scancel", SCANCEL)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (inbox / "cs20b001.py").write_text("def double(number):\n    return 2 * number\n")
    settings: dict[str, Any] = yaml.safe_load((EXAMPLES / "jobqueue.yaml").read_text(encoding="utf-8"))
    here = {"python": sys.executable, "cores": 1, "memory": "4GB", "local-directory": str(tmp_path / "local")}
    settings["jobqueue"]["slurm"] |= here
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(settings))
    cluster = slurm("--config", "mine.yaml", folder=tmp_path, path=programs)
    try:
        while not (tmp_path / "scheduler.json").exists():
            assert cluster.poll() is None, cluster.communicate()
            time.sleep(0.05)
        command = ("batch", inbox, "-a", "tiny", "--course", tiny_course, "--out", tmp_path / "out")
        done = grader(*command, "--scheduler", tmp_path / "scheduler.json")
        assert done.returncode == 0, done.stderr + (programs / "sbatch.log").read_text()
        assert "cs20b001: 1 marks" in done.stderr
    finally:
        cluster.send_signal(signal.SIGTERM)
        cluster.communicate()
    assert "17" in (programs / "scancel.log").read_text()
    assert not (tmp_path / "scheduler.json").exists()


def test_the_manifest_for_kubernetes_gives_workers_whole_cpus_and_the_scheduler_no_way_in_from_outside() -> None:
    manifest = yaml.safe_load((EXAMPLES / "daskcluster.yaml").read_text(encoding="utf-8"))
    assert (manifest["apiVersion"], manifest["kind"]) == ("kubernetes.dask.org/v1", "DaskCluster")
    worker, scheduler = manifest["spec"]["worker"], manifest["spec"]["scheduler"]
    (grading,), (leading,) = worker["spec"]["containers"], scheduler["spec"]["containers"]
    assert grading["image"] == leading["image"]
    threads = grading["args"][grading["args"].index("--nthreads") + 1]
    assert grading["args"][:2] == ["dask", "worker"]
    assert leading["args"][:2] == ["dask", "scheduler"]
    assert grading["resources"]["limits"] == grading["resources"]["requests"]
    assert grading["resources"]["limits"]["cpu"] == threads
    folder = grading["args"][grading["args"].index("--local-directory") + 1]
    assert folder in {mount["mountPath"] for mount in grading["volumeMounts"]}
    assert scheduler["service"]["type"] == "ClusterIP"
    ports = {port["name"] for port in leading["ports"]}
    assert {port["targetPort"] for port in scheduler["service"]["ports"]} == ports == {"tcp-comm", "http-dashboard"}
    assert all(part["spec"]["securityContext"]["runAsNonRoot"] for part in (worker, scheduler))
