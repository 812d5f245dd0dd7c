"""Workers of Slurm for `grader batch --scheduler`: a scheduler here, and jobs that jobqueue.yaml describes.

    python examples/cluster/slurm.py [--jobs N] [--config FILE] [--scheduler-file FILE] [--show]

It is started where `sbatch` is, with the environment that the jobs have, and ends with Ctrl-C, which cancels them.
`--show` prints the job script and submits nothing.
"""

from __future__ import annotations

import argparse
import json
import signal
from pathlib import Path

import dask
import yaml
from dask_jobqueue import SLURMCluster

CONFIG = Path(__file__).with_name("jobqueue.yaml")


def main() -> None:
    """Start the scheduler and wait."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=1, help="jobs of Slurm, each with one worker")
    parser.add_argument("--config", type=Path, default=CONFIG, help="what a job is given, as in jobqueue.yaml")
    parser.add_argument("--scheduler-file", type=Path, default=Path("scheduler.json"), help="for `grader batch`")
    parser.add_argument("--show", action="store_true", help="print the job script and submit nothing")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = yaml.safe_load(options.config.read_text(encoding="utf-8"))
    dask.config.update(dask.config.config, settings)
    with SLURMCluster(scheduler_options={"dashboard_address": ":0"}) as cluster:
        if options.show:
            print(cluster.job_script())
            return
        cluster.scale(jobs=options.jobs)
        options.scheduler_file.write_text(json.dumps({"address": cluster.scheduler_address}), encoding="utf-8")
        print(f"grader batch … --scheduler {options.scheduler_file}  # or {cluster.scheduler_address}", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            options.scheduler_file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
